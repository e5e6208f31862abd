#!/usr/bin/env bash
# Makes the packages for macOS and examines them without a Mac: load commands, libraries, symbols, signature, hardening,
# paths, contents, and that another build gives the same bytes. It says nothing of how they run. Apart from
# scripts/test.sh, for it builds everything twice more for each platform.
#
#   scripts/test_macos.sh [--allow-outdated] [PLATFORM]...     darwin_arm64 and darwin_amd64, unless told otherwise
#
# --allow-outdated: as for scripts/package.sh. The libraries are built once (scripts/setup_macos.sh); whether those are
# the same anew is seen by scripts/setup_macos.sh --again.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

allow_outdated=()
if [ "${1:-}" = --allow-outdated ]; then allow_outdated=("$1"); shift; fi
platforms=("$@")
[ ${#platforms[@]} -gt 0 ] || platforms=(darwin_arm64 darwin_amd64)
out=build/macos-package

mapfile -t missing < <(missing_packages llvm-14)
[ ${#missing[@]} -eq 0 ] || step "Install ${missing[*]}" install_packages "${missing[@]}"
arguments=()
for platform in "${platforms[@]}"; do arguments+=(--platform "$platform"); done
rm -rf "$out"
scripts/package.sh "${allow_outdated[@]}" --out "$out" "${arguments[@]}"

# Of all that is or would be under version control, in a folder of another name.
second=$(mktemp -d)
trap 'rm -rf "$second" "$step_log"' EXIT
git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t "$second"
mkdir "$second/build"
ln -s "$PWD/build/deps" "$second/build/deps"
build_again() { (cd "$second" && cmake --preset "$1" && cmake --build --preset "$1" --target terraform-provider-mlflow); }
for platform in "${platforms[@]}"; do
  progress_step "Build once more: $platform" build_again "release-${platform/_/-}"
done

export PYTHONDONTWRITEBYTECODE=1 TFCPP_MACOS_PLATFORMS="${platforms[*]}" TFCPP_MACOS_PACKAGES=$PWD/$out
export TFCPP_MACOS_SECOND=$second/build
python3 tests/macos/macos_test.py -v
