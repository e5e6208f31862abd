#!/usr/bin/env bash
# Tries the provider with one client, any Terraform or OpenTofu: its life cycle, and a table of the features that come
# with a client's version. Ends with an error when something failed; what the client itself lacks is no failure.
#
#   scripts/test_client.sh PATH
set -euo pipefail
[ $# -eq 1 ] && command -v "$1" >/dev/null || { sed -n '2,5s/^# \{0,1\}//p' "$0" >&2; exit 2; }
client=$(realpath "$(command -v "$1")")
cd "$(dirname "$0")/.."
. scripts/lib.sh

step "Install Debian packages" scripts/setup.sh
progress_step "Build libcurl (once)" scripts/build_curl.sh
step "Configure: release" cmake --preset release
progress_step "Build: the provider and the local workspace" cmake --build --preset release
step "Configure: dev" cmake --preset dev
progress_step "Build: the stub provider" cmake --build --preset dev --target stub_provider

export PYTHONDONTWRITEBYTECODE=1 TFCPP_TERRAFORM=$client
export TFCPP_MIRROR=$PWD/build/release/mirror TFCPP_CLIENTS=$PWD/build/clients
export TFCPP_WORKSPACE=$PWD/build/release/tools/local_workspace/local_workspace
export TFCPP_STUB=$PWD/build/dev/tests/stub_provider/terraform-provider-databricks
failed=0
step "Test: life cycle" python3 tests/e2e/lifecycle_test.py -v || failed=1
python3 tests/e2e/features.py || failed=1
exit $failed
