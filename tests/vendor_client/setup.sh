#!/usr/bin/env bash
# Installs the vendor's Python client of the webhooks API into a virtual environment. Usage: setup.sh DIR
#
# What is installed is in requirements.txt, by hash: nothing else gets in, from wherever pip takes it.
set -euo pipefail
cd "$(dirname "$0")/../.."
target=$(realpath -m "$1")
requirements=tests/vendor_client/requirements.txt
cmp -s "$requirements" "$target/ready" && exit 0
rm -rf "$target"
/usr/bin/python3 -m venv "$target"
"$target/bin/pip" install -q --disable-pip-version-check --require-hashes --only-binary=:all: -r "$requirements"
cp "$requirements" "$target/ready"
