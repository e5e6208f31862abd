#!/usr/bin/env bash
# Builds linux_arm64 and runs a whole life cycle of it under qemu-user, with this machine's Terraform and local
# workspace. Apart from scripts/test.sh, for it installs a cross compiler and builds everything once more.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

step "Install Debian packages" scripts/setup.sh
step "Install Debian packages for arm64" scripts/setup_arm64.sh
choose_client
step "Configure: release" cmake --preset release
progress_step "Build: the local workspace" cmake --build --preset release --target local_workspace
step "Configure: dev" cmake --preset dev
progress_step "Build: the stub provider" cmake --build --preset dev --target stub_provider
step "Configure: release-arm64" cmake --preset release-arm64
progress_step "Build: release-arm64" cmake --build --preset release-arm64

# Linux does not start programs of another machine by itself: a script of the program's name does it.
binary=$PWD/build/release-arm64/provider/terraform-provider-mlflow
version=$(qemu-aarch64 "$binary" --version)
version=${version##* }
wrapped=build/release-arm64/qemu-mirror/$(built_address build/release-arm64)/$version/linux_amd64
mkdir -p "$wrapped"
printf '#!/bin/sh\nexec qemu-aarch64 "%s" "$@"\n' "$binary" >"$wrapped/terraform-provider-mlflow_v$version"
chmod +x "$wrapped"/*

export PYTHONDONTWRITEBYTECODE=1 TFCPP_TERRAFORM=$terraform TFCPP_BINARY=$binary
export TFCPP_MIRROR=$PWD/build/release-arm64/qemu-mirror
export TFCPP_WORKSPACE=$PWD/build/release/tools/local_workspace/local_workspace
export TFCPP_STUB=$PWD/build/dev/tests/stub_provider/terraform-provider-databricks
step "Test: shape of the binary" python3 tests/e2e/binary_test.py -v ShapeTest
step "Test: life cycle" python3 tests/e2e/lifecycle_test.py -v DocumentedUsageTest LifecycleTest.test_target_and_model_replace
