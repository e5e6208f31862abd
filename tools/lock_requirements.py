#!/usr/bin/env python3
"""Writes a lock file for pip: what it would install for these requirements, with all that they need, each by hash.

  tools/lock_requirements.py 'mlflow[auth]==3.17.2' psycopg2-binary >tests/server/mlflow-3.17.2.txt

The hashes are those of the wheels for this machine's kind and Debian's Python; nothing is installed."""

import json
import pathlib
import shlex
import subprocess
import sys
import tempfile


def resolve(requirements):
    with tempfile.TemporaryDirectory() as folder:
        environment, report = pathlib.Path(folder, "environment"), pathlib.Path(folder, "report.json")
        subprocess.run(["/usr/bin/python3", "-m", "venv", environment], check=True)
        subprocess.run([environment / "bin/pip", "install", "--quiet", "--disable-pip-version-check", "--dry-run",
                        "--only-binary=:all:", "--report", report, *requirements], check=True)
        return json.loads(report.read_text())["install"]


def main(requirements):
    if not requirements:
        sys.exit(__doc__)
    print(f"# Made by: tools/lock_requirements.py {shlex.join(requirements)}")
    for item in sorted(resolve(requirements), key=lambda i: i["metadata"]["name"].lower()):
        name, version = item["metadata"]["name"], item["metadata"]["version"]
        digest = item["download_info"]["archive_info"]["hashes"]["sha256"]
        print(f"{name}=={version} \\\n    --hash=sha256:{digest}")


if __name__ == "__main__":
    main(sys.argv[1:])
