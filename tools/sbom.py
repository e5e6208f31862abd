#!/usr/bin/env python3
"""What is linked into a program, from the linker's own map of it: an SPDX document, and the licence texts that go with it.

  sbom.py --map FILE --name NAME --version VERSION --binary FILE --curl DIR --spdx OUT --notices OUT

Every archive in the map is traced to the Debian source package it comes from. One that is not in the table below stops
this: its licence has to be looked at first. DIR is where scripts/build_curl.sh put libcurl."""

import argparse
import hashlib
import json
import pathlib
import re
import subprocess
import sys

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
    "zlib": ("Zlib", "https://zlib.net/"),
}
# Debian builds its cross compilers' libraries from sources of these names, whose own versions say nothing.
CROSS = {"cross-toolchain-base": "glibc", "gcc-12-cross": "gcc-12"}
# Compiled into our own code, so that no archive shows them.
HEADER_ONLY = ("libmsgpack-cxx-dev", "rapidjson-dev")


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def linked_files(map_file):
    """Archives and start files of the system that a member of was linked."""
    text = map_file.read_text(errors="replace")
    names = re.findall(r"^(/[^\s(]+\.a)\(", text, re.M) + re.findall(r"^LOAD (/\S+\.o)$", text, re.M)
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


def packages_of(files, curl):
    """{source package: (version, folder of its copyright file)}; libcurl's archive is our own build."""
    found = {"curl": ((curl / "VERSION").read_text().strip(), None)}
    system = [file for file in files if not pathlib.Path(file).is_relative_to(curl.resolve())]
    binaries = sorted({*owners(system).values(), *HEADER_ONLY})
    form = "${source:Package} ${source:Version} ${Package} ${Version}\n"
    for line in output("dpkg-query", "-W", "-f", form, *binaries).splitlines():
        source, version, name, own_version = line.split()
        if source in CROSS:
            source, version = CROSS[source], own_version
        found[source] = (version, pathlib.Path("/usr/share/doc") / name)
    unknown = sorted(set(found) - set(KNOWN))
    if unknown:
        sys.exit(f"sbom: {', '.join(unknown)}: linked in, but its licence is not in the table of tools/sbom.py")
    return dict(sorted(found.items()))


def spdx(arguments, packages):
    digest = hashlib.sha256(arguments.binary.read_bytes()).hexdigest()
    main = {"SPDXID": "SPDXRef-program", "name": arguments.name, "versionInfo": arguments.version,
            "downloadLocation": "NOASSERTION", "filesAnalyzed": False, "licenseConcluded": "Apache-2.0",
            "licenseDeclared": "Apache-2.0", "copyrightText": "NOASSERTION",
            "checksums": [{"algorithm": "SHA256", "checksumValue": digest}]}
    parts = [{"SPDXID": f"SPDXRef-{name}", "name": name, "versionInfo": version, "supplier": "Organization: Debian",
              "downloadLocation": "NOASSERTION", "filesAnalyzed": False, "licenseConcluded": KNOWN[name][0],
              "licenseDeclared": KNOWN[name][0], "copyrightText": "NOASSERTION", "homepage": KNOWN[name][1],
              "externalRefs": [{"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl",
                                "referenceLocator": f"pkg:deb/debian/{name}@{version}?arch=source&distro=debian-12"}]}
             for name, (version, _) in packages.items()]
    links = [{"spdxElementId": "SPDXRef-program", "relatedSpdxElement": part["SPDXID"],
              "relationshipType": "STATIC_LINK"} for part in parts]
    return {"spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT",
            "name": f"{arguments.name}-{arguments.version}",
            "documentNamespace": f"https://spdx.org/spdxdocs/{arguments.name}-{arguments.version}-{digest}",
            # Fixed, so that the same binary gives the same document.
            "creationInfo": {"created": "1980-01-01T00:00:00Z", "creators": ["Tool: tools/sbom.py"]},
            "packages": [main, *parts],
            "relationships": [{"spdxElementId": "SPDXRef-DOCUMENT", "relatedSpdxElement": "SPDXRef-program",
                               "relationshipType": "DESCRIBES"}, *links]}


def notices(packages, curl):
    yield "This program contains the works below, each under its own licence.\n"
    for name, (version, folder) in packages.items():
        copyright_file = curl / "COPYRIGHT" if folder is None else folder / "copyright"
        yield f"\n{'=' * 100}\n{name} {version}\n{'=' * 100}\n\n{copyright_file.read_text(errors='replace')}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("map", "binary", "curl", "spdx", "notices"):
        parser.add_argument(f"--{name}", type=pathlib.Path, required=True)
    for name in ("name", "version"):
        parser.add_argument(f"--{name}", required=True)
    arguments = parser.parse_args()
    packages = packages_of(linked_files(arguments.map), arguments.curl)
    arguments.spdx.write_text(json.dumps(spdx(arguments, packages), indent=2) + "\n")
    arguments.notices.write_text("".join(notices(packages, arguments.curl)))


if __name__ == "__main__":
    main()
