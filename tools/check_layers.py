#!/usr/bin/env python3
"""Fails on every #include that tools/layers.txt does not allow, and on every word that by tools/words.txt belongs to
other layers.
Usage: check_layers.py ROOT"""

import pathlib
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s+(["<])([^">]+)[">]', re.M)
THIRD_PARTIES = ("rapidjson/", "openssl/", "msgpack", "grpc", "curl/", "absl/", "google/protobuf/", "httplib")


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
    return parts[1] if parts[0] == "src" else parts[0]


def target_layer(layers, include):
    if include.endswith((".pb.h",)):
        return "proto"
    head = include.split("/")[0]
    return head if head in layers else None


def include_faults(text, layer, layers, private):
    allowed = reachable(layers, layer) | {layer, "base"}
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


def faults(root):
    layers, private = read_table(root / "tools/layers.txt")
    words = read_words(root / "tools/words.txt", layers)
    sources = [path for folder in ("src", "provider") for path in root.glob(f"{folder}/**/*")
               if path.suffix in (".h", ".cc") or path.name == "CMakeLists.txt"]
    for path in sorted(sources):
        where, layer, text = path.relative_to(root), layer_of(root, path), path.read_text()
        if path.parent == root / "src":
            continue  # of no layer
        if layer not in layers:
            yield f"{where}: folder {layer} is no layer of the table"
            continue
        yield from (f"{where}: {fault}" for fault in include_faults(text, layer, layers, private))
        yield from (f"{where}:{fault}" for fault in word_faults(text, layer, words))


def main():
    found = list(faults(pathlib.Path(sys.argv[1]).resolve()))
    for fault in found:
        print(fault)
    print(f"layers: {len(found)} forbidden includes and words")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
