#!/usr/bin/env bash
# Fetches Debian source packages into DIR, without unpacking them. apt checks them against Debian's signatures.
#
#   scripts/fetch_sources.sh DIR SOURCE[=VERSION]...
#
# Source packages need deb-src entries. A private list in DIR leaves apt as it was. When a package has files that the
# mirror lacks, those that it has are in DIR and this fails.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

dir=$(realpath -m "$1")
shift
mkdir -p "$dir/apt/lists/partial"
debian_sources "$dir/apt/parts" deb-src
apt=(-qq -o Dir::Etc::sourcelist=/dev/null -o "Dir::Etc::sourceparts=$dir/apt/parts"
     -o "Dir::State::lists=$dir/apt/lists" -o APT::Sandbox::User=root)
apt-get "${apt[@]}" update
cd "$dir"
apt-get "${apt[@]}" source --download-only "$@"
