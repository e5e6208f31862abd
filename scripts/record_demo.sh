#!/usr/bin/env bash
# Makes docs/demo.svg from a real run of scripts/demo.sh. Ends a demo that is running.
set -euo pipefail
cd "$(dirname "$0")/.."

output=$(mktemp)
trap 'rm -f "$output"' EXIT
scripts/demo.sh >/dev/null  # builds what is not built: the picture shows the demo, not the compiler
scripts/demo.sh --clean >/dev/null
scripts/demo.sh >"$output"
scripts/demo.sh --clean >/dev/null
sed '/^Go on by hand/,$d' "$output" | tools/terminal_svg.py scripts/demo.sh docs/demo.svg
