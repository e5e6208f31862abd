#!/usr/bin/env python3
"""Fails on every #include that tools/layers.txt does not allow. Usage: check_layers.py ROOT [TABLE]"""

import pathlib
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s+(["<])([^">]+)[">]', re.M)
THIRD_PARTIES = ("rapidjson/", "openssl/", "msgpack", "grpc", "curl/", "absl/", "google/protobuf/", "httplib")


def read_table(path):
    layers, private = {}, {}
    for line in path.read_text().splitlines():
        line = line.split("#")[0].strip()
        if not line:
            continue
        name, _, rest = line.partition(":")
        allowed, _, headers = rest.partition("|")
        layers[name.strip()] = set(allowed.split())
        private[name.strip()] = headers.split()
    return layers, private


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


def faults(root, table):
    layers, private = read_table(table)
    for path in sorted([*root.glob("src/**/*.h"), *root.glob("src/**/*.cc"), *root.glob("provider/**/*.h"), *root.glob("provider/**/*.cc")]):
        layer = layer_of(root, path)
        where = path.relative_to(root)
        if layer not in layers:
            yield f"{where}: folder {layer} is no layer of the table"
            continue
        allowed = reachable(layers, layer) | {layer, "base"}
        for kind, include in INCLUDE.findall(path.read_text()):
            target = target_layer(layers, include)
            if target and target not in allowed:
                yield f"{where}: includes {include}, but {layer} may not see {target}"
            if include.startswith(THIRD_PARTIES) and target != "proto":
                if not any(include.startswith(p.rstrip("*")) if p.endswith("*") else include == p for p in private[layer]):
                    yield f"{where}: includes {include}, which is not {layer}'s"


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    table = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else root / "tools/layers.txt"
    found = list(faults(root, table))
    for fault in found:
        print(fault)
    print(f"layers: {len(found)} forbidden includes")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
