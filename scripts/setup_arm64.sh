#!/usr/bin/env bash
# Installs what building for linux_arm64 needs beside scripts/setup.sh: a cross compiler, Debian's arm64 libraries, and
# qemu-user to run the result. Safe to run again. Needs Debian 12 on amd64, and root or sudo.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

mapfile -t packages < <(scripts/linked_packages.sh names arm64)
mapfile -t missing < <(missing_packages g++-aarch64-linux-gnu qemu-user "${packages[@]}")
if [ ${#missing[@]} -gt 0 ]; then
  dpkg --print-foreign-architectures | grep -qx arm64 || as_root dpkg --add-architecture arm64
  install_packages "${missing[@]}"
fi
upgrade_linked arm64
