#!/usr/bin/env bash
# Fuzzes one target, or each of them, for a time; prints one line for each: executions, their rate, what was found.
#
#   scripts/fuzz.sh TARGET|all SECONDS [EXECUTIONS]   whichever of the two is reached first
#   scripts/fuzz.sh TARGET|all --minimise             what the runs have found goes into the committed corpus, which is
#                                                     reduced to the files that are needed to reach the same code
#
# Targets are the files of tests/fuzz/corpus. New inputs gather in build/fuzz/corpus/TARGET, findings in
# build/fuzz/findings/TARGET. docs/dev/fuzzing.md says what to do with them.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

usage() { sed -n '2,10s/^# \{0,1\}//p' scripts/fuzz.sh >&2; exit 2; }
[ $# -ge 2 ] && [ $# -le 3 ] || usage
targets=("$1") limit=$2 executions=${3:--1}
# For libFuzzer 0 s is without end, and 0 executions is one.
[[ $limit =~ ^[1-9][0-9]*$ || $limit == --minimise ]] && [[ $executions =~ ^(-1|[1-9][0-9]*)$ ]] || usage
committed=tests/fuzz/corpus
[ "$1" != all ] || mapfile -t targets < <(ls "$committed")
for target in "${targets[@]}"; do
  [ -d "$committed/$target" ] || { echo "fuzz: no target $target; there are: $(ls "$committed" | tr '\n' ' ')" >&2; exit 2; }
done

dictionary_of() {
  case $1 in
    api | errors | redact | rpc | tokens) echo answers ;;
    host | validators) echo addresses ;;
    json | state_json) echo json ;;
    dates | profile_file) echo "$1" ;;
  esac
}

fuzz_one() {
  local target=$1 corpus=build/fuzz/corpus/$1 findings=build/fuzz/findings/$1 log=build/fuzz/$1.log status=0
  local dictionary more=()
  dictionary=$(dictionary_of "$target")
  [ -z "$dictionary" ] || more+=("-dict=tests/fuzz/dictionaries/$dictionary.dict")
  # gRPC's threads allocate at any time, for libFuzzer a reason to look for leaks each time. The replay with asan does
  # so.
  [ "$target" != rpc ] || more+=(-detect_leaks=0)
  mkdir -p "$corpus" "$findings"
  "build/fuzz/tests/fuzz/fuzz_$target" -timeout=20 "-max_total_time=$limit" "-runs=$executions" -print_final_stats=1 \
    "${more[@]}" "-artifact_prefix=$findings/" "$corpus" "$committed/$target" >"$log" 2>&1 || status=$?
  awk -v target="$target" -v found="$([ "$status" -eq 0 ] && echo nothing found || echo "FOUND SOMETHING: $log")" '
    /^stat::number_of_executed_units:/ { executions = $2 }
    /^stat::average_exec_per_sec:/ { rate = $2 }
    END { printf "%-14s %10d executions %8d/s   %s\n", target, executions, rate, found }' "$log"
  return "$status"
}

# Seeds that people wrote keep their names and are never dropped; libFuzzer names what it found by its digest.
minimise_one() {
  local target=$1 minimal found='.*/[0-9a-f]{40}'
  mkdir -p "build/fuzz/corpus/$target" "build/fuzz/findings/$target"
  minimal=$(mktemp -d)
  find "$committed/$target" -type f -regextype posix-extended ! -regex "$found" -exec cp -t "$minimal" {} +
  "build/fuzz/tests/fuzz/fuzz_$target" -set_cover_merge=1 -use_counters=0 -timeout=20 \
    "-artifact_prefix=build/fuzz/findings/$target/" \
    "$minimal" "$committed/$target" "build/fuzz/corpus/$target" >"build/fuzz/$target.log" 2>&1 || {
    rm -rf "$minimal"
    echo "fuzz: $target could not be minimised, and is as it was: build/fuzz/$target.log" >&2
    return 1
  }
  find "$committed/$target" -type f -delete
  cp "$minimal"/* "$committed/$target"
  rm -rf "$minimal"
  printf '%-14s %6d files %9d bytes\n' "$target" "$(find "$committed/$target" -type f | wc -l)" \
    "$(cat "$committed/$target"/* | wc -c)"
}

# llvm-14 has the symbolizer, without which a finding's stack is addresses only.
mapfile -t missing < <(missing_packages clang-14 libclang-rt-14-dev llvm-14)
[ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}"
step "Configure: fuzz" cmake --preset fuzz
progress_step "Build: fuzz" cmake --build --preset fuzz --target "${targets[@]/#/fuzz_}"
failed=0
for target in "${targets[@]}"; do
  if [ "$limit" = --minimise ]; then minimise_one "$target" || failed=1; else fuzz_one "$target" || failed=1; fi
done
exit "$failed"
