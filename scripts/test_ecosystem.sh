#!/usr/bin/env bash
# What tools of others say of this repository: the documentation (tfplugindocs), modules and examples (tflint), module
# READMEs (terraform-config-inspect), workflows (actionlint), other files that GitHub reads (JSON schemas), the hooks,
# and the schema (CDKTF's generator and tsc). Apart from scripts/test.sh, for it builds these tools once: some minutes.
#
#   scripts/test_ecosystem.sh
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

tools=$PWD/build/ecosystem
# Released versions. terraform-config-inspect has none: a commit, by its pseudo-version.
go_tools="actionlint github.com/rhysd/actionlint/cmd/actionlint@v1.7.12
terraform-config-inspect github.com/hashicorp/terraform-config-inspect@v0.0.0-20260904064934-75d64de68c31
tfplugindocs github.com/hashicorp/terraform-plugin-docs/cmd/tfplugindocs@v0.25.0
tflint github.com/terraform-linters/tflint@v0.64.0"

go_install() {  # NAME MODULE@VERSION
  [ "$(cat "$tools/bin/$1.version" 2>/dev/null)" != "$2" ] || return 0
  GOBIN=$tools/bin go install "$2" && echo "$2" >"$tools/bin/$1.version"
}

npm_install() {
  cmp -s tests/ecosystem/package-lock.json "$tools/cdktf/ready" && return 0
  rm -rf "$tools/cdktf" && mkdir -p "$tools/cdktf" &&
    cp tests/ecosystem/package.json tests/ecosystem/package-lock.json "$tools/cdktf/" &&
    npm ci --prefix "$tools/cdktf" --ignore-scripts --no-audit --no-fund &&
    cp tests/ecosystem/package-lock.json "$tools/cdktf/ready"
}

# As the newest client prints it, for older ones leave out what they do not know.
write_schema() (
  client=$PWD/build/clients/terraform-1.15.5 mirror=$PWD/build/release/mirror address=$(built_address build/release)
  rm -rf "$tools/schema" && mkdir -p "$tools/schema" && cd "$tools/schema" || return 1
  printf 'terraform {\n  required_providers {\n    mlflow = { source = "%s" }\n  }\n}\n' "$address" >main.tf
  printf 'provider_installation {\n  filesystem_mirror { path = "%s" }\n}\n' "$mirror" >terraform.rc
  export TF_CLI_CONFIG_FILE=$PWD/terraform.rc CHECKPOINT_DISABLE=1
  "$client" init -no-color && "$client" providers schema -json >schema.json
)

validate_docs() {
  # The tool looks for the provider by its short name.
  python3 -c 'import json, sys
schema = json.load(sys.stdin)
(schema["provider_schemas"]["mlflow"],) = schema["provider_schemas"].values()
json.dump(schema, sys.stdout)' <"$tools/schema/schema.json" >"$tools/schema/short.json" &&
    "$tools/bin/tfplugindocs" validate --provider-name mlflow --providers-schema "$tools/schema/short.json"
}

lint() {  # RULES FOLDER: every folder of Terraform files below it
  local folder status=0
  while read -r folder; do
    "$tools/bin/tflint" --config "$PWD/tests/ecosystem/$1" --chdir "$folder" --no-color || { echo "in $folder"; status=1; }
  done < <(find "$2" -name '*.tf' -printf '%h\n' | sort -u)
  return $status
}

check_files() {
  local check=$tools/python/bin/check-jsonschema forms
  mapfile -t forms < <(find .github/ISSUE_TEMPLATE -name '*.yml' ! -name config.yml)
  "$check" --builtin-schema vendor.github-workflows .github/workflows/*.yml &&
    "$check" --builtin-schema vendor.dependabot .github/dependabot.yml &&
    "$check" --builtin-schema vendor.github-issue-config .github/ISSUE_TEMPLATE/config.yml &&
    "$check" --builtin-schema vendor.github-issue-forms "${forms[@]}"
}

make_bindings() (
  cp tests/ecosystem/bindings.js tests/ecosystem/tsconfig.json "$tools/cdktf/" && cd "$tools/cdktf" && rm -rf bindings &&
    node bindings.js "$tools/schema/schema.json" bindings && node_modules/.bin/tsc --project .
)

failed=()
check() { step "$@" || failed+=("$1"); }

step "Install Debian packages" scripts/setup.sh --with-lint
missing=()
command -v shellcheck >/dev/null || missing+=(shellcheck)
command -v npm >/dev/null || missing+=(nodejs npm)
[ ${#missing[@]} -eq 0 ] || step "Install ${missing[*]}" install_packages "${missing[@]}"
progress_step "Build libcurl (once)" scripts/build_curl.sh
step "Configure: release" cmake --preset release
progress_step "Build: release" cmake --build --preset release
step "Fetch Terraform 1.15 (once)" scripts/fetch_clients.sh 1.15.5
mkdir -p "$tools/bin"
choose_go
while read -r name module; do step "Build $name (once)" go_install "$name" "$module"; done <<<"$go_tools"
step "Install CDKTF's generator and tsc (once)" npm_install
step "Install tools in Python (once)" python_environment "$tools/python" tests/ecosystem/requirements.txt

step "terraform providers schema" write_schema
check "tfplugindocs validate" validate_docs
check "tflint, all rules: modules" lint tflint_all.hcl terraform/modules
check "tflint, recommended rules: examples" lint tflint_recommended.hcl examples
check "terraform-config-inspect: module READMEs" tests/ecosystem/module_readmes.py "$tools/bin/terraform-config-inspect"
check "actionlint: workflows" "$tools/bin/actionlint" .github/workflows/*.yml examples/pipelines/github-actions.yml
check "JSON schemas: workflows, forms, updates" check_files
check "Hooks before a commit" "$tools/python/bin/pre-commit" run --all-files
check "CDKTF's bindings of the schema, tsc --strict" make_bindings
for name in "${failed[@]}"; do echo "FAILED: $name"; done
[ ${#failed[@]} -eq 0 ]
