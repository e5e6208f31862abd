#!/usr/bin/env python3
"""Writes the C++ of a page to a file, so that it is compiled: every block that begins with ```cpp, in order, each line
with the number that it has in the page.
Usage: doc_code.py PAGE.md OUT"""

import pathlib
import sys


def code_of(lines):
    inside = False
    for line in lines:
        if line.startswith("```"):
            inside = line.rstrip() == "```cpp"
            yield ""
        else:
            yield line if inside else ""


def main():
    page, out = map(pathlib.Path, sys.argv[1:])
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text("\n".join([f'#line 1 "{page}"', *code_of(page.read_text().split("\n"))]) + "\n")


if __name__ == "__main__":
    main()
