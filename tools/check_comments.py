#!/usr/bin/env python3
"""Fails on torn comments, and on comment lines of more than 120 characters.
Usage: check_comments.py [--fix] ROOT

A comment is torn where a line ends early while the next one begins with its continuation: paragraphs are wrapped so that
a line holds as many words as it can. Not torn is a line that is meant to end: before an empty line, a list's mark or
another indentation, or at the end of a sentence before a capital letter. Of an indented line, which may be code or a
table, less is demanded: code is torn where a line leaves a bracket or an assignment open and the next one is not indented
more; words are, where a line that is long goes on. With --fix, torn and long paragraphs of words are wrapped anew; code
is for people to mend."""

import pathlib
import re
import sys

WIDTH = 120
LONG = 80  # an indented line of fewer characters was ended on purpose
MARKS = {".h": "//", ".cc": "//", ".py": "#", ".sh": "#", ".cmake": "#", "CMakeLists.txt": "#"}
LEFT_OUT = {"build", ".git", "corpus"}
ITEM = re.compile(r"([-*+•]|\d+[.)]|[A-Za-z]\)) |[-=+*/~]{3}|[|\\!]")
HEADING = re.compile(r"\S+\.(cc|h|py)$")
CODE = re.compile(r";$|[{}]|\w\(|::|->|\S {2,}\S|^[-$\"'`<]")
TABLE = re.compile(r"\S {2,}\S")
SENTENCE_END = re.compile(r"[.:;?!][)\"'`]*$")
MACHINES = re.compile(r"NOLINT|clang-format|IWYU|SPDX|shellcheck|noqa")


class Line:
    def __init__(self, number, prefix, mark, text):
        self.number, self.prefix, self.mark = number, prefix, mark
        self.text = text.lstrip(" ")
        self.depth = len(text) - len(self.text)  # of the text within the comment
        self.column = len(prefix)
        self.is_code = bool((CODE if self.depth > 0 else TABLE).search(self.text))

    def length(self):
        return self.column + len(self.mark) + 1 + self.depth + len(self.text)


def comment_in(number, line, mark):
    """The comment of a line, alone or behind code; None when it has none."""
    match = re.match(rf"^((?:[^\"'{mark[0]}]|\"[^\"]*\"|'[^']*')*?){re.escape(mark)} (.*\S)$", line)
    if not match or MACHINES.search(match[2]) or (match[1].strip() and not match[1].endswith(" ")):
        return None
    return Line(number, match[1], mark, match[2])


def goes_on(line, following):
    """Whether two lines may be of one paragraph: one below the other, with nothing between."""
    return (following is not None and not following.prefix.strip() and following.column == line.column
            and following.depth == line.depth and not ITEM.match(following.text) and not HEADING.match(line.text))


def is_torn(line, following):
    if line.is_code or following.is_code:
        is_open = sum(line.text.count(c) for c in "([{") > sum(line.text.count(c) for c in ")]}")
        return line.depth > 0 and (is_open or line.text.endswith("=")) and following.text[0] not in ")]}"
    if line.depth > 0 and line.length() < LONG:
        return False
    if SENTENCE_END.search(line.text) and not following.text[0].islower():
        return False
    return line.length() + 1 + len(following.text.split(" ")[0]) <= WIDTH


def is_long(line):
    return line.length() > WIDTH and " " in line.text[:WIDTH - line.column] and not line.is_code


def paragraphs(lines, mark):
    run = []
    for number, text in enumerate([*lines, ""]):
        line = comment_in(number, text, mark)
        if run and not goes_on(run[-1], line):
            yield run
            run = []
        if line is not None:
            run.append(line)


def faults(lines, mark):
    for run in paragraphs(lines, mark):
        for line, following in zip(run, run[1:]):
            if is_torn(line, following):
                yield line.number, f"ends early, and the next line goes on with it: ... {line.text[-40:]}"
        for line in run:
            if is_long(line):
                yield line.number, f"has more than {WIDTH} characters"


def wrapped(run):
    first = run[0]
    before = f"{first.mark} {' ' * first.depth}"
    lines, current = [], ""
    for word in " ".join(line.text for line in run).split(" "):
        if current and first.column + len(before) + len(current) + 1 + len(word) > WIDTH:
            lines.append(current)
            current = ""
        current = f"{current} {word}" if current else word
    lines.append(current)
    return [f"{first.prefix if i == 0 else ' ' * first.column}{before}{text}" for i, text in enumerate(lines)]


def sentences(run):
    """The parts of a paragraph that were ended on purpose."""
    part = []
    for line in run:
        if part and SENTENCE_END.search(part[-1].text) and not line.text[0].islower() and \
                part[-1].length() + 1 + len(line.text.split(" ")[0]) <= WIDTH:
            yield part
            part = []
        part.append(line)
    yield part


def fixed(lines, mark):
    result = list(lines)
    for run in reversed([part for run in paragraphs(lines, mark) for part in sentences(run)]):
        if any(line.is_code for line in run):
            continue
        if any(is_torn(a, b) for a, b in zip(run, run[1:])) or any(is_long(line) for line in run):
            result[run[0].number:run[-1].number + 1] = wrapped(run)
    return result


def source_files(root):
    for path in sorted(root.rglob("*")):
        mark = MARKS.get(path.name) or MARKS.get(path.suffix)
        if mark and not LEFT_OUT & set(path.relative_to(root).parts) and path.is_file():
            yield path, mark


def main():
    root = pathlib.Path(sys.argv[-1]).resolve()
    count = files = 0
    for path, mark in source_files(root):
        files += 1
        lines = path.read_text().split("\n")
        if "--fix" in sys.argv:
            better = fixed(lines, mark)
            if better != lines:
                path.write_text("\n".join(better))
            lines = better
        for number, fault in faults(lines, mark):
            print(f"{path.relative_to(root)}:{number + 1}: {fault}")
            count += 1
    if files == 0:
        print("no sources found at all: something is wrong with this check")
    print(f"comments: {count} torn or long lines in {files} files")
    return 1 if count or files == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
