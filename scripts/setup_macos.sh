#!/usr/bin/env bash
# Makes what building for macOS needs beside scripts/setup.sh, below build/deps: zig, which brings a compiler, a linker
# and the interface of macOS' C library; and the libraries, of Debian's source packages in the versions that are
# installed here for Linux. docs/dev/macos.md says why so.
#
#   scripts/setup_macos.sh [--allow-outdated] [--again] darwin_arm64|darwin_amd64
#
# Safe to run again: only what other versions or another recipe ask for is made anew. --allow-outdated: as in
# scripts/build_openssl.sh. --again: makes the libraries a second time, without zig's cache, and fails when they differ
# from those that are there, which stay.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

openssl_options=() again=
if [ "${1:-}" = --allow-outdated ]; then openssl_options=("$1"); shift; fi
if [ "${1:-}" = --again ]; then again=yes; shift; fi
platform=${1:-}
case "$platform" in
  darwin_arm64) target=aarch64-macos.11.0 ;;
  darwin_amd64) target=x86_64-macos.11.0 ;;
  *) echo "setup_macos: which platform, darwin_arm64 or darwin_amd64?" >&2; exit 2 ;;
esac
prefix=$PWD/build/deps/$platform

# Compilers as CMake and OpenSSL's Configure want them, of one word each. In its cache zig keeps, among others, the C++
# library, which it builds once for each set of flags.
cache=$PWD/build/deps/zig-cache
write_tools() {
  local zig name
  zig=$(echo "$PWD"/build/deps/zig/lib/python3*/site-packages/ziglang)
  mkdir -p "$prefix/bin" "$cache"
  for name in cc c++; do
    printf '#!/bin/sh\nexport ZIG_GLOBAL_CACHE_DIR="%s" ZIG_LOCAL_CACHE_DIR="%s"\nexec "%s/zig" %s -target %s "$@"\n' \
      "$cache" "$cache" "$zig" $name $target >"$prefix/bin/$name"
  done
  for name in ar ranlib; do printf '#!/bin/sh\nexec "%s/zig" %s "$@"\n' "$zig" $name >"$prefix/bin/$name"; done
  chmod +x "$prefix"/bin/*
}

# Of these there are headers alone, and this machine's are as good. Not by its /usr/include, where its C library is too.
copy_headers() {
  mkdir -p "$prefix/include"
  cp -rp /usr/include/msgpack /usr/include/msgpack.hpp /usr/include/rapidjson "$prefix/include/"
}

recipe=$(recipe_of scripts/setup_macos.sh cmake/macos.cmake cmake/macos/*.txt cmake/macos/abseil.patch)

build_libraries() (
  set -e
  wanted=() found=yes
  for source in abseil grpc protobuf zlib cpp-httplib; do  # the last is of the local workspace
    version=$(dpkg-query -W -f '${source:Version}' "${macos_sources[$source]:-libcpp-httplib-dev}:amd64")
    wanted+=("$source=$version")
    up_to_date "$prefix/sources/$source" "$version" "$recipe" || found=
  done
  [ -z "$found" ] || return 0
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  scripts/fetch_sources.sh "$work" "${wanted[@]}"
  for source in "${wanted[@]%=*}"; do dpkg-source --no-check -x "$work/$source"_*.dsc "$work/$source"; done
  patch -d "$work/abseil" -p1 <cmake/macos/abseil.patch
  cmake -S cmake/macos -B "$work/build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DTFCPP_SOURCES="$work" \
    -DCMAKE_TOOLCHAIN_FILE="$PWD/cmake/$platform.cmake" -DCMAKE_INSTALL_PREFIX="$prefix"
  cmake --build "$work/build"
  cmake --install "$work/build"
  for source in "${wanted[@]}"; do
    record_source "$prefix/sources/${source%=*}" "${source#*=}" "$recipe" "$work" "${source%=*}"
  done
)

build_all() {
  write_tools
  copy_headers
  step "Build OpenSSL for $platform (once)" scripts/build_openssl.sh "${openssl_options[@]}" "$platform"
  progress_step "Build gRPC and others for $platform (once)" build_libraries
  step "Build libcurl for $platform (once)" scripts/build_curl.sh "$prefix/curl" "cmake/$platform.cmake"
}

archives() { (cd "$1" && sha256sum lib/*.a curl/lib/*.a); }
compare() { diff <(archives "$1") <(archives "$2"); }

step "Fetch zig (once)" python_environment build/deps/zig cmake/macos/zig.txt
build_all
[ -n "$again" ] || exit 0
mv "$prefix" "$prefix.first"
cache=$(mktemp -d)
restore() { rm -rf "$prefix" "$cache" "$step_log" && mv "$prefix.first" "$prefix"; }
trap restore EXIT
build_all
step "Compare the libraries" compare "$prefix" "$prefix.first"
