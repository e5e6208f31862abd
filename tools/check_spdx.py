#!/usr/bin/env python3
"""Fails on every file of the libraries that others link whose first line does not name its licence, that of LICENSE.
Usage: check_spdx.py [--fix] ROOT"""

import pathlib
import sys

FOLDERS = ("src/tfcpp", "src/rest", "src/crypto")
MARKS = {".h": "//", ".cc": "//", ".cmake": "#", "CMakeLists.txt": "#"}
IDENTIFIER = "SPDX-License-Identifier: Apache-2.0"


def files(root):
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            mark = MARKS.get(path.name) or MARKS.get(path.suffix)
            if mark:
                yield path, f"{mark} {IDENTIFIER}\n"


def main():
    root = pathlib.Path(sys.argv[-1]).resolve()
    found, lacking = 0, []
    for path, line in files(root):
        found += 1
        text = path.read_text()
        if text.startswith(line):
            continue
        if "--fix" in sys.argv:
            path.write_text(line + text)
        else:
            lacking.append(path.relative_to(root))
    for path in lacking:
        print(f"{path}: its first line is not \"{IDENTIFIER}\" in a comment")
    print(f"licences: {len(lacking)} of {found} files name none")
    return 1 if lacking or found == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
