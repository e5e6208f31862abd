#!/usr/bin/env bash
# The Debian packages of which something is linked into the provider, and what is known of their versions.
#
#   scripts/linked_packages.sh names|versions|outdated amd64|arm64|darwin_arm64|darwin_amd64
#
# names:    one a line, as apt takes them
# versions: PACKAGE VERSION SOURCE SOURCE_VERSION of each as it is installed, and of what is built here as it was built:
#           our own libcurl; for macOS everything, and zig, whose C++ library is linked in
# outdated: "PACKAGE VERSION, Debian has NEWER" for each of which apt's lists have a newer one
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

# tools/sbom.py stops when something else is linked in.
packages=(libabsl-dev libc-ares-dev libc6-dev libgrpc-dev libgrpc++-dev libprotobuf-dev libre2-dev libssl-dev zlib1g-dev)
header_only=(libmsgpack-cxx-dev rapidjson-dev)
compiler=(libgcc-12-dev libstdc++-12-dev)
sources=()  # built here, with the folders that scripts/lib.sh says what is in (record_source)
case "${2:-}" in
  amd64) packages=("${packages[@]/%/:amd64}" "${compiler[@]/%/:amd64}") curl=build/deps/curl ;;
  arm64) packages=("${packages[@]/%/:arm64}" "${compiler[@]/%/-arm64-cross}") curl=build/deps/curl-aarch64 ;;
  darwin_*) packages=() sources=("${!macos_sources[@]}") curl=build/deps/$2/curl ;;
  *) echo "linked_packages: which platform, amd64, arm64, darwin_arm64 or darwin_amd64?" >&2; exit 2 ;;
esac
packages+=("${header_only[@]}")
platform=$2

built() { cat "build/deps/$platform/sources/$1/VERSION"; }

outdated() {
  {
    apt-cache policy "${packages[@]}" |
      awk '/^[^ ]/ { name = $1; sub(/:$/, "", name) } $1 == "Installed:" { have = $2 } $1 == "Candidate:" { print name, have, $2 }'
    [ ! -e "$curl/VERSION" ] || echo "curl $(cat "$curl/VERSION") $(source_in_debian libcurl4-openssl-dev)"
    for source in "${sources[@]}"; do
      echo "$source $(built "$source") $(source_in_debian "${macos_sources[$source]}")"
    done
  } | while read -r package version newer; do
    [ "$version" != "(none)" ] || continue
    ! dpkg --compare-versions "${newer#(none)}" gt "$version" || echo "$package $version, Debian has $newer"
  done
}

case "$1" in
  names) printf '%s\n' "${packages[@]}" ;;
  versions)
    dpkg-query -W -f '${binary:Package} ${Version} ${source:Package} ${source:Version}\n' "${packages[@]}"
    [ ! -e "$curl/VERSION" ] || printf 'curl %s curl %s\n' "$(cat "$curl/VERSION")" "$(cat "$curl/VERSION")"
    for source in "${sources[@]}"; do printf '%s %s %s %s\n' "$source" "$(built "$source")" "$source" "$(built "$source")"; done | sort
    [ ${#sources[@]} -eq 0 ] || sed -n 's/^ziglang==\([^ ]*\).*/zig \1 zig \1/p' cmake/macos/zig.txt ;;
  outdated) outdated ;;
  *) echo "linked_packages: unknown: $1" >&2; exit 2 ;;
esac
