#!/usr/bin/env bash
# Runs the real terraform against a local workspace where much goes wrong at once, and prints what was lost, doubled and
# forgotten: nothing, or it ends with an error. For hours, beside what scripts/test.sh does.
#
#   scripts/soak.sh                      # 50 seeds, 6 runs each, with the dev build
#   scripts/soak.sh --first 51 --seeds 500 --rounds 8
#   BUILD=build/release scripts/soak.sh
set -euo pipefail
cd "$(dirname "$0")/.."
build=${BUILD:-build/dev}
cmake --build "$build" --target terraform-provider-mlflow local_workspace stub_provider
export TFCPP_MIRROR="$PWD/$build/mirror"
export TFCPP_WORKSPACE="$PWD/$build/tools/local_workspace/local_workspace"
export TFCPP_STUB="$PWD/$build/tests/stub_provider/terraform-provider-databricks"
export TFCPP_CLIENTS="$PWD/build/clients"
export PYTHONDONTWRITEBYTECODE=1
exec python3 tests/e2e/soak.py "$@"
