#!/usr/bin/env bash
# Makes docs/demo.svg and docs/demo-server.svg from real runs of scripts/demo.sh. Ends a demo that is running.
set -euo pipefail
cd "$(dirname "$0")/.."

output=$(mktemp)
trap 'rm -f "$output"' EXIT

record() {  # PICTURE ARGUMENTS...
  local picture=$1
  shift
  scripts/demo.sh "$@" >/dev/null  # builds what is not built: the picture shows the demo, not the compiler
  scripts/demo.sh "$@" --clean >/dev/null
  scripts/demo.sh "$@" >"$output"
  scripts/demo.sh "$@" --clean >/dev/null
  sed '/^Go on by hand/,$d' "$output" | tools/terminal_svg.py "scripts/demo.sh${1:+ $1}" "$picture"
}

record docs/demo.svg
record docs/demo-server.svg --server
