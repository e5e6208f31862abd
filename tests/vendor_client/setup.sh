#!/usr/bin/env bash
# Installs the vendor's Python client of the webhooks API into a virtual environment. Usage: setup.sh DIR
# Pinned, because it is the yardstick: 0.1.2 is its last release; it needs the old databricks-cli and protobuf 3.
set -euo pipefail
cd "$(dirname "$0")/../.."
target=$(realpath -m "$1")
[ -e "$target/ready" ] && exit 0
rm -rf "$target"
/usr/bin/python3 -m venv "$target"
"$target/bin/pip" install -q --disable-pip-version-check databricks-registry-webhooks==0.1.2 'databricks-cli==0.18.0' 'protobuf<4' setuptools
touch "$target/ready"
