#!/usr/bin/env python3
"""Runs clang-tidy-14 on our sources, two at a time, but only on those that changed (they, a header of ours that they
include, or the rules) since they last passed. Usage: run_tidy.py BUILD_DIR [FILE...]"""

import concurrent.futures
import hashlib
import json
import pathlib
import re
import subprocess
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.M)


def dependencies(root, path, seen):
    if path in seen:
        return
    seen.add(path)
    for include in INCLUDE.findall(path.read_text()):
        for base in (root / "src", root, root / "tests", path.parent):
            if (base / include).is_file():
                dependencies(root, base / include, seen)
                break


def fingerprint(root, path):
    files = set()
    dependencies(root, path, files)
    digest = hashlib.sha256((root / ".clang-tidy").read_bytes())
    for file in sorted(files):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    build = pathlib.Path(sys.argv[1]).resolve()
    wanted = {pathlib.Path(name).resolve() for name in sys.argv[2:]}
    cache_path = build / "tidy-cache.json"
    cache = json.loads(cache_path.read_text()) if cache_path.exists() else {}
    commands = json.loads((build / "compile_commands.json").read_text())
    sources = sorted({pathlib.Path(c["file"]) for c in commands if "/gen/" not in c["file"]})
    sources = [s for s in sources if s.is_relative_to(root) and (not wanted or s in wanted)]
    sources = [s for s in sources if s.relative_to(root).parts[0] in ("src", "provider", "tools")]
    todo = [(s, fingerprint(root, s)) for s in sources]
    todo = [(s, f) for s, f in todo if cache.get(str(s.relative_to(root))) != f]

    def tidy(item):
        result = subprocess.run(["clang-tidy-14", "-p", str(build), "--quiet", str(item[0])], capture_output=True, text=True)
        return item, result

    bad = 0
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for (source, print_), result in pool.map(tidy, todo):
            if result.returncode:
                bad += 1
                print(result.stdout)
            else:
                cache[str(source.relative_to(root))] = print_
                cache_path.write_text(json.dumps(cache))  # now: an interrupted run keeps what it has done
    print(f"tidy: {len(todo)} of {len(sources)} files looked at, {bad} with findings")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
