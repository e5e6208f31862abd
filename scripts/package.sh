#!/usr/bin/env bash
# Builds the provider and makes its release files in DIR (default build/package): zips, checksums, manifest, SBOM, and a
# mirror. tools/package.py says what they are.
#
#   scripts/package.sh [--platform linux_amd64]... [--key GPG_KEY_ID] [--out DIR] [--allow-outdated]
#
# Platforms: linux_amd64, linux_arm64, darwin_arm64 and darwin_amd64; without the option, all. A release, which is what
# --key makes, stops when Debian has newer versions of what is linked in, or when that cannot be found out. With
# --allow-outdated it goes on, and the SBOM says so. Without --key they are only told; but for macOS, where the source
# of an OpenSSL with the security fixes is to be had or else --allow-outdated to be given (scripts/build_openssl.sh).
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

platforms=() key=() out=build/package allow_outdated=()
while [ $# -gt 0 ]; do
  if [ "$1" = --allow-outdated ]; then
    allow_outdated=(--allow-outdated)
    shift
    continue
  fi
  [ -n "${2:-}" ] || { echo "package: $1 needs a value" >&2; exit 2; }
  case "$1" in
    --platform) platforms+=("$2") ;;
    --key) key=(--key "$2") ;;
    --out) out=$2 ;;
    *) echo "package: unknown argument $1" >&2; exit 2 ;;
  esac
  shift 2
done
all=(linux_amd64 linux_arm64 darwin_arm64 darwin_amd64)
[ ${#platforms[@]} -gt 0 ] || platforms=("${all[@]}")

# check_outdated ARCH FILE: writes what is outdated there, tells it, and stops a release.
check_outdated() {
  scripts/linked_packages.sh outdated "$1" >"$2"
  lists_are_fresh || echo "Debian could not be asked for newer versions within the last day" >>"$2"
  [ -s "$2" ] || return 0
  echo "package: what is linked in for $1 is not the newest, or not known to be:" >&2
  sed 's/^/  /' "$2" >&2
  [ ${#key[@]} -gt 0 ] && [ ${#allow_outdated[@]} -eq 0 ] || return 0
  echo "package: a release is not made of it. Run scripts/setup.sh, or give --allow-outdated." >&2
  return 1
}

version=$(sed -n 's/^project(.* VERSION \([0-9.]*\) .*/\1/p' CMakeLists.txt)
inputs=()
for platform in "${platforms[@]}"; do
  case "$platform" in
    linux_amd64) preset=release curl=build/deps/curl ;;
    linux_arm64) preset=release-arm64 curl=build/deps/curl-aarch64 ;;
    darwin_arm64 | darwin_amd64) preset=release-${platform/_/-} curl=build/deps/$platform/curl ;;
    *) echo "package: $platform is not built here, only ${all[*]}" >&2; exit 2 ;;
  esac
  folder=build/$preset/provider binary=build/$preset/provider/terraform-provider-mlflow
  step "Install Debian packages" scripts/setup.sh
  case "$platform" in
    linux_amd64) linked=(--map $binary.map) ;;
    linux_arm64) linked=(--map $binary.map) && step "Install Debian packages for $platform" scripts/setup_arm64.sh ;;
    *) linked=(--macos "build/deps/$platform") && scripts/setup_macos.sh "${allow_outdated[@]}" "$platform" ;;
  esac
  step "Configure: $preset" cmake --preset $preset
  check_outdated "${platform#linux_}" build/$preset/outdated.txt
  progress_step "Build: $preset" cmake --build --preset $preset
  step "List what is linked in: $platform" tools/sbom.py "${linked[@]}" --binary $binary --curl $curl \
    --outdated build/$preset/outdated.txt "${allow_outdated[@]}" \
    --name terraform-provider-mlflow --version "$version" --spdx $folder/spdx.json --notices $folder/notices
  inputs+=("$platform=$binary,$folder/notices,$folder/spdx.json")
done
step "Pack" tools/package.py --version "$version" --address "$(built_address build/$preset)" --out "$out" "${key[@]}" "${inputs[@]}"
echo "Release files of $version are in $out:"
(cd "$out" && ls -1 terraform-provider-mlflow_"${version}"_*)
