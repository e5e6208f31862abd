#!/usr/bin/env bash
# Builds static OpenSSL of Debian's source package for macOS into build/deps/PLATFORM, in the version that is installed
# here for Linux. scripts/setup_macos.sh calls this.
#
#   scripts/build_openssl.sh [--allow-outdated] darwin_arm64|darwin_amd64
#
# OpenSSL is the library that gets security fixes, and mirrors are seen that have its new binaries without the source.
# Then this says so and stops. With --allow-outdated it takes what is nearest: the authors' own archive of that version,
# without what Debian has mended since, or else the newest package that is whole. The SBOM and the package's README say
# which.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

allow_outdated=
if [ "$1" = --allow-outdated ]; then allow_outdated=yes; shift; fi
platform=$1 prefix=$PWD/build/deps/$1
# As Debian has it for each of the two architectures.
case "$platform" in
  darwin_arm64) options=(darwin64-arm64-cc) ;;
  darwin_amd64) options=(darwin64-x86_64-cc enable-ec_nistp_64_gcc_128) ;;
esac
options+=(
  no-idea no-mdc2 no-rc5 no-ssl3 no-ssl3-method no-rdrand enable-rfc3779 -DOPENSSL_TLS_SECURITY_LEVEL=2  # as Debian
  no-shared no-dso no-engine no-tests  # archives alone, and nothing is loaded at run time
  no-async                             # makecontext(), which macOS has given up
  no-autoload-config                   # a Mac's /etc/ssl/openssl.cnf is LibreSSL's
  --prefix=/usr --openssldir=/private/etc/ssl  # where nobody but root can put anything
  -O2 -g0 -fstack-protector-strong -D_FORTIFY_SOURCE=2
)

recipe=$(recipe_of scripts/build_openssl.sh cmake/macos/zig.txt)
wanted=$(dpkg-query -W -f '${source:Version}' "${macos_sources[openssl]}:amd64")
up_to_date "$prefix/sources/openssl" "$wanted" "$recipe" && exit 0
work=$(mktemp -d)
trap 'rm -rf "$work" "$step_log"' EXIT

version=$wanted
if ! scripts/fetch_sources.sh "$work" "openssl=$wanted" >"$work/log" 2>&1; then
  tail -n 5 "$work/log" >&2
  echo "build_openssl: no source package of openssl $wanted, which has the security fixes, could be fetched" >&2
  if [ -z "$allow_outdated" ]; then
    echo "build_openssl: try later or with another mirror, or give --allow-outdated" >&2
    exit 1
  fi
  version=${wanted%-*}  # of the authors' archive
  if [ ! -e "$work/openssl_$version.orig.tar.gz" ]; then
    version=$(source_versions "$work" openssl | grep -vFx "$wanted" | tail -n 1)
    scripts/fetch_sources.sh "$work" "openssl=$version"
  fi
  echo "build_openssl: taking $version in its place" >&2
  ! up_to_date "$prefix/sources/openssl" "$version" "$recipe" || exit 0
fi
if [ -e "$work/openssl_$version.dsc" ]; then
  dpkg-source --no-check -x "$work/openssl_$version.dsc" "$work/openssl"  # apt has checked it
else
  mkdir "$work/openssl"
  tar -xf "$work/openssl_$version.orig.tar.gz" -C "$work/openssl" --strip-components 1
fi

# Names without a path, and the time of the files in the packages: OpenSSL records both.
cd "$work/openssl"
export PATH=$prefix/bin:$PATH CC=cc AR=ar RANLIB=ranlib SOURCE_DATE_EPOCH=315532800
./Configure "${options[@]}" >/dev/null
make -s build_generated >/dev/null
make -s -j"$(nproc)" build_libs
mkdir -p "$prefix/lib" "$prefix/include"
cp libcrypto.a libssl.a "$prefix/lib/"
cp -rp include/openssl "$prefix/include/"
cd - >/dev/null
record_source "$prefix/sources/openssl" "$version" "$recipe" "$work" openssl
