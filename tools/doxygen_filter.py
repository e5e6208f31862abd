#!/usr/bin/env python3
"""Prints a header with its comments in the form that Doxygen reads, so that headers keep plain ones.
Usage: doxygen_filter.py HEADER

The first comment is the file's; one that stands right above a declaration, or behind it, is that declaration's; one with
an empty line below it is nobody's. Indented lines are code. Everything else is plain Markdown: what Doxygen would take
for a command is escaped."""

import pathlib
import re
import sys

WHOLE = re.compile(r"^(\s*)//( ?)(.*)$")
BEHIND = re.compile(r"^((?:[^\"'/]|\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|/(?!/))*\S)\s+// (.*)$")


def escaped(text):
    """A line of words; what is in backticks is code already."""
    parts = re.split(r"(`[^`]*`)", text)
    return "".join(part if part.startswith("`") else re.sub(r"([\\@#<>&%$|*_\[\]])", r"\\\1", part) for part in parts)


def as_markdown(lines):
    """The text of a comment, its indented lines as code."""
    code, empty = False, []
    for line in lines:
        if code and not line:
            empty.append(line)
            continue
        indented = line.startswith("  ")
        if indented != code:
            yield "@code{.unparsed}" if indented else "@endcode"
        code = indented
        yield from empty
        empty = []
        yield line if code else escaped(line)
    if code:
        yield "@endcode"


def block(indentation, lines, first=()):
    return [f"{indentation}/// {line}".rstrip() for line in (*first, *as_markdown(lines))]


def behind(line):
    """Code and the comment behind it, or nothing."""
    match = BEHIND.match(line)
    return (match[1], match[2]) if match and not match[1].lstrip().startswith(("}", "#")) else None


def filtered(lines):
    result, i, is_first = [], 0, True
    while i < len(lines):
        whole = WHOLE.match(lines[i])
        if whole:
            begin = i
            while i < len(lines) and WHOLE.match(lines[i]):
                i += 1
            texts = [WHOLE.match(line)[3] for line in lines[begin:i] if "SPDX-License-Identifier" not in line]
            owned = i < len(lines) and lines[i].strip() not in ("", "}", "};")
            if is_first and texts:
                result += [*block("", texts, ["@file"]), ""]
                is_first = False
            elif owned:
                result += block(whole[1], texts)
            continue
        parts = behind(lines[i])
        if parts is None:
            result.append(lines[i])
            i += 1
            continue
        code, texts = parts[0], [parts[1]]
        column = lines[i].rindex("// " + parts[1])
        i += 1
        while i < len(lines) and (more := WHOLE.match(lines[i])) and len(more[1]) == column:
            texts.append(more[3])
            i += 1
        indentation = re.match(r"\s*", code)[0]
        if code.endswith("{"):
            result += [*block(indentation, texts), code]
        else:
            result += [code, *(line.replace("///", "///<", 1) for line in block(indentation, texts))]
    return result


def main():
    print("\n".join(filtered(pathlib.Path(sys.argv[1]).read_text().split("\n"))))


if __name__ == "__main__":
    main()
