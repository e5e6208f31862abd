#!/usr/bin/env bash
# Runs a life cycle on a Mac, with its Terraform and the local workspace, of what was cross-built on Debian.
#
#   scripts/run_on_mac.sh --pack FILE    on Debian, after scripts/test_macos.sh: packs what is needed
#   scripts/run_on_mac.sh FILE           on the Mac, in a clone: needs python3, and terraform or tofu in PATH
#
# With what a Mac comes with: its bash is of 2007.
set -euo pipefail
file=${*: -1}
case "${file:-}" in /*) ;; *) file=$PWD/$file ;; esac
cd "$(dirname "$0")/.."

if [ "$1" = --pack ]; then
  tar -cf "$file" build/release-darwin-*/mirror build/release-darwin-*/tools/local_workspace/local_workspace \
    build/release-darwin-*/tests/stub_provider/terraform-provider-databricks
  exit
fi

tar -xf "$file"
case "$(uname -m)" in
  arm64) build=$PWD/build/release-darwin-arm64 ;;
  *) build=$PWD/build/release-darwin-amd64 ;;
esac
provider=$(echo "$build"/mirror/*/*/mlflow/*/*/terraform-provider-mlflow_v*)
otool -L "$provider"
[ "$(uname -m)" != arm64 ] || codesign --verify --verbose "$provider"
"$provider" --version

export PYTHONDONTWRITEBYTECODE=1 TFCPP_MIRROR=$build/mirror
export TFCPP_WORKSPACE=$build/tools/local_workspace/local_workspace
export TFCPP_STUB=$build/tests/stub_provider/terraform-provider-databricks
python3 tests/e2e/lifecycle_test.py -v
