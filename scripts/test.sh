#!/usr/bin/env bash
# Everything: packages, builds, every test. Green means that all of it ran: a test that was skipped fails the run.
# Prints what each step took, and a closing line of counts.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

failed=()
check() { step "$@" || failed+=("$1"); }
build() { progress_step "$@" || failed+=("$1"); }

begin=$SECONDS
step "Install Debian packages" scripts/setup.sh --with-lint
progress_step "Build libcurl (once)" scripts/build_curl.sh
choose_client
step "Fetch Terraform 1.6 to 1.15 (once)" scripts/fetch_clients.sh
step "Fetch the vendor's Python client (once)" tests/vendor_client/setup.sh build/vendor_client

step "Configure: release" cmake --preset release
build "Build: release" cmake --build --preset release
step "Configure: dev" cmake --preset dev
build "Build: dev" cmake --build --preset dev
step "Configure: asan" cmake --preset asan
build "Build: asan" cmake --build --preset asan
step "Configure: tsan" cmake --preset tsan
build "Build: tsan" cmake --build --preset tsan

check "Package linux_amd64" scripts/package.sh --platform linux_amd64
check "Format" tools/check_format.sh
check "Tidy (files that changed since they last passed)" tools/run_tidy.py build/dev
export TFCPP_TERRAFORM=$terraform TFCPP_CLIENTS=$PWD/build/clients
logs=$PWD/build/test-logs
rm -rf "$logs"
mkdir -p "$logs"
run_tests() {  # NAME PRESET CTEST-ARGUMENTS...
  local name=$1 preset=$2
  shift 2
  check "Test: $name" ctest --preset "$preset" "$@"
  # ctest's own log has the whole output of every program, passed ones too.
  cp "build/$preset/Testing/Temporary/LastTest.log" "$logs/$preset-${name%% *}.log"
}
# Four at a time on two processors: tests wait, for each other's sockets and for faults to pass.
run_tests "unit and conformance" dev -LE e2e -j4
# What users install, driven by the real clients.
export TFCPP_MIRROR=$PWD/build/release/mirror
run_tests "end to end" dev -L e2e -j4
run_tests "unit and conformance under ASan and UBSan" asan -j4
run_tests "concurrency under TSan" tsan -j2

echo "All steps: $((SECONDS - begin)) s"
for name in "${failed[@]}"; do echo "FAILED: $name"; done
echo "Not part of this run: scripts/test_arm64.sh (linux_arm64 under qemu-user), bench/run"
tools/count_tests.py "$logs"/*.log || failed+=(counts)
[ ${#failed[@]} -eq 0 ]
