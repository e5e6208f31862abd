#!/usr/bin/env python3
"""Fails on every relative link of a Markdown file that leads nowhere: a missing file, or a missing heading.
Usage: check_links.py ROOT

Links with a scheme are not followed. Code, in blocks and in lines, holds no links."""

import pathlib
import re
import sys
import urllib.parse

LINK = re.compile(r'!?\[(?:[^\[\]]|\[[^\]]*\])*\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)|(?:src|href)="([^"]+)"')
LEFT_OUT = {"build", ".git"}


def markdown_files(root):
    for path in sorted(root.rglob("*.md")):
        if not LEFT_OUT & set(path.relative_to(root).parts):
            yield path


def without_code_blocks(text):
    return re.sub(r"^(```+|~~~+).*?^\1\s*$", "", text, flags=re.M | re.S)


def slug(heading):
    """As GitHub makes the name of a heading."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
    return re.sub(r"[^\w\- ]", "", text).replace(" ", "-")


def anchors(path):
    text = without_code_blocks(path.read_text())
    found = set(re.findall(r'<a (?:id|name)="([^"]+)"', text))
    for heading in re.findall(r"^#{1,6} +(.+?)\s*#*$", text, re.M):
        name, count = slug(heading), 0
        while name in found:
            count += 1
            name = f"{slug(heading)}-{count}"
        found.add(name)
    return found


def faults(root):
    links = 0
    for path in markdown_files(root):
        text = re.sub(r"`[^`\n]*`", "", without_code_blocks(path.read_text()))
        for match in LINK.finditer(text):
            target = urllib.parse.unquote(match[1] or match[2])
            if re.match(r"[a-z][a-z0-9+.-]*:", target):
                continue
            links += 1
            name, _, anchor = target.partition("#")
            file = (path.parent / name).resolve() if name else path
            where = f"{path.relative_to(root)}: {target}"
            if not file.exists():
                yield f"{where}: no such file"
            elif root not in file.parents and file != root:
                yield f"{where}: leads out of the repository"
            elif anchor and (file.suffix != ".md" or anchor not in anchors(file)):
                yield f"{where}: no such heading"
    if links == 0:
        yield "no links found at all: something is wrong with this check"
    print(f"links: {links} relative ones")


def main():
    found = list(faults(pathlib.Path(sys.argv[1]).resolve()))
    for fault in found:
        print(fault)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
