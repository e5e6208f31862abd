#!/usr/bin/env bash
# What differs between the releases of the MLflow server, on real servers of older ones: 3.10.1 and 3.3.2, installed
# once (each about 90 s and 830 MB) below build/. Not part of scripts/test.sh, whose servers are of the newest release;
# needs what it has built.
#
#   scripts/test_old_servers.sh [VERSION...]
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

[ $# -gt 0 ] || set -- 3.10.1 3.3.2
failed=()
choose_client
export TFCPP_TERRAFORM=$terraform TFCPP_CLIENTS=$PWD/build/clients
step "Configure: dev" cmake --preset dev
progress_step "Build: dev" cmake --build --preset dev
for version in "$@"; do
  step "Install MLflow $version (once: about 90 s, 830 MB)" scripts/setup_server.sh "$version"
  TFCPP_MLFLOW=$PWD/build/mlflow-$version step "Test: server $version" ctest --preset dev -V -R '^server_releases$' ||
    failed+=("$version")
  grep -E '^[0-9]+: test_.*|^[0-9]+: Ran ' "$step_log" | sed 's/^[0-9]*: /  /' || true
done
for version in "${failed[@]}"; do echo "FAILED: $version"; done
[ ${#failed[@]} -eq 0 ]
