#!/usr/bin/env bash
# Builds a minimal static libcurl from Debian's own source package into DIR (default build/deps/curl).
#
#   scripts/build_curl.sh [DIR [TOOLCHAIN]]      TOOLCHAIN: a CMake toolchain file, to cross-compile
#
# Why not libcurl4-openssl-dev: its archive cannot be linked statically (no static krb5 in Debian), and its shared
# library uses a resolver that cannot be cancelled. This one speaks HTTP and HTTPS only. CURL_RESOLVER says how it
# resolves names: by c-ares, or with `system` by the C library's resolver in a thread for each name, as macOS has it
# (docs/dev/adr/0018-names-on-macos.md).
# The version is whatever Debian offers today (mirrors drop old ones); it is written to DIR/VERSION. apt checks what it
# fetches against Debian's signatures. What is there stays, until apt knows a newer version or this script changes.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh
prefix=$(realpath -m "${1:-build/deps/curl}")
toolchain=()
[ -z "${2:-}" ] || toolchain=("-DCMAKE_TOOLCHAIN_FILE=$(realpath "$2")")

resolver=${CURL_RESOLVER:-c-ares} toolchain_files=(${2:+"$2"})
case "${2:-}" in */darwin_*) resolver=system toolchain_files+=(cmake/macos.cmake cmake/macos/zig.txt) ;; esac
case $resolver in
c-ares) resolves_by=(-DENABLE_ARES=ON) ;;
system) resolves_by=(-DENABLE_ARES=OFF -DENABLE_THREADED_RESOLVER=ON) ;;
*) echo "build_curl: CURL_RESOLVER is to be c-ares or system, not $resolver" >&2 && exit 2 ;;
esac

# What the files in DIR were made by.
recipe=$(recipe_of scripts/build_curl.sh "${toolchain_files[@]}" <(echo "$resolver"))
built=$(cat "$prefix/VERSION" 2>/dev/null || echo none)
if up_to_date "$prefix" "$built" "$recipe"; then
  dpkg --compare-versions "$(source_in_debian libcurl4-openssl-dev)" gt "$built" || exit 0
else
  built=none
fi

work=$(mktemp -d)
trap 'rm -rf "$work" "$step_log"' EXIT

if ! scripts/fetch_sources.sh "$work" curl >"$work/source.log" 2>&1; then
  tail -n 20 "$work/source.log" >&2
  [ "$built" != none ] || exit 1
  echo "build_curl: could not fetch the newer source of curl: $built stays" >&2
  exit 0
fi
source_dir=$work/curl
dpkg-source --no-check -x "$work"/curl_*.dsc "$source_dir" >/dev/null  # apt has checked it
version=$(dpkg-parsechangelog -l "$source_dir/debian/changelog" -S Version)
[ "$version" != "$built" ] || exit 0  # the archive's lists of binary packages may be ahead

# For macOS it wants SystemConfiguration, a framework, to be linked and called with each name, by which some networks
# that have IPv6 alone translate numeric addresses. There is none here; names are resolved without it.
sed -i '/define CURL_OSX_CALL_COPYPROXIES 1/d' "$source_dir/lib/curl_setup.h"
frameworks=(-DSYSTEMCONFIGURATION_FRAMEWORK=none -DCOREFOUNDATION_FRAMEWORK=none)

echo "Building libcurl $version: about 30 s, once for each version"
cmake -S "$source_dir" -B "$work/build" -G Ninja -Wno-dev --log-level=ERROR "${toolchain[@]}" \
  -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX="$prefix" -DCMAKE_POSITION_INDEPENDENT_CODE=ON \
  -DCMAKE_C_FLAGS="-g0 -ffunction-sections -fdata-sections -fstack-protector-strong -D_FORTIFY_SOURCE=2 \
-ffile-prefix-map=$work=." \
  -DBUILD_CURL_EXE=OFF -DBUILD_SHARED_LIBS=OFF -DBUILD_TESTING=OFF -DENABLE_MANUAL=OFF -DHTTP_ONLY=ON \
  -DCURL_USE_OPENSSL=ON -DCURL_ZLIB=OFF "${resolves_by[@]}" "${frameworks[@]}" -DENABLE_IPV6=ON -DENABLE_UNIX_SOCKETS=OFF \
  -DUSE_NGHTTP2=OFF -DUSE_LIBIDN2=OFF -DCURL_USE_LIBPSL=OFF -DCURL_USE_LIBSSH2=OFF -DCURL_BROTLI=OFF -DCURL_ZSTD=OFF \
  -DCURL_DISABLE_NTLM=ON -DCURL_DISABLE_COOKIES=ON -DCURL_DISABLE_ALTSVC=ON -DCURL_DISABLE_HSTS=ON \
  -DCURL_DISABLE_GOPHER=ON -DCURL_DISABLE_OPENSSL_AUTO_LOAD_CONFIG=ON \
  -DCURL_CA_BUNDLE=none -DCURL_CA_PATH=none >"$work/cmake.log" 2>&1 || { cat "$work/cmake.log" >&2; exit 1; }
cmake --build "$work/build" >"$work/make.log" 2>&1 || { tail -40 "$work/make.log" >&2; exit 1; }
rm -f "$prefix/VERSION"  # until all is there
cmake --install "$work/build" >/dev/null
record_source "$prefix" "$version" "$recipe" "$work" curl
echo "libcurl $version built into ${prefix#"$PWD"/} in $SECONDS s"
