#!/usr/bin/env python3
"""Draws what a command has printed as a picture of a terminal. Reads the text from standard input.
Usage: terminal_svg.py COMMAND FILE.svg"""

import html
import pathlib
import re
import sys

COLUMNS, CHARACTER, LINE, MARGIN = 96, 8.4, 19, 16
STYLE = """
  text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace; fill: #d0d4dc;
         white-space: pre; }
  .command { fill: #ffffff; font-weight: bold; }
  .done { fill: #7ec876; }
  .change { fill: #e5c06b; }
  .note { fill: #7aa8d8; }
"""
# The first pattern that fits decides how a line looks.
LOOKS = [
    ("command", r"^\$ "),
    ("done", r"Apply complete|\d+ s$"),
    ("change", r"^\s*[~+-] .*->"),
    ("note", r"^\s*# "),
]


def look(line):
    return next((name for name, pattern in LOOKS if re.search(pattern, line)), "plain")


def draw(lines):
    width, height = round(COLUMNS * CHARACTER + 2 * MARGIN), len(lines) * LINE + 2 * MARGIN
    yield (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
           f'role="img">\n<style>{STYLE}</style>\n<rect width="100%" height="100%" rx="8" fill="#1d2129"/>\n')
    for number, line in enumerate(lines):
        if line.strip():
            y = MARGIN + LINE * number + LINE - 5
            yield (f'<text class="{look(line)}" x="{MARGIN}" y="{y}" xml:space="preserve">'
                   f'{html.escape(line, quote=False)}</text>\n')
    yield "</svg>\n"


def main():
    command, file = sys.argv[1:]
    lines = [f"$ {command}"]
    for line in sys.stdin.read().expandtabs().rstrip().splitlines():
        lines.append(line if len(line) <= COLUMNS else line[:COLUMNS - 1] + "…")
    if len(lines) < 2:
        sys.exit("terminal_svg: nothing was printed")
    pathlib.Path(file).write_text("".join(draw(lines)), encoding="utf-8")


if __name__ == "__main__":
    main()
