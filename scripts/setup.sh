#!/usr/bin/env bash
# Installs the Debian packages that building and testing need. Safe to run again: it does nothing when all are there.
# Needs Debian 12, and root or sudo.
set -euo pipefail
cd "$(dirname "$0")/.."

# libgrpc++-dev does not depend on libprotobuf-dev. libcurl4-openssl-dev is missing on purpose: scripts/build_curl.sh.
packages=(
  g++ cmake ninja-build ccache pkgconf ca-certificates
  libgrpc++-dev libprotobuf-dev protobuf-compiler protobuf-compiler-grpc
  libmsgpack-cxx-dev rapidjson-dev libgtest-dev libgmock-dev libcpp-httplib-dev
  libc-ares-dev libssl-dev zlib1g-dev
  dpkg-dev xz-utils patch openssl unzip
  python3 python3-pip python3-venv
)
[ "${1:-}" = --with-lint ] && packages+=(clang-format-14 clang-tidy-14)

missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

if [ ! -e /etc/debian_version ] || ! grep -q '^12' /etc/debian_version; then
  echo "setup: this project is built on Debian 12 (bookworm). Missing packages: ${missing[*]}" >&2
  exit 1
fi
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "setup: run as root, or install sudo. Missing packages: ${missing[*]}" >&2; exit 1; }
  as_root=(sudo)
fi
echo "setup: installing ${missing[*]}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { "${as_root[@]}" apt-get update -qq &&
       "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } \
       >"$log" 2>&1; then
  tail -20 "$log" >&2
  echo "setup: could not install ${missing[*]}" >&2
  exit 1
fi
