#!/usr/bin/env bash
# Installs a real MLflow server from the Python package index into build/mlflow-<version>, once, for tests and demo.
# Nothing that users install needs it. MLFLOW_VENV names a virtual environment that has one already, and is taken
# instead.
#
#   scripts/setup_server.sh [VERSION...]     default: 3.17.2
#
# What is installed is in tests/server/mlflow-<version>.txt, by hash (tools/lock_requirements.py makes such files).
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

has_mlflow() { [ -x "$1/bin/python" ] && "$1/bin/python" -c 'import mlflow.version, psycopg2' 2>/dev/null; }

if [ -n "${MLFLOW_VENV:-}" ] && [ $# -eq 0 ]; then
  has_mlflow "$MLFLOW_VENV" || {
    echo "setup_server: MLFLOW_VENV is $MLFLOW_VENV, which lacks MLflow or its PostgreSQL driver: name an environment" \
      "with mlflow[auth] and psycopg2-binary, or unset it" >&2
    exit 1
  }
  exit 0
fi
[ $# -gt 0 ] || set -- 3.17.2
for version in "$@"; do
  lock=tests/server/mlflow-$version.txt
  [ -e "$lock" ] || { echo "setup_server: there is no lock file $lock" >&2; exit 2; }
  python_environment "$PWD/build/mlflow-$version" "$lock"
done
