#!/usr/bin/env bash
# Installs the vendor's Python client of the webhooks API into a virtual environment. Usage: setup.sh DIR
set -euo pipefail
cd "$(dirname "$0")/../.."
. scripts/lib.sh
python_environment "$(realpath -m "$1")" tests/vendor_client/requirements.txt
