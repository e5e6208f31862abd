#!/usr/bin/env python3
"""Makes release files of built programs. scripts/package.sh builds them and calls this.

  package.py --version 0.1.0 --address HOST/NAMESPACE/mlflow --out DIR [--key ID] OS_ARCH=BINARY,NOTICES,SPDX...

In DIR, named as provider registries want them: a zip and an SPDX document for each platform, a manifest, SHA256SUMS and,
with a key, its detached signature. DIR/mirror is a network mirror that any static web server can serve, and a packed
filesystem mirror at the same time; versions that are there stay. The same input gives the same bytes."""

import argparse
import base64
import hashlib
import json
import pathlib
import shutil
import subprocess
import zipfile

NAME = "terraform-provider-mlflow"
LICENSE = pathlib.Path(__file__).resolve().parent.parent / "LICENSE"


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def write_zip(path, members):
    """`members`: (name, bytes, whether it is a program). Times, order and permissions are fixed."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, data, program in sorted(members):
            info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            info.create_system = 3  # Unix: the permissions count
            info.external_attr = (0o755 if program else 0o644) << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data, compresslevel=9)


# What people are to know of a system's package before they run it.
REMARKS = {
    "darwin": """It needs macOS 11 or later. It was cross-built on Linux and examined there. It was never run on a Mac, unless whoever gave
it to you says so. It is not notarised: what a browser has downloaded runs after

  xattr -d com.apple.quarantine terraform-provider-mlflow_*
""",
    "linux": "It needs nothing on the machine but certificates of authorities.\n",
}


def readme(version, platform, spdx):
    """Which versions are linked in, by the SPDX document, whose first package is the program."""
    parts = "".join(f"  {part['name']} {part['versionInfo']}{' (' + part['comment'] + ')' if 'comment' in part else ''}\n"
                    for part in spdx["packages"][1:])
    return (f"Terraform provider for MLflow webhooks {version}, {platform}\n\n{REMARKS[platform.partition('_')[0]]}\n"
            f"Linked into it, under the licences in THIRD_PARTY_NOTICES:\n\n{parts}").encode()


def package_hash(members):
    """Terraform's "h1:" of an unpacked package: SHA-256 over the sorted list of its files' SHA-256."""
    lines = "".join(f"{sha256(data)}  {name}\n" for name, data, _ in sorted(members))
    return "h1:" + base64.b64encode(hashlib.sha256(lines.encode()).digest()).decode()


def write_json(path, value):
    path.write_text(json.dumps(value, indent=2, sort_keys=True) + "\n")


def write_mirror(folder, version, archives):
    folder.mkdir(parents=True, exist_ok=True)
    for path, _ in archives.values():
        shutil.copyfile(path, folder / path.name)
    write_json(folder / f"{version}.json", {"archives": {
        platform: {"url": path.name, "hashes": [digest, "zh:" + sha256(path.read_bytes())]}
        for platform, (path, digest) in archives.items()}})
    versions = [p.stem for p in folder.glob("*.json") if p.name != "index.json"]
    write_json(folder / "index.json", {"versions": {v: {} for v in versions}})


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--version", required=True)
    parser.add_argument("--address", required=True, help="under which configurations name the provider")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--key", help="id of the GnuPG key that signs SHA256SUMS")
    parser.add_argument("platforms", nargs="+", metavar="OS_ARCH=BINARY,NOTICES,SPDX")
    arguments = parser.parse_args()
    out, version = arguments.out, arguments.version
    out.mkdir(parents=True, exist_ok=True)

    archives, files = {}, []
    for entry in arguments.platforms:
        platform, _, paths = entry.partition("=")
        binary, notices, spdx = map(pathlib.Path, paths.split(","))
        members = [(f"{NAME}_v{version}", binary.read_bytes(), True), ("LICENSE", LICENSE.read_bytes(), False),
                   ("README", readme(version, platform, json.loads(spdx.read_text())), False),
                   ("THIRD_PARTY_NOTICES", notices.read_bytes(), False)]
        archive = out / f"{NAME}_{version}_{platform}.zip"
        write_zip(archive, members)
        archives[platform] = (archive, package_hash(members))
        files += [archive, shutil.copyfile(spdx, out / f"{NAME}_{version}_{platform}.spdx.json")]
    manifest = out / f"{NAME}_{version}_manifest.json"
    write_json(manifest, {"version": 1, "metadata": {"protocol_versions": ["6.0"]}})

    sums = out / f"{NAME}_{version}_SHA256SUMS"
    sums.write_text("".join(f"{sha256(f.read_bytes())}  {f.name}\n" for f in sorted([*files, manifest])))
    signature = pathlib.Path(f"{sums}.sig")
    signature.unlink(missing_ok=True)  # never one of other sums
    if arguments.key:
        subprocess.run(["gpg", "--batch", "--local-user", arguments.key, "--detach-sign", "--output", signature, sums],
                       check=True)
    write_mirror(out / "mirror" / arguments.address, version, archives)


if __name__ == "__main__":
    main()
