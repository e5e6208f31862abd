#!/usr/bin/env bash
# The whole life of a webhook of a real MLflow server, on this machine: the server (from the Python package index,
# installed once), a receiver, and the real terraform. A model is registered by MLflow's own client, the delivery is
# received, and its signature checked by the provider's function; the secret is rotated, drift shown and mended. In the
# end nothing is left running.
#
#   scripts/demo.sh --server           run it
#   scripts/demo.sh --server --clean   remove what it made; the installed server stays in build/mlflow-3.17.2
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

demo=$PWD/build/demo-server
project=$demo/project
received=$project/received
mlflow=${MLFLOW_VENV:-$PWD/build/mlflow-3.17.2}
. scripts/demo_lib.sh

# A free port, and after a restart another one: nothing of the machine's is disturbed.
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# Both run in sessions of their own, so that Ctrl-C reaches this script alone, which then ends them.
start() {  # NAME COMMAND...
  local name=$1
  shift
  setsid "$@" >"$demo/$name.log" 2>&1 </dev/null &
  echo $! >"$demo/$name.pid"
}

# By name too: after a restart of the machine the number may be another program's.
stop_all() {
  local file pid
  for file in "$demo"/*.pid; do
    [ -e "$file" ] || continue
    pid=$(cat "$file")
    if grep -qE 'mlflow|keep_deliveries' "/proc/$pid/cmdline" 2>/dev/null; then kill -- "-$pid" 2>/dev/null || true; fi
    rm -f "$file"
  done
}

start_receiver() {
  mkdir -p "$received"
  start receiver python3 tools/keep_deliveries.py "$received"
  for _ in $(seq 100); do
    [ -s "$demo/receiver.log" ] && break
    sleep 0.05
  done
  receiver=$(sed -n 's/^receiver ready at //p' "$demo/receiver.log")
  [ -n "$receiver" ]
}

server_answers() {
  python3 -c 'import sys, urllib.request as r; sys.exit(r.urlopen(sys.argv[1] + "/health").read() != b"OK")' \
    "$MLFLOW_TRACKING_URI" 2>/dev/null
}

start_server() {
  local port key
  port=$(free_port)
  key=$("$mlflow/bin/python" -c 'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())')
  # No job runners: 400 MiB instead of 1.4 GiB. Webhooks are looked up anew for each delivery, and may call this
  # machine.
  (cd "$demo" && start server env PATH="$mlflow/bin:$PATH" MLFLOW_DISABLE_TELEMETRY=true \
    MLFLOW_SERVER_ENABLE_JOB_EXECUTION=false MLFLOW_WEBHOOK_SECRET_ENCRYPTION_KEY="$key" MLFLOW_WEBHOOK_CACHE_TTL=1 \
    MLFLOW_WEBHOOK_ALLOWED_SCHEMES=http,https MLFLOW_WEBHOOK_ALLOW_PRIVATE_IPS=true \
    mlflow server --host 127.0.0.1 --port "$port" --workers 1 --backend-store-uri "sqlite:///$demo/mlflow.db" \
    --artifacts-destination "$demo/artifacts")
  export MLFLOW_TRACKING_URI=http://127.0.0.1:$port
  while kill -0 "$(cat "$demo/server.pid")" 2>/dev/null; do
    server_answers && return 0
    sleep 0.2
  done
  cat "$demo/server.log"
  return 1
}

write_configuration() {  # SECRET
  cat >"$project/main.tf" <<HCL
terraform {
  required_providers {
    mlflow = {
      source = "$(built_address build/release)"
    }
  }
}

resource "mlflow_server_webhook" "new_models" {
  name        = "new-models"
  url         = "$receiver/hook"
  events      = ["registered_model.created"]
  description = "Tells the team about new models"
  secret      = "$1"
}
HCL
}

client() {  # PROGRAM
  "$mlflow/bin/python" -c "import mlflow; client = mlflow.MlflowClient(); $1" 2>"$step_log" || { cat "$step_log"; return 1; }
}

# register MODEL: MLflow delivers after it has answered, so the delivery is waited for.
register() {
  rm -f "$received"/*
  client "print('  ' + client.create_registered_model('$1').name)" || return 1
  for _ in $(seq 200); do
    [ -e "$received/complete" ] && break
    sleep 0.05
  done
  [ -e "$received/complete" ] || { echo "no delivery came"; cat "$demo/server.log"; return 1; }
  echo "  X-MLflow-Signature: $(cat "$received/signature")"
  fold -w 90 "$received/body" | sed 's/^/  /; $a\'
}

signature_is_right() {  # SECRET
  evaluates_to_true 'provider::mlflow::verify_mlflow_signature("'"$1"'", file("received/id"), file("received/timestamp"), file("received/body"), file("received/signature"))'
}

check_signature() {  # STEP SECRET
  if tf version | grep -q '^Terraform v1\.[0-7]\.'; then
    echo "The signature was not checked: provider functions need Terraform 1.8."
  else
    step "$1" signature_is_right "$2"
  fi
}

show_drift() {
  local status=0
  tf plan -detailed-exitcode -no-color -input=false >"$step_log" 2>&1 || status=$?
  [ "$status" -eq 2 ] || { cat "$step_log"; return 1; }
  show_changes
}

case "${1:-}" in
  --clean) stop_all; rm -rf "$demo"; echo "Nothing of the demo is left."; exit 0 ;;
  "") ;;
  *) sed -n '2,9s/^# \{0,1\}//p' scripts/demo_server.sh; exit 2 ;;
esac

finish() {
  local status=$?
  stop_all
  rm -f "$step_log"
  exit "$status"
}
trap finish EXIT
trap 'echo; echo "Interrupted: stopping the server."; exit 130' INT TERM

step "Install Debian packages" scripts/setup.sh
progress_step "Build libcurl (once)" scripts/build_curl.sh
step "Configure the release build" cmake --preset release
progress_step "Build the provider" cmake --build --preset release
choose_client
step "Install MLflow 3.17.2 (once: about 90 s, 850 MB)" scripts/setup_server.sh
stop_all
rm -rf "$demo"
mkdir -p "$project"
write_client_configuration
export TF_CLI_CONFIG_FILE=$demo/terraform.rc
step "Start a receiver" start_receiver
step "Start the MLflow server" start_server
write_configuration first-secret
step "terraform init" tf init -no-color -input=false
echo "terraform apply: a webhook"
apply
echo "A model, registered by MLflow's own client; its delivery:"
register churn
check_signature "The signature is right" first-secret
echo "The secret rotated"
write_configuration second-secret
apply
register fraud
check_signature "The signature is right, with the new secret" second-secret
echo "Somebody switches the webhook off by MLflow's client; the plan shows it"
client "(w,) = client.list_webhooks(); client.update_webhook(w.webhook_id, status='DISABLED')"
show_drift
echo "and the next apply mends it"
apply
step "The next plan is empty" plan_is_empty
echo "terraform destroy"
run_shown destroy -auto-approve
client "print('  webhooks left:', len(client.list_webhooks()))"
