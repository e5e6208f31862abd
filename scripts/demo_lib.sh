# What the demos share: terraform in the folder $project, with the provider of the release build and nothing of this
# machine's own settings. Sourced after scripts/lib.sh, with $demo and $project set.

tf() { (cd "$project" && "$terraform" "$@"); }

# A rebuilt provider has another checksum, which an old lock file would refuse.
forget_lock_file() { rm -rf "$project/.terraform.lock.hcl" "$project/.terraform"; }

write_client_configuration() {
  cat >"$demo/terraform.rc" <<RC
provider_installation {
  filesystem_mirror {
    path = "$PWD/build/release/mirror"
  }
}
disable_checkpoint = true
RC
}

# Of what Terraform prints only what changes, and how it ends.
show_changes() {
  grep -E '^  # |^ {6,}~ .*->|^Apply complete|^Destroy complete|Warning' "$step_log" |
    grep -v 'known after apply' | sed 's/^ */  /'
}

# run_shown COMMAND...: a command of Terraform, shown so.
run_shown() {
  if ! tf "$@" -no-color -input=false >"$step_log" 2>&1; then
    cat "$step_log"
    return 1
  fi
  show_changes
}

apply() { run_shown apply -auto-approve; }

plan_is_empty() { tf plan -detailed-exitcode -no-color -input=false; }

# evaluates_to_true EXPRESSION: as Terraform evaluates it, with the provider's functions.
evaluates_to_true() { [ "$(echo "$1" | tf console)" = true ]; }
