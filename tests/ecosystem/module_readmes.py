#!/usr/bin/env python3
"""Fails where a module's README does not name one of its inputs or outputs, or names one that is not there.
Usage: module_readmes.py TERRAFORM_CONFIG_INSPECT"""

import json
import pathlib
import re
import subprocess
import sys

MODULES = pathlib.Path(__file__).resolve().parents[2] / "terraform/modules"


def main():
    faults, seen = [], 0
    for module in sorted(MODULES.iterdir()):
        found = json.loads(subprocess.run([sys.argv[1], "--json", module], capture_output=True, text=True, check=True).stdout)
        names = {**found["variables"], **found["outputs"]}
        first_cells = re.findall(r"^\| (`.*?) \|", (module / "README.md").read_text(), re.M)
        told = set(re.findall(r"`(\w+)`", " ".join(first_cells)))
        faults += [f"{module.name}/README.md: no row of {name}" for name in sorted(set(names) - told)]
        faults += [f"{module.name}/README.md: {name} is neither input nor output" for name in sorted(told - set(names))]
        seen += len(names)
    print(f"{seen} inputs and outputs")
    print("\n".join(faults))
    return 1 if faults or not seen else 0


if __name__ == "__main__":
    sys.exit(main())
