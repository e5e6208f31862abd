#!/usr/bin/env python3
"""Adds up the test cases in ctest logs (gtest and unittest) and prints the closing line. A skipped case is a failure,
and so is a test program that ran no case at all. Usage: count_tests.py LOG..."""

import pathlib
import re
import sys

GTEST_PASSED = re.compile(r"^\[  PASSED  \] (\d+) tests?\.", re.M)
GTEST_FAILED = re.compile(r"^\[  FAILED  \] (\d+) tests?, listed below", re.M)
GTEST_SKIPPED = re.compile(r"^\[  SKIPPED \] (\d+) tests?, listed below", re.M)
UNITTEST = re.compile(r"^Ran (\d+) tests? in [^\n]*\n\n(OK|FAILED)(?: \((.*)\))?$", re.M)
# What ctest writes around the output of each program.
PROGRAM = re.compile(r"^\d+/\d+ Testing: (.+?)$(.*?)(?=^\d+/\d+ Testing: |\Z)", re.M | re.S)


def total(pattern, text):
    return sum(int(n) for n in pattern.findall(text))


def count(text):
    passed, failed, skipped = total(GTEST_PASSED, text), total(GTEST_FAILED, text), total(GTEST_SKIPPED, text)
    for ran, _, detail in UNITTEST.findall(text):
        numbers = dict(re.findall(r"(\w+)=(\d+)", detail or ""))
        bad = int(numbers.get("failures", 0)) + int(numbers.get("errors", 0))
        skips = int(numbers.get("skipped", 0))
        passed, failed, skipped = passed + int(ran) - bad - skips, failed + bad, skipped + skips
    return passed, failed, skipped


def main():
    passed = failed = skipped = 0
    for log in sys.argv[1:]:
        text = pathlib.Path(log).read_text(errors="replace")
        programs = PROGRAM.findall(text)
        if not programs:
            print(f"{log}: no test ran")
            failed += 1
        for name, output in programs:
            p, f, s = count(output)
            succeeded = re.search(r"^Test Passed\.", output, re.M)
            if not succeeded and not f:
                f = 1  # crashed, timed out, or could not be started
            if p + f + s == 0:
                # A check that is no test suite (layers, golden files): its exit status is its one case.
                p = 1
            if f or s:
                print(f"{name}: {f} failed, {s} skipped")
            passed, failed, skipped = passed + p, failed + f, skipped + s
    print(f"{passed} passed, {failed + skipped} failed")
    return 1 if failed or skipped or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
