#!/usr/bin/env bash
# Says what is missing before a version can be released: all of it at once, and it changes nothing. Ends with an error
# when something is.
#
#   scripts/release_check.sh VERSION [--quick]
#
# --quick leaves out what is built for it: the generated pages, the forms of states, and that two builds have the same
# bytes. The whole takes some minutes, for one of the two is made without a compiler cache.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

version=${1:-}
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]] && [[ $# -eq 1 || ${2:-} == --quick ]] ||
  { sed -n '2,8s/^# \{0,1\}//p' scripts/release_check.sh >&2; exit 2; }
program=terraform-provider-mlflow
last_tag=$(git tag --list 'v[0-9]*' --sort=-version:refname | grep -vxF "v$version" | head -n 1 || true)

# Each of these prints what is missing, and nothing when nothing is.

uncommitted() { git status --porcelain | sed 's/^/not committed: /'; }

tag() {
  local at
  at=$(git rev-parse --quiet --verify "refs/tags/v$version^{commit}" || true)
  [ -z "$at" ] || [ "$at" = "$(git rev-parse HEAD)" ] || echo "the tag v$version is there already, at another commit"
  [ "$(printf '%s\n' "$version" "${last_tag#v}" | sort -V | tail -n 1)" = "$version" ] || echo "$last_tag is newer"
}

project_version() {
  local there
  there=$(sed -n 's/^project(.* VERSION \([0-9.]*\) .*/\1/p' CMakeLists.txt)
  [ "$there" = "$version" ] || echo "CMakeLists.txt: project(... VERSION $there) is to be $version"
}

changelog() {
  local first
  first=$(grep -m 1 '^## ' CHANGELOG.md)
  [[ $first =~ ^##\ \[$version\]\ -\ [0-9]{4}-[0-9]{2}-[0-9]{2}$ ]] ||
    echo "CHANGELOG.md: its first section is to be \"## [$version] - YYYY-MM-DD\", but is \"$first\""
  scripts/release_notes.sh "$version" 2>&1 >/dev/null || true  # its complaint, when there is one
  grep -E '^## .*unreleased' CHANGELOG.md | grep -vF "[$version]" | sed 's/.*/CHANGELOG.md: "&" has no date/' || true
}

# Names of release files, and the constraint that examples and guides show.
documents() {
  python3 tools/provider_names.py . "$(sed -n 's/.*source *= "\(.*\)"/\1/p' examples/provider/provider.tf)" "$version" --check ||
    true
}

# Forms that a release has are frozen, but for members that are always null (docs/dev/compatibility.md).
frozen() {
  local file
  [ -n "$last_tag" ] || return 0
  git ls-tree -r --name-only "$last_tag" tests/golden | grep -E '_(state|identity)_v[0-9]+\.txt$' | while read -r file; do
    [ -e "$file" ] || { echo "$file: $last_tag has it, so it stays"; continue; }
    cmp -s <(git show "$last_tag:$file" | grep -v ', always null$') <(grep -v ', always null$' "$file") ||
      echo "$file: not as in $last_tag; a new form is a new schema version, with a file of its own and an upgrader"
  done
}

weaknesses() {
  local page=docs/dev/known-weaknesses.md source there
  scripts/linked_packages.sh versions amd64 | awk '{ print $3, $4 }' | sort -u | while read -r source there; do
    grep -qi "\b${source%-12}\b" "$page" || continue  # package_test.py sees to it that what is linked in is there
    grep -qF "${there#*:}" "$page" || echo "$page: $source is $there now; look through what is open in it"
  done
}

outdated() {
  scripts/linked_packages.sh outdated amd64
  lists_are_fresh || echo "Debian was not asked for newer versions within the last day: scripts/setup.sh"
}

generated() {
  local log=build/release_check.log
  mkdir -p build
  { cmake --preset dev && cmake --build --preset dev --target terraform-provider-mlflow_docs_writer provider_test &&
    ctest --preset dev --no-tests=error -R '^(docs_generated|provider_test|links|troubleshooting|wire_contract)$'
  } >$log 2>&1 || tail -n 20 $log
}

# The commit, built in another folder without the compiler cache.
reproducible() {
  local log=$PWD/build/release_check.log binary=build/release/provider/$program other
  other=$(mktemp -d)
  git archive HEAD | tar -x -C "$other"
  mkdir -p "$other/build/deps"
  cp -r build/deps/curl "$other/build/deps/"
  if cmake --preset release && cmake --build --preset release &&
     (cd "$other" && cmake --preset release && CCACHE_DISABLE=1 cmake --build --preset release --target $program)
  then
    cmp "$binary" "$other/$binary" >&3
  else
    tail -n 20 "$log" >&3
  fi 3>&1 >"$log" 2>&1 || true
  rm -rf "$other"
}

missing=0
check() {  # NAME FUNCTION
  local found
  found=$("$2" 2>&1) || found=${found:-could not be found out}
  if [ -z "$found" ]; then
    echo "ok       $1"
  else
    echo "MISSING  $1"
    printf '%s\n' "$found" | sed 's/^/           /'
    missing=$((missing + 1))
  fi
}

check "everything is committed" uncommitted
check "the tag is free" tag
check "the version" project_version
check "the changelog" changelog
check "documents name the version" documents
check "forms of states and identities are as released" frozen
check "known weaknesses are those of what is linked in" weaknesses
check "what is linked in is the newest" outdated
if [ "${2:-}" != --quick ]; then
  check "generated pages, and forms of states" generated
  check "two builds, the same bytes" reproducible
fi
[ $missing -eq 0 ] || { echo "$version is not ready: $missing of these are missing something" >&2; exit 1; }
echo "$version is ready: git tag -s v$version"
