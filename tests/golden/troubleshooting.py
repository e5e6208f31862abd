#!/usr/bin/env python3
"""docs/guides/troubleshooting.md and the code agree: every summary of a diagnostic, and every text about a failed
connection, has a heading in the page, and every heading is a text of the code. The answers of an MLflow server that the code
tells apart by their words are all in the page's table of them.

Parts of a text that the code puts in at run time are written as an ellipsis. Usage: troubleshooting.py SOURCE_DIR."""

import pathlib
import re
import sys

OF_TESTS = {"testing", "conformance", "host"}  # parts of the framework that no provider links
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')


def argument(text, start):
    """The argument of a call that begins at `start`, and where it ends: at a comma or the closing bracket."""
    depth, i = 0, start
    while i < len(text):
        if text[i] == '"':
            i = STRING.match(text, i).end()
            continue
        if text[i] == "'":
            i = text.index("'", i + (2 if text[i + 1] == "\\" else 1)) + 1
            continue
        if text[i] in "([{":
            depth += 1
        if text[i] in ")]}":
            if depth == 0:
                break
            depth -= 1
        if text[i] == "," and depth == 0:
            break
        i += 1
    return text[start:i].strip(), i


def arguments(text, start):
    """All arguments of a call whose bracket ends before `start`."""
    found = []
    while True:
        one, end = argument(text, start)
        found.append(one)
        if end >= len(text) or text[end] != ",":
            return found
        start = end + 1


def alternatives(expression):
    """The texts that an expression may be: literals, Concat(...), either with a condition before it."""
    condition = re.match(r"[^\"(]*(?:\([^\"()]*\))?[^\"(]*\?\s", expression)
    if condition:
        rest, colon, depth = expression[condition.end():], 0, 0
        while depth or rest[colon] != ":":
            if rest[colon] == '"':
                colon = STRING.match(rest, colon).end()
                continue
            depth += {"(": 1, ")": -1}.get(rest[colon], 0)
            colon += 1
        return alternatives(rest[:colon].strip()) + alternatives(rest[colon + 1:].strip())
    if expression.startswith("Concat("):
        parts = arguments(expression, len("Concat("))
        return ["".join("".join(STRING.findall(p)) if p.startswith('"') else "…" for p in parts)]
    literal = "".join(STRING.findall(expression))
    return [literal] if expression.startswith('"') else []


def summaries(text):
    for call in re.finditer(r"\bAdd(?:Error|Warning)\(", text):
        yield from alternatives(arguments(text, call.end())[0])
    for call in re.finditer(r"Severity::k(?:Error|Warning),", text):
        yield from alternatives(arguments(text, call.end())[0])
    for call in re.finditer(r"\bWhyNotSent\(", text):
        yield from alternatives(arguments(text, call.end())[0])
    for call in re.finditer(r"\bToDiagnostic\(", text):
        yield from alternatives((arguments(text, call.end()) + [""])[1])


def connection_texts(text):
    """Of the transport: the first sentence, up to its cause."""
    found = []
    for literals in re.finditer(r'(?:"(?:[^"\\]|\\.)*"\s*)+', text):
        sentence = "".join(STRING.findall(literals[0]))
        if "{" in sentence and sentence.endswith("."):  # of the table, with words in braces that are filled in
            found.append(re.sub(r"\{[^}]*\}", "…", sentence))
    for call in re.finditer(r"\bTrustError\(", text):
        found += alternatives(arguments(text, call.end())[0])
    firsts = [re.split(r"\. |\.$|: |, so | \(…", t.replace('\\"', '"'))[0] for t in found]
    return [re.sub("…+", "…", first) for first in firsts]


def missing_answers(source, page):
    """The words by which src/mlflow_server/errors.cc knows answers, as far as the page's table lacks them."""
    table = page.split("## Answers of an MLflow server", 1)[1].split("\n## ", 1)[0].lower()
    words = re.findall(r'\{(?:\d+, )?"([^"]+)"', (source / "src/mlflow_server/errors.cc").read_text())
    if len(words) < 10:
        yield f"only {len(words)} answers found in errors.cc: this script no longer understands it"
    yield from (f'errors.cc: answers with "{one}" have no row in the table of answers' for one in words
                if one.rstrip(" '") not in table)


def main():
    source = pathlib.Path(sys.argv[1])
    in_code = {}
    for folder in ("src", "provider"):
        for path in sorted((source / folder).rglob("*")):
            if path.suffix not in (".cc", ".h") or OF_TESTS & set(path.parts):
                continue
            text = path.read_text()
            texts = list(summaries(text))
            if path.name in ("curl_errors.cc", "trust.cc"):
                texts += connection_texts(text)
            for one in texts:
                in_code.setdefault(one, path.relative_to(source))
    page = source / "docs/guides/troubleshooting.md"
    in_page = re.findall(r"^### (.+)$", page.read_text(), re.MULTILINE)
    problems = [f'{path}: "{text}" has no heading in {page.name}' for text, path in in_code.items() if text not in in_page]
    problems += [f'{page.name}: no such text in the code: "{text}"' for text in in_page if text not in in_code]
    problems += [f'{page.name}: "{text}" twice' for text in sorted(set(in_page)) if in_page.count(text) > 1]
    problems += missing_answers(source, page.read_text())
    if len(in_code) < 40:
        problems.append(f"only {len(in_code)} texts found in the code: this script no longer understands it")
    for problem in problems:
        print(problem)
    print(f"{len(in_code)} texts in the code, {len(in_page)} in the page")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
