#!/usr/bin/env bash
# Installs the Debian packages that building and testing need, and upgrades those that are linked into the provider: a
# build holds whatever version is installed. Safe to run again: it does nothing when all are there and new.
# Needs Debian 12, and root or sudo.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

# libgrpc++-dev does not depend on libprotobuf-dev. libcurl4-openssl-dev is missing on purpose: scripts/build_curl.sh.
packages=(
  g++ cmake ninja-build ccache pkgconf ca-certificates
  libgrpc++-dev libprotobuf-dev protobuf-compiler protobuf-compiler-grpc
  libmsgpack-cxx-dev rapidjson-dev libgtest-dev libgmock-dev libbenchmark-dev libcpp-httplib-dev
  libc-ares-dev libssl-dev zlib1g-dev
  dpkg-dev xz-utils patch openssl unzip gnupg
  python3 python3-pip python3-venv
)
for option in "$@"; do
  case "$option" in
    --with-lint) packages+=(clang-14 clang-format-14 clang-tidy-14 doxygen) ;;
    --with-postgresql) packages+=(postgresql) ;;  # for a test: what it runs is a server of its own
    *) echo "setup: unknown option $option" >&2; exit 2 ;;
  esac
done

mapfile -t missing < <(missing_packages "${packages[@]}")
[ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}"
upgrade_linked amd64
