#!/usr/bin/env python3
"""What is linked into a program, from the linker's own map of it: an SPDX document, and the licence texts that go with it.

  sbom.py {--map FILE | --macos DIR} --name NAME --version VERSION --binary FILE --curl DIR --spdx OUT --notices OUT
          [--outdated FILE] [--allow-outdated]

Every archive in the map is traced to the Debian source package it comes from. One that is not in the tables below stops
this: its licence has to be looked at first. Versions are those that the build folder of the program was configured with
(linked_versions.txt), not what is installed by now. DIR of --curl is where scripts/build_curl.sh put libcurl; --outdated is
what scripts/linked_packages.sh says of what is linked in, a line each. For macOS there is no map; what the linker is given
stands for it, of which scripts/setup_macos.sh made DIR."""

import argparse
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import urllib.parse
from typing import NamedTuple

# Debian source package: (SPDX licence of the parts that are linked in, homepage).
KNOWN = {
    "abseil": ("Apache-2.0", "https://abseil.io/"),
    "c-ares": ("MIT", "https://c-ares.org/"),
    "curl": ("curl", "https://curl.se/"),
    "gcc-12": ("GPL-3.0-or-later WITH GCC-exception-3.1", "https://gcc.gnu.org/"),
    "glibc": ("LGPL-2.1-or-later", "https://www.gnu.org/software/libc/"),
    "grpc": ("Apache-2.0", "https://grpc.io/"),
    "msgpack-cxx": ("BSL-1.0", "https://msgpack.org/"),
    "openssl": ("Apache-2.0", "https://www.openssl.org/"),
    "protobuf": ("BSD-3-Clause", "https://protobuf.dev/"),
    "rapidjson": ("MIT", "https://rapidjson.org/"),
    "re2": ("BSD-3-Clause", "https://github.com/google/re2"),
    "zig": ("MIT", "https://ziglang.org/"),
    "zlib": ("Zlib", "https://zlib.net/"),
}
# What scripts/setup_macos.sh makes of which source.
MACOS_ARCHIVES = {"libabsl.a": "abseil", "libcrypto.a": "openssl", "libgrpc.a": "grpc", "libprotobuf-lite.a": "protobuf",
                  "libssl.a": "openssl", "libupb.a": "grpc", "libz.a": "zlib"}
# Debian builds its cross compilers' libraries from sources of these names, whose own versions say nothing.
CROSS = {"cross-toolchain-base": "glibc", "gcc-12-cross": "gcc-12"}
# Compiled into our own code, so that no archive shows them.
HEADER_ONLY = ("libmsgpack-cxx-dev", "rapidjson-dev")
ROOT = pathlib.Path(__file__).resolve().parent.parent
NOTICES = ROOT / "tools/notices"
ZIG = next(ROOT.glob("build/deps/zig/lib/python3*/site-packages/ziglang"), None)


class Inside(NamedTuple):
    """What another work carries inside: linked in when the map has this archive, or this member of an archive."""
    name: str
    version: str  # of its own; None: it has none but that of what carries it
    licence: str
    homepage: str
    linked: str
    notice: str = None  # a file in tools/notices or of zig, where the copyright file of the carrier does not name it
    remark: str = ""


# {(Debian source package, upstream version): what it carries}. Another version may carry other things: it stops this,
# until somebody has looked at its sources. gRPC carries xxHash too, for its xDS client, of which nothing is linked in.
CARRIED = {
    ("grpc", "1.51.1"): (
        Inside("upb", "e4635f223e7d36dfbea3b722a4ca4807a7e882e2", "BSD-3-Clause",
               "https://github.com/protocolbuffers/upb", "libupb.a"),
        Inside("utf8_range", None, "MIT", "https://github.com/cyb70289/utf8", "libupb.a(naive.c.o)", "utf8_range"),
        Inside("address_sorting", None, "BSD-3-Clause",
               "https://github.com/grpc/grpc/tree/v1.51.1/third_party/address_sorting", "libaddress_sorting.a"),
    ),
    ("abseil", "20220623.1"): (
        Inside("cctz", None, "Apache-2.0", "https://github.com/google/cctz", "libabsl_time_zone.a"),
    ),
    # What zig links into every program for macOS. Its compiler-rt is its own, in the language Zig.
    ("zig", "0.17.1"): (
        Inside("compiler-rt", None, "MIT", "https://ziglang.org/", ""),
        *(Inside(name, "22.1.8", "Apache-2.0 WITH LLVM-exception", f"https://{homepage}/", "", f"lib/{folder}/LICENSE.TXT", remark)
          for name, homepage, folder, remark in (
              ("libc++", "libcxx.llvm.org", "libcxx", ""), ("libc++abi", "libcxxabi.llvm.org", "libcxxabi", ""),
              ("libunwind", "github.com/llvm/llvm-project/tree/main/libunwind", "libunwind",
               " Of it libc++abi is compiled with the declarations; the functions are those of macOS."))),
    ),
}


def linked_files(linker_map):
    """Archives and start files of the system that a member of was linked."""
    names = re.findall(r"^(/[^\s(]+\.a)\(", linker_map, re.M) + re.findall(r"^LOAD (/\S+\.o)$", linker_map, re.M)
    return sorted({str(pathlib.Path(name).resolve()) for name in names})


def owners(files):
    """{file: binary package}. /lib and /usr/lib are one folder, of which dpkg knows only one name."""
    names = {name: file for file in files for name in (file, file.removeprefix("/usr"))}
    lines = subprocess.run(["dpkg", "-S", *names], capture_output=True, text=True, check=False).stdout.splitlines()
    found = {names[name]: package for package, _, name in (line.rpartition(": ") for line in lines)}
    for file in files:
        if file not in found:
            sys.exit(f"sbom: {file} is linked in, but belongs to no Debian package")
    return found


def name_of(package):
    """Without the architecture that dpkg adds to it."""
    return package.partition(":")[0]


class Part(NamedTuple):
    """A Debian source package of which something is linked in, or zig."""
    version: str
    binaries: set  # names of the binary packages
    copyright: pathlib.Path
    built: str = None  # here, and of what; None: by Debian


def build_folder(binary):
    for folder in binary.resolve().parents:
        if (folder / "linked_versions.txt").exists():
            return folder
    sys.exit(f"sbom: no linked_versions.txt in the folders above {binary}: configure the build anew")


def built_part(script, folder, source, version):
    """Of what a script of ours has built, and recorded in the folder."""
    files = (folder / "FILES").read_text().split()
    fetched = ", ".join(f"{name} (SHA-256 {digest})" for digest, name in zip(files[::2], files[1::2]))
    return Part(version, set(), folder / "COPYRIGHT",
                f"Built by {script} from Debian's source package {source}: {fetched}.")


def zig_part(version):
    """The lock file has the checksum of the wheel."""
    digest = re.search(r"sha256:(\w+)", (ROOT / "cmake/macos/zig.txt").read_text()).group(1)
    return Part(version, set(), ZIG / "LICENSE", f"The wheel ziglang {version} of PyPI (SHA-256 {digest}).")


def part_of(package, source, version, curl, macos):
    if source == "zig":
        return zig_part(version)
    if source == "curl":
        return built_part("scripts/build_curl.sh", curl, source, version)
    if macos and source in MACOS_ARCHIVES.values():
        return built_part("scripts/setup_macos.sh", macos / "sources" / source, source, version)
    return Part(version, set(), pathlib.Path("/usr/share/doc") / package / "copyright")


def parts_of(needed, versions, curl, macos):
    """{source package: Part} of packages by name."""
    found = {}
    for line in versions.read_text().splitlines():
        package, own_version, source, version = line.split()
        if name_of(package) not in needed:
            continue
        needed.remove(name_of(package))
        if source in CROSS:
            source, version = CROSS[source], own_version
        found.setdefault(source, part_of(name_of(package), source, version, curl, macos)).binaries.add(name_of(package))
    if needed:
        sys.exit(f"sbom: {', '.join(sorted(needed))}: linked in, but not in the list of scripts/linked_packages.sh")
    unknown = sorted(set(found) - set(KNOWN))
    if unknown:
        sys.exit(f"sbom: {', '.join(unknown)}: linked in, but its licence is not in the table of tools/sbom.py")
    return dict(sorted(found.items()))


def debian_packages(linker_map, curl):
    """Of which something is linked in; libcurl's archive is our own build."""
    files = [file for file in linked_files(linker_map) if not pathlib.Path(file).is_relative_to(curl.resolve())]
    return {name_of(package) for package in owners(files).values()} | {*HEADER_ONLY, "curl"}


def macos_packages(binary, curl, macos):
    """The same, by the archives that the linker was given."""
    rules = (build_folder(binary) / "build.ninja").read_text()
    rule = re.search(rf"^build \S*/{re.escape(binary.name)}: (?:.*\n)(?:  .*\n)*", rules, re.M).group(0)
    line = re.search(r"^  LINK_LIBRARIES = (.*)$", rule, re.M).group(1)
    archives = {pathlib.Path(word).resolve() for word in line.split() if word.startswith("/")}
    curl_archive = curl.resolve() / "lib/libcurl.a"
    unknown = [file for file in archives if file != curl_archive and
               (file.parent != macos.resolve() / "lib" or file.name not in MACOS_ARCHIVES)]
    if unknown:
        sys.exit(f"sbom: {', '.join(map(str, unknown))}: linked in, but not in the table of tools/sbom.py")
    return {MACOS_ARCHIVES[file.name] for file in archives - {curl_archive}} | {*HEADER_ONLY, "curl", "zig"}


def upstream(version):
    """Of a Debian version: without epoch, revision, and the mark of what Debian has left out."""
    return re.sub(r"[+.]dfsg.*$", "", re.sub(r"-[^-]*$", "", version.partition(":")[2] or version))


def carried(parts, linker_map):
    """[(source package that carries it, Inside)] of what is linked in; without a map, all that they carry."""
    found = []
    for source in sorted({source for source, _ in CARRIED} & set(parts)):
        version = upstream(parts[source].version)
        if (source, version) not in CARRIED:
            sys.exit(f"sbom: what does {source} {version} carry inside? tools/sbom.py knows of another version")
        found += [(source, inside) for inside in CARRIED[source, version]
                  if linker_map is None or f"/{inside.linked}" in linker_map]
    return found


def package(name, version, licence, **more):
    return {"SPDXID": f"SPDXRef-{name.replace('_', '-').replace('+', 'x')}", "name": name, "versionInfo": version,
            "downloadLocation": "NOASSERTION", "filesAnalyzed": False, "licenseConcluded": licence,
            "licenseDeclared": licence, "copyrightText": "NOASSERTION", **more}


def purl(kind, name, version, qualifiers=""):
    locator = f"pkg:{kind}/{name}@{urllib.parse.quote(version, safe=':')}{qualifiers}"
    return [{"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": locator}]


def linked_package(source, part, outdated):
    if source == "zig":
        return package(source, part.version, KNOWN[source][0], homepage=KNOWN[source][1], sourceInfo=part.built,
                       supplier="Organization: Zig Software Foundation",
                       externalRefs=purl("pypi", "ziglang", part.version))
    supplied = {"supplier": "Organization: Debian"}
    if part.built:
        supplied = {"supplier": "Organization: terraform-provider-mlflow", "originator": "Organization: Debian",
                    "sourceInfo": part.built}
    comments = [line for line in outdated if name_of(line.split()[0]) in part.binaries]
    return package(source, part.version, KNOWN[source][0], homepage=KNOWN[source][1], **supplied,
                   **({"comment": "Outdated: " + "; ".join(comments)} if comments else {}),
                   externalRefs=purl("deb/debian", source, part.version, "?arch=source&distro=debian-12"))


def inside_package(source, part, inside):
    version = inside.version or f"in {source} {upstream(part.version)}"
    carrier = f"zig {part.version}" if source == "zig" else f"Debian's source package {source} {part.version}"
    supplier = "Zig Software Foundation" if source == "zig" else "Debian"
    found = package(inside.name, version, inside.licence, homepage=inside.homepage, supplier=f"Organization: {supplier}",
                    sourceInfo=f"Carried inside {carrier}.{inside.remark}")
    if inside.version and source != "zig":
        found["externalRefs"] = purl("github", inside.homepage.removeprefix("https://github.com/"), inside.version)
    return found


def spdx(arguments, parts, insides, outdated):
    digest = hashlib.sha256(arguments.binary.read_bytes()).hexdigest()
    program = package("program", arguments.version, "Apache-2.0",
                      checksums=[{"algorithm": "SHA256", "checksumValue": digest}]) | {"name": arguments.name}
    linked = [linked_package(source, part, outdated) for source, part in parts.items()]
    contained = [(source, inside_package(source, parts[source], inside)) for source, inside in insides]
    # Fixed, so that the same binary gives the same document.
    created = {"created": "1980-01-01T00:00:00Z", "creators": ["Tool: tools/sbom.py"]}
    if outdated or arguments.allow_outdated:
        created["comment"] = "".join([
            "Made with --allow-outdated. " if arguments.allow_outdated else "",
            "Known of newer versions: ", "; ".join(outdated) or "none", "."])

    def relation(element, kind, related):
        return {"spdxElementId": element, "relatedSpdxElement": related, "relationshipType": kind}

    return {"spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT",
            "name": f"{arguments.name}-{arguments.version}",
            "documentNamespace": f"https://spdx.org/spdxdocs/{arguments.name}-{arguments.version}-{digest}",
            "creationInfo": created,
            "packages": [program, *linked, *(found for _, found in contained)],
            "relationships": [
                relation("SPDXRef-DOCUMENT", "DESCRIBES", "SPDXRef-program"),
                *(relation("SPDXRef-program", "STATIC_LINK", found["SPDXID"])
                  for found in (*linked, *(found for _, found in contained))),
                *(relation(f"SPDXRef-{source}", "CONTAINS", found["SPDXID"]) for source, found in contained)]}


def notices(parts, insides):
    def section(title, file):
        return f"\n{'=' * 100}\n{title}\n{'=' * 100}\n\n{file.read_text(errors='replace')}"

    yield "This program contains the works below, each under its own licence.\n"
    for source, part in parts.items():
        yield section(f"{source} {part.version}", part.copyright)
    for source, inside in insides:
        if inside.notice:
            folder = ZIG if source == "zig" else NOTICES
            yield section(f"{inside.name}, carried inside {source}", folder / inside.notice)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    linked = parser.add_mutually_exclusive_group(required=True)
    for name in ("map", "macos"):
        linked.add_argument(f"--{name}", type=pathlib.Path)
    for name in ("binary", "curl", "spdx", "notices"):
        parser.add_argument(f"--{name}", type=pathlib.Path, required=True)
    for name in ("name", "version"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--outdated", type=pathlib.Path)
    parser.add_argument("--allow-outdated", action="store_true")
    arguments = parser.parse_args()
    linker_map = arguments.map.read_text(errors="replace") if arguments.map else None
    outdated = arguments.outdated.read_text().splitlines() if arguments.outdated else []
    needed = (debian_packages(linker_map, arguments.curl) if arguments.map else
              macos_packages(arguments.binary, arguments.curl, arguments.macos))
    versions = build_folder(arguments.binary) / "linked_versions.txt"
    parts = parts_of(needed, versions, arguments.curl, arguments.macos)
    insides = carried(parts, linker_map)
    arguments.spdx.write_text(json.dumps(spdx(arguments, parts, insides, outdated), indent=2) + "\n")
    arguments.notices.write_text("".join(notices(parts, insides)))


if __name__ == "__main__":
    main()
