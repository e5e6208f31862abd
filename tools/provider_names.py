#!/usr/bin/env python3
"""Writes the provider's address and version into all that shows them to users: examples, modules, documentation.
Usage: provider_names.py ROOT ADDRESS VERSION [--check]

ADDRESS is HOST/NAMESPACE/mlflow, as the build has it (TFCPP_PROVIDER_ADDRESS); what stands there is taken from the example of
the provider. VERSION stands in constraints of the form "~> 0.1" and in names of release files. With --check nothing is written,
and what differs is named."""

import pathlib
import re
import sys

SHOWN_IN = ("README.md", "docs", "examples", "terraform")
LEFT_OUT = {"dev"}  # docs/dev, whose pages speak of several
KINDS = {".md", ".tf", ".hcl", ".rc"}


def address_in(root):
    return re.search(r'source *= "(.*)"', (root / "examples/provider/provider.tf").read_text()).group(1)


def files(root):
    for name in SHOWN_IN:
        top = root / name
        for path in [top] if top.is_file() else sorted(top.rglob("*")):
            if path.suffix in KINDS and not LEFT_OUT & set(path.relative_to(root).parts):
                yield path


def written(text, there, address, version):
    # The address also as the pattern of a CLI configuration: HOST/NAMESPACE/*.
    before, after = there.removesuffix("mlflow"), address.removesuffix("mlflow")
    text = re.sub(rf"(?<![\w.-]){re.escape(before)}(?=mlflow\b|\*)", after, text)
    text = re.sub(rf'(source *= "{re.escape(address)}"\s+version *= "~>) [\d.]+"', rf'\1 {version.rpartition(".")[0]}"', text)
    return re.sub(r"(terraform-provider-mlflow)_\d+\.\d+\.\d+", rf"\1_{version}", text)


def main():
    root, address, version = pathlib.Path(sys.argv[1]), *sys.argv[2:4]
    check = sys.argv[4:] == ["--check"]
    there, stale = address_in(root), 0
    for path in files(root):
        text = path.read_text()
        wanted = written(text, there, address, version)
        if wanted == text:
            continue
        if not check:
            path.write_text(wanted)
            continue
        stale += 1
        print(f"{path.relative_to(root)}: not of {address} {version}")
    if stale:
        print("To write them: cmake --build --preset dev --target docs")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
