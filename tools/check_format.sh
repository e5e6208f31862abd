#!/usr/bin/env bash
# Fails when clang-format would change a file. `tools/check_format.sh --fix` changes them.
set -euo pipefail
cd "$(dirname "$0")/.."
mode=(--dry-run --Werror)
[ "${1:-}" = --fix ] && mode=(-i)
find src provider tests tools -name '*.cc' -o -name '*.h' | sort | xargs clang-format-14 "${mode[@]}"
