#!/usr/bin/env bash
# The whole job once, on this machine, without an account: builds and installs the provider, starts a local workspace,
# and lets the real terraform create, change and disable webhooks. In the end a webhook is fired and received.
#
#   scripts/demo.sh           run it; again takes seconds
#   scripts/demo.sh --clean   destroy what it made and stop the workspace
#   scripts/demo.sh --server  with a real MLflow server instead, from the Python package index: scripts/demo_server.sh
set -euo pipefail
cd "$(dirname "$0")/.."
[ "${1:-}" = --server ] && { shift; exec scripts/demo_server.sh "$@"; }
. scripts/lib.sh

demo=$PWD/build/demo
project=$demo/examples/quickstart
token=demo-token
webhook_secret=demo-secret
. scripts/demo_lib.sh

workspace_alive() {
  # By name too: after a restart of the machine the number may be another program's.
  [ -e "$demo/workspace.pid" ] && grep -q local_workspace "/proc/$(cat "$demo/workspace.pid")/cmdline" 2>/dev/null
}

stop_workspace() {
  workspace_alive || return 0
  local pid
  pid=$(cat "$demo/workspace.pid")
  kill "$pid" 2>/dev/null || true
  while workspace_alive; do sleep 0.05; done
  rm -f "$demo/workspace.pid"
}

start_workspace() {
  # One that an older version of this script has started has no receiver.
  workspace_alive && grep -q '^receiver ready' "$demo/workspace.log" && return 0
  stop_workspace
  # A session of its own: Ctrl-C reaches this script, which then stops the workspace in order.
  setsid "$workspace_binary" --port "${DEMO_PORT:-0}" --token "$token" --state "$demo/workspace.json" \
    >"$demo/workspace.log" 2>&1 </dev/null &
  echo $! >"$demo/workspace.pid"
  for _ in $(seq 100); do
    grep -q ' ready at ' "$demo/workspace.log" && break
    workspace_alive || { cat "$demo/workspace.log"; return 1; }
    sleep 0.05
  done
  local address
  address=$(sed -n 's/.* ready at \(http[^ ]*\).*/\1/p' "$demo/workspace.log" | head -n 1)
  [ -n "$address" ] || { cat "$demo/workspace.log"; return 1; }
  cat >"$demo/env.sh" <<ENV
# Source this to go on by hand: . ${demo#"$PWD"/}/env.sh
export TF_CLI_CONFIG_FILE='$demo/terraform.rc'
export DATABRICKS_HOST='$address'
export DATABRICKS_TOKEN='$token'
ENV
}

# The demo works on copies, so that it can edit them as a user would.
copy_example() {
  mkdir -p "$demo/examples" "$demo/terraform/modules"
  rm -rf "$demo/terraform/modules"
  mkdir -p "$demo/terraform"
  cp -r terraform/modules "$demo/terraform/"
  mkdir -p "$project"
  cp examples/quickstart/*.tf "$project/"
  forget_lock_file
  write_client_configuration
}

# A webhook that calls the local workspace's own receiver.
write_delivery_example() {
  local receiver
  receiver=$(sed -n 's/^receiver ready at //p' "$demo/workspace.log")
  cat >"$project/delivery.tf" <<HCL
terraform {
  required_providers {
    mlflow = {
      source = "$(built_address build/release)"
    }
  }
}

resource "mlflow_webhook" "delivery" {
  events     = ["MODEL_VERSION_CREATED"]
  model_name = "churn"
  http_url_spec = {
    url                  = "$receiver/hook"
    authorization_header = "Bearer token123"
    secret               = "$webhook_secret"
  }
}
HCL
}

# A version of the model "churn" is created: the workspace calls the webhook, and the receiver shows what it got.
fire_and_show() {
  python3 - "$DATABRICKS_HOST" "$project" <<'PYTHON'
import json, pathlib, sys, urllib.request

host, project = sys.argv[1], pathlib.Path(sys.argv[2])

def control(method, path, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{host}/control/{path}", data, {"Content-Type": "application/json"}, method=method)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)

control("DELETE", "deliveries")
control("POST", "events", {"event": "MODEL_VERSION_CREATED", "model_name": "churn", "version": "3"})
(request,) = control("GET", "received")["received"]
print("  " + request["method"], request["path"])
for name in ("Authorization", "X-Databricks-Signature"):
    print(f"  {name}: {request['headers'][name]}")
print("  " + request["body"])
(project / "delivery.json").write_text(request["body"])
(project / "delivery.signature").write_text(request["headers"]["X-Databricks-Signature"])
PYTHON
}

# Checked as a receiver would, by the provider's own function.
signature_is_right() {
  evaluates_to_true 'provider::mlflow::verify_hmac_sha256_hex("'$webhook_secret'", file("delivery.json"), file("delivery.signature"))'
}

clean() {
  workspace_binary=$PWD/build/release/tools/local_workspace/local_workspace
  if [ -e "$project/terraform.tfstate" ]; then
    choose_client
    start_workspace
    . "$demo/env.sh"
    forget_lock_file
    step "terraform init" tf init -no-color -input=false
    step "Destroy the webhooks" tf destroy -auto-approve -no-color -input=false
  fi
  stop_workspace
  rm -rf "$demo"
  echo "Nothing of the demo is left."
}

[ "${1:-}" = --clean ] && { clean; exit 0; }
[ $# -eq 0 ] || { sed -n '2,7s/^# \{0,1\}//p' scripts/demo.sh; exit 2; }

interrupted() {
  trap - INT TERM
  echo
  echo "Interrupted: stopping the local workspace. Run scripts/demo.sh again to go on."
  stop_workspace
  exit 130
}
trap interrupted INT TERM

step "Install Debian packages" scripts/setup.sh
progress_step "Build libcurl (once)" scripts/build_curl.sh
step "Configure the release build" cmake --preset release
progress_step "Build the provider and the local workspace" cmake --build --preset release
workspace_binary=$PWD/build/release/tools/local_workspace/local_workspace
mkdir -p "$demo"
choose_client
step "Prepare the example" copy_example
step "Start the local workspace" start_workspace
. "$demo/env.sh"
step "terraform init" tf init -no-color -input=false
echo "terraform apply: two webhooks"
apply
echo "Outputs:"
tf output -no-color | sed 's/^/  /'
sed -i 's/Notify when new models are registered/Tell the team about new models/' "$project/main.tf"
echo "A description changed: an update in place"
apply
sed -i 's/^  description = "Send notification when model stage changes"/&\n  status      = "DISABLED"/' "$project/main.tf"
echo "A webhook disabled"
apply
write_delivery_example
echo "A webhook that calls the local workspace's own receiver"
apply
echo "Fired by an event, and received:"
fire_and_show
if tf version | grep -q '^Terraform v1\.[0-7]\.'; then
  echo "The signature was not checked: provider functions need Terraform 1.8."
else
  step "The signature is right" signature_is_right
fi
step "The next plan is empty" plan_is_empty

cat <<END

Go on by hand:
  . build/demo/env.sh
  cd build/demo/examples/quickstart
  $(basename "$terraform") plan

On a real workspace:
  cmake --install build/release --prefix ~/.local
  export DATABRICKS_HOST=https://<your workspace> DATABRICKS_TOKEN=<your token>
  unset TF_CLI_CONFIG_FILE
  and a configuration with source = "$(built_address build/release)", such as examples/quickstart.

The local workspace runs at $DATABRICKS_HOST until: scripts/demo.sh --clean
END
