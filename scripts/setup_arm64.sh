#!/usr/bin/env bash
# Installs what building for linux_arm64 needs beside scripts/setup.sh: a cross compiler, Debian's arm64 libraries, and
# qemu-user to run the result. Safe to run again. Needs Debian 12 on amd64, and root or sudo.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

packages=(g++-aarch64-linux-gnu qemu-user)
for library in libc6-dev libgrpc++-dev libprotobuf-dev libc-ares-dev libssl-dev zlib1g-dev; do packages+=("$library:arm64"); done

mapfile -t missing < <(missing_packages "${packages[@]}")
[ ${#missing[@]} -eq 0 ] && exit 0
dpkg --print-foreign-architectures | grep -qx arm64 || as_root dpkg --add-architecture arm64
install_packages "${missing[@]}"
