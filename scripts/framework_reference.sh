#!/usr/bin/env bash
# Writes the reference of tfcpp's public headers (tools/public_headers.txt) as HTML to build/framework_reference. Fails
# on every warning. Needs doxygen: scripts/setup.sh --with-lint.
#   scripts/framework_reference.sh [FOLDER]    another folder to write to
set -euo pipefail
cd "$(dirname "$0")/.."

out=${1:-build/framework_reference}
mkdir -p "$out"
main_page=$out/main.md
cat >"$main_page" <<'MAIN'
# tfcpp {#mainpage}

The headers for authors of Terraform providers, each with what its types are, their units, ranges, errors and who may call them from
which thread. Begin with `tfcpp/framework/provider.h`, `tfcpp/framework/resource.h` and `tfcpp/fields/field.h`; the pages of
`docs/framework/` explain the concepts.
MAIN

mapfile -t headers < <(tools/check_headers.py . --list)
version=$(sed -n 's/^project(tfcpp VERSION \([0-9.]*\).*/\1/p' src/tfcpp/CMakeLists.txt)
doxygen - <<DOXYFILE
PROJECT_NAME = tfcpp
PROJECT_NUMBER = $version
PROJECT_BRIEF = "A framework for Terraform providers in C++"
OUTPUT_DIRECTORY = $out
INPUT = $main_page ${headers[*]}
USE_MDFILE_AS_MAINPAGE = $main_page
FILTER_PATTERNS = "*.h=$PWD/tools/doxygen_filter.py"
STRIP_FROM_PATH = $PWD/src
STRIP_FROM_INC_PATH = $PWD/src
FULL_PATH_NAMES = YES
INCLUDE_PATH = $PWD/src
EXTRACT_ALL = YES
EXTRACT_STATIC = YES
HIDE_IN_BODY_DOCS = YES
JAVADOC_AUTOBRIEF = YES
SORT_MEMBER_DOCS = NO
AUTOLINK_SUPPORT = NO
GENERATE_LATEX = NO
HAVE_DOT = NO
QUIET = YES
WARN_IF_UNDOCUMENTED = NO
WARN_AS_ERROR = FAIL_ON_WARNINGS
DOXYFILE
echo "$out/html/index.html"
