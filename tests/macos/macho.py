"""What a program for macOS is made of, as LLVM's tools read it; and its signature, of which they show only the place."""

import functools
import hashlib
import pathlib
import re
import shutil
import struct
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
ZIG = next(ROOT.glob("build/deps/zig/lib/python3*/site-packages/ziglang/lib/libc"))
# In the first words of a code directory, which are big-endian: magic, length, version, flags, ...
CODE_DIRECTORY = ">IIIIIIIIIBBBB"
MAGIC_SUPER_BLOB, MAGIC_CODE_DIRECTORY, SHA256 = 0xFADE0CC0, 0xFADE0C02, 2


def llvm(tool, *arguments):
    program = shutil.which(f"{tool}-14") or shutil.which(tool)
    if not program:
        raise RuntimeError(f"{tool} is missing, and without it nothing was checked: apt-get install llvm-14")
    return subprocess.run([program, *arguments], capture_output=True, text=True, check=True).stdout


def load_commands(path):
    """[{field: value}] in their order, "cmd" among the fields; and the flags of the header."""
    text = llvm("llvm-objdump", "--macho", "--private-headers", path)
    header, *blocks = re.split(r"(?m)^Load command \d+\n", text)
    flags = header.splitlines()[-1].split()
    return [dict(re.findall(r"(?m)^ *([a-z]\w*) (.+?)(?: \(offset \d+\))?$", block)) for block in blocks], flags


def imports(path):
    """{symbol: library} of all that the loader is to find."""
    found = {}
    for table in ("--bind", "--lazy-bind", "--weak-bind"):
        for line in llvm("llvm-objdump", "--macho", table, path).splitlines():
            words = line.split()
            if len(words) >= 5 and words[0].startswith("__"):
                found[words[-1]] = "weak" if table == "--weak-bind" else words[-2]
    return found


def undefined(path):
    return set(llvm("llvm-nm", "--undefined-only", "--format=just-symbols", path).split()) - {f"{path}:"}


@functools.cache
def system_symbols(machine):
    """Those of libSystem and what it is made of, by the list that zig links against."""
    found = set()
    text = (ZIG / "darwin/libSystem.tbd").read_text()
    for targets, names in re.findall(r"targets: +\[([^]]*)\]\n +(?:weak-)?symbols: +\[([^]]*)\]", text):
        if re.search(rf"\b{machine}e?-macos\b", targets):
            found |= {name.strip(" '\n") for name in names.split(",")}
    return found


@functools.cache
def introduced():
    """{function: first macOS that has it} as the headers declare it."""
    found = {}
    for header in (ZIG / "include/any-darwin-any").rglob("*.h"):
        text = re.sub(r"/\*.*?\*/|//.*?$|^ *#(?:.*\\\n)*.*?$", "", header.read_text(errors="replace"), flags=re.S | re.M)
        for statement in re.split("[;{}]", text):
            since = re.search(r"(?:API_AVAILABLE|OSX_AVAILABLE)\((?:macosx?\()?(\d+)[._](\d+)", statement)
            name = re.search(r"(\w+) *\(", re.sub(r"\b__(?:attribute__|\w*AVAIL\w*|asm) *\(", "", statement)) if since else None
            if name:
                found.setdefault(name.group(1), (int(since.group(1)), int(since.group(2))))
    return found


def signature_faults(path):
    """Whether each page is as the signature says. None: there is no signature."""
    data = pathlib.Path(path).read_bytes()
    place = next((c for c in load_commands(path)[0] if c["cmd"] == "LC_CODE_SIGNATURE"), None)
    if place is None:
        return None
    start = int(place["dataoff"])
    magic, _, count = struct.unpack_from(">III", data, start)
    if magic != MAGIC_SUPER_BLOB:
        return ["no signature where the load command says"]
    offsets = [struct.unpack_from(">II", data, start + 12 + 8 * i)[1] for i in range(count)]
    at = next(start + o for o in offsets if struct.unpack_from(">I", data, start + o)[0] == MAGIC_CODE_DIRECTORY)
    (_, _, _, flags, hashes, _, _, slots, limit, size, kind, _, page_bits) = struct.unpack_from(CODE_DIRECTORY, data, at)
    faults = []
    if flags & 0x2 == 0:
        faults.append("not signed ad hoc")
    if (kind, size, limit) != (SHA256, 32, start) or slots != -(-limit >> page_bits) + 0:
        faults.append(f"the signature covers {limit} bytes in {slots} pages of {1 << page_bits}, not {start}")
    for slot in range(slots):
        page = data[slot << page_bits:min(limit, (slot + 1) << page_bits)]
        if hashlib.sha256(page).digest() != data[at + hashes + 32 * slot:at + hashes + 32 * (slot + 1)]:
            faults.append(f"page {slot} is not as signed")
    return faults
