#!/usr/bin/env python3
"""Fails on every #include that tools/layers.txt does not allow, on every word that by tools/words.txt belongs to other
layers, and on every use of the operating system that by tools/seams.txt belongs to another file.
Usage: check_layers.py ROOT"""

import pathlib
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s+(["<])([^">]+)[">]', re.M)
THIRD_PARTIES = ("rapidjson/", "openssl/", "msgpack", "grpc", "curl/", "absl/", "google/protobuf/", "httplib", "gtest/",
                 "gmock/")


def read_lines(path):
    for line in path.read_text().splitlines():
        line = line.split("#")[0].strip()
        if line:
            name, _, rest = line.partition(":")
            yield name.strip(), rest


def read_table(path):
    layers, private = {}, {}
    for name, rest in read_lines(path):
        allowed, _, headers = rest.partition("|")
        layers[name] = set(allowed.split())
        private[name] = headers.split()
    return layers, private


def read_words(path, layers):
    """Of each layer, the words that it must not have."""
    words = {layer: [] for layer in layers}
    for names, rest in read_lines(path):
        unknown = set(names.split()) - set(layers)
        if unknown or not rest.strip():
            raise ValueError(f"{path}: no such layers: {unknown}" if unknown else f"{path}: no words for {names}")
        for layer in set(layers) - set(names.split()):
            words[layer] += rest.lower().split()
    return words


def reachable(layers, name, seen=None):
    seen = set() if seen is None else seen
    for other in layers.get(name, ()):
        if other not in seen:
            seen.add(other)
            reachable(layers, other, seen)
    return seen


def layer_of(root, path):
    parts = path.relative_to(root).parts
    if parts[:2] == ("src", "tfcpp"):
        return "/".join(parts[1:3])
    return parts[1] if parts[0] == "src" else parts[0]


def target_layer(layers, include):
    if include.endswith((".pb.h",)):
        return "proto"
    parts = include.split("/")
    return next((name for name in ("/".join(parts[:2]), parts[0]) if name in layers), None)


def include_faults(text, layer, layers, private):
    allowed = reachable(layers, layer) | {layer, "tfcpp/base"}
    for kind, include in INCLUDE.findall(text):
        target = target_layer(layers, include)
        if target and target not in allowed:
            yield f"includes {include}, but {layer} may not see {target}"
        if include.startswith(THIRD_PARTIES) and target != "proto":
            if not any(include.startswith(p.rstrip("*")) if p.endswith("*") else include == p for p in private[layer]):
                yield f"includes {include}, which is not {layer}'s"


def word_faults(text, layer, words):
    for number, line in enumerate(text.lower().splitlines(), 1):
        for word in words[layer]:
            if word in line:
                yield f"{number}: says {word}, which {layer} must not know"


def read_seams(path):
    """Of each name, the files that may have it, and a pattern that finds it."""
    return {name: (files.split(), re.compile(rf"(?<![\w]){re.escape(name)}(?![\w])"))
            for names, files in read_lines(path) for name in names.split()}


def seam_faults(text, where, seams):
    code = re.sub(r"//.*", "", text)
    for number, line in enumerate(code.splitlines(), 1):
        for name, (files, pattern) in seams.items():
            if pattern.search(line) and where not in files:
                yield f"{number}: has {name}, which is for {', '.join(files) or 'no file'}"
        for kind, include in INCLUDE.findall(line):
            system = kind == "<" and include.endswith(".h") and not include.startswith(THIRD_PARTIES)
            if system and f"<{include}>" not in seams:
                yield f"{number}: includes <{include}>, which tools/seams.txt does not know"


def sources_of(root, *folders):
    return sorted(path for folder in folders for path in root.glob(f"{folder}/**/*")
                  if path.suffix in (".h", ".cc") or path.name == "CMakeLists.txt")


def all_seam_faults(root):
    seams = read_seams(root / "tools/seams.txt")
    for path in sources_of(root, "src", "provider", "tools/local_workspace"):
        where = path.relative_to(root).as_posix()
        yield from (f"{where}:{fault}" for fault in seam_faults(path.read_text(), where, seams))


def faults(root):
    layers, private = read_table(root / "tools/layers.txt")
    words = read_words(root / "tools/words.txt", layers)
    for path in sources_of(root, "src", "provider"):
        where, layer, text = path.relative_to(root), layer_of(root, path), path.read_text()
        if path.parent in (root / "src", root / "src/tfcpp"):
            continue  # of no layer
        if layer not in layers:
            yield f"{where}: folder {layer} is no layer of the table"
            continue
        yield from (f"{where}: {fault}" for fault in include_faults(text, layer, layers, private))
        yield from (f"{where}:{fault}" for fault in word_faults(text, layer, words))


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    found = [*faults(root), *all_seam_faults(root)]
    for fault in found:
        print(fault)
    print(f"layers: {len(found)} forbidden includes, words and uses of the system")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
