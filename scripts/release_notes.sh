#!/usr/bin/env bash
# Prints what CHANGELOG.md says of one version, without its heading. Ends with an error when that is nothing.
#
#   scripts/release_notes.sh VERSION
set -euo pipefail
cd "$(dirname "$0")/.."
[ $# -eq 1 ] || { sed -n '2,4s/^# \{0,1\}//p' scripts/release_notes.sh >&2; exit 2; }

notes=$(awk -v version="$1" '
  /^## / { wanted = index($0, "## [" version "]") == 1; next }
  wanted' CHANGELOG.md)
[ -n "$notes" ] || { echo "release_notes: CHANGELOG.md has nothing about $1" >&2; exit 1; }
printf '%s\n' "$notes" | sed '/./,$!d'
