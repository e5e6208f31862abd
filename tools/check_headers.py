#!/usr/bin/env python3
"""Fails on every public header (tools/public_headers.txt) that does not compile alone, without a warning, with one of
the compilers, and on every one that brings a third party's header with it.
Usage: check_headers.py ROOT COMPILER...
       check_headers.py ROOT --list    prints the headers"""

import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys

FLAGS = ["-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", "-Wconversion", "-Wshadow", "-Wnon-virtual-dtor", "-Werror"]
THIRD_PARTIES = re.compile(r"/(grpc|grpcpp|google/protobuf|absl|msgpack|rapidjson|openssl|curl)[/.]|\.pb\.h$")


def public_headers(root):
    found = set()
    for line in (root / "tools/public_headers.txt").read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        headers = set((root / "src").glob(line.lstrip("!")))
        if not headers:
            raise ValueError(f"tools/public_headers.txt: there is no {line}")
        found = found - headers if line.startswith("!") else found | headers
    return sorted(found)


def faults_of(root, compiler, header):
    """What the compiler says of a header alone, and the third parties among what it reads."""
    done = subprocess.run([compiler, *FLAGS, "-I", root / "src", "-MD", "-MF", "/dev/stdout", "-x", "c++", "-"],
                          input=f'#include "{header.relative_to(root / "src")}"\n', capture_output=True, text=True,
                          check=False)
    name = header.relative_to(root)
    if done.returncode != 0:
        return [f"{name}: {compiler}: {done.stderr.strip()}"]
    read = done.stdout.replace("\\\n", " ").split()
    return [f"{name}: {compiler}: brings {path}" for path in read if THIRD_PARTIES.search(path)]


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    headers = public_headers(root)
    if sys.argv[2:] == ["--list"]:
        print(*headers, sep="\n")
        return 0
    tasks = [(compiler, header) for compiler in sys.argv[2:] for header in headers]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        found = [fault for faults in pool.map(lambda task: faults_of(root, *task), tasks) for fault in faults]
    for fault in found:
        print(fault)
    print(f"headers: {len(found)} faults in {len(headers)} public headers, with {' and '.join(sys.argv[2:])}")
    return 1 if found or not tasks else 0


if __name__ == "__main__":
    sys.exit(main())
