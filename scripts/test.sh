#!/usr/bin/env bash
# Everything: packages, builds, every test. Green means that all of it ran: a test that was skipped fails the run.
# Prints what each step took, and a closing line of counts.
#
#   scripts/test.sh           all of it: 30 to 45 minutes on two processors
#   scripts/test.sh --quick   one build, one client, no sanitizers, no lint: below 8 minutes once the packages are there
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

quick=
case "${1:-}" in
  "") ;;
  --quick) quick=yes ;;
  *) sed -n '2,6s/^# \{0,1\}//p' scripts/test.sh; exit 2 ;;
esac

failed=()
check() { step "$@" || failed+=("$1"); }
build() { progress_step "$@" || failed+=("$1"); }
configure_and_build() {
  step "Configure: $1" cmake --preset "$1"
  build "Build: $1" cmake --build --preset "$1"
}

logs=$PWD/build/test-logs
rm -rf "$logs"
mkdir -p "$logs"
run_tests() {  # NAME PRESET CTEST-ARGUMENTS...
  local name=$1 preset=$2
  shift 2
  check "Test: $name" ctest --preset "$preset" "$@"
  # ctest's own log has the whole output of every program, passed ones too.
  cp "build/$preset/Testing/Temporary/LastTest.log" "$logs/$preset-${name// /_}.log"
}

prepare() {
  step "Install Debian packages" scripts/setup.sh "$@"
  progress_step "Build libcurl (once)" scripts/build_curl.sh
  choose_client
  export TFCPP_TERRAFORM=$terraform TFCPP_CLIENTS=$PWD/build/clients
  step "Fetch the vendor's Python client (once)" tests/vendor_client/setup.sh build/vendor_client
  step "Build a provider in Go" scripts/build_go_notes.sh
  step "Install MLflow 3.17.2 (once: about 90 s, 850 MB)" scripts/setup_server.sh
}

test_quickly() {
  prepare --with-postgresql
  configure_and_build dev
  run_tests "all, with one client" dev -LE 'many_clients|of_release|lint' -j4
}

test_everything() {
  prepare --with-lint --with-postgresql
  step "Fetch Terraform 1.6 to 1.15 (once)" scripts/fetch_clients.sh
  configure_and_build release
  configure_and_build dev
  configure_and_build asan
  configure_and_build tsan
  check "Package linux_amd64" scripts/package.sh --platform linux_amd64
  check "Format" tools/check_format.sh
  check "Tidy (files that changed since they last passed)" tools/run_tidy.py build/dev
  # Four at a time on two processors: tests wait, for each other's sockets and for faults to pass.
  run_tests "unit and conformance" dev -LE e2e -j4
  # What users install, driven by the real clients.
  export TFCPP_MIRROR=$PWD/build/release/mirror
  run_tests "end to end" dev -L e2e -LE server -j4
  run_tests "on a real MLflow server" dev -L server -j4
  run_tests "unit and conformance under ASan and UBSan" asan -j4
  run_tests "concurrency under TSan" tsan -j2
}

begin=$SECONDS
if [ -n "$quick" ]; then test_quickly; else test_everything; fi
echo "All steps: $((SECONDS - begin)) s"
for name in "${failed[@]}"; do echo "FAILED: $name"; done
[ -z "$quick" ] || echo "Not part of a quick run: the release build, other clients, sanitizers, lint (scripts/test.sh)"
echo "Not part of this run: scripts/test_old_servers.sh (MLflow 3.10.1 and 3.3.2), scripts/test_arm64.sh (linux_arm64 under" \
  "qemu-user), scripts/test_macos.sh, bench/run"
tools/count_tests.py "$logs"/*.log || failed+=(counts)
[ ${#failed[@]} -eq 0 ]
