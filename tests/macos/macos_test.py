"""The packages for macOS, as far as they can be judged without a Mac. scripts/test_macos.sh makes them, and a second build.
Every check is also shown a spoilt copy, and has to find what is wrong with it."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest
import zipfile

import macho

PLATFORMS = os.environ["TFCPP_MACOS_PLATFORMS"].split()
PACKAGES = pathlib.Path(os.environ["TFCPP_MACOS_PACKAGES"])
MACHINES = {"darwin_arm64": ("ARM64", "arm64"), "darwin_amd64": ("X86_64", "x86_64")}
MINIMUM = (11, 0)
PAGE = 16384  # bytes, of Apple's silicon
SYSTEM = "/usr/lib/libSystem.B.dylib"
# Folders of the build, and of its tools.
PATHS = (str(macho.ROOT), str(pathlib.Path.home()) + "/", "/tmp/", "build/deps", "site-packages", "src/tfcpp/goplugin/", "gen/tfplugin6")


def check_machine(path, platform):
    return [] if macho.load_commands(path)[1][1] == MACHINES[platform][0] else ["another machine's"]


def check_libraries(path, _):
    commands = [c for c in macho.load_commands(path)[0] if re.search("DYLIB|RPATH|DYLD_ENVIRONMENT", c["cmd"])]
    return [f"{c['cmd']} {c.get('name', c.get('path'))}" for c in commands if (c["cmd"], c.get("name")) != ("LC_LOAD_DYLIB", SYSTEM)]


def check_minimum(path, _):
    found = [(c["platform"], c["minos"]) for c in macho.load_commands(path)[0] if c["cmd"] == "LC_BUILD_VERSION"]
    return [] if found == [("macos", "11.0")] else [f"built for {found}"]


def check_symbols(path, platform):
    """All that is not in the program is in libSystem; and what has a header that says since when, since macOS 11."""
    known, since = macho.system_symbols(MACHINES[platform][1]), macho.introduced()
    wanted = macho.undefined(path) | {name for name, library in macho.imports(path).items() if library != "weak"}
    faults = [f"{name} is in no system library" for name in sorted(wanted - known)]
    return faults + [f"{name} is there since macOS {since[name[1:]]}" for name in sorted(wanted) if since.get(name[1:], MINIMUM) > MINIMUM]


def check_signature(path, platform):
    """Apple's silicon runs nothing unsigned; zig signs ad hoc for it, and nothing for Intel."""
    faults = macho.signature_faults(path)
    if platform == "darwin_amd64":
        return [] if faults is None else ["signed, which the guide of installing denies"]
    return ["not signed"] if faults is None else faults


def check_paths(path, _):
    data = pathlib.Path(path).read_bytes()
    return [f"holds {text}" for text in PATHS if text.encode() in data]


def check_hardening(path, _):
    commands, flags = macho.load_commands(path)
    faults = [] if "PIE" in flags else ["not position-independent"]
    if "ALLOW_STACK_EXECUTION" in flags:
        faults.append("the stack may be executed")
    for segment in (c for c in commands if c["cmd"] == "LC_SEGMENT_64"):
        if "w" in segment["initprot"] and "x" in segment["initprot"] or "w" in segment["maxprot"] and "x" in segment["maxprot"]:
            faults.append(f"{segment['segname']} may be written and executed")
    imported = macho.imports(path)
    faults += [f"nothing calls {name}" for name in ("___stack_chk_fail", "___stack_chk_guard", "___memcpy_chk", "___strcpy_chk")
               if name not in imported]
    return faults


def replaced(old, new):
    """Where it stands as a word of its own. As long as before, so that nothing moves."""
    old, new = old.encode(), new.encode()
    assert len(old) == len(new)

    def spoil(data):
        assert old in data, old
        return data.replace(old, new)
    return spoil


def flipped(at):
    """One bit of a byte."""
    def spoil(data):
        data[at] ^= 1
        return data
    return spoil


def flags_changed(clear, add):
    def spoil(data):
        flags = int.from_bytes(data[24:28], "little")
        data[24:28] = (flags & ~clear | add).to_bytes(4, "little")
        return data
    return spoil


def minimum_raised(data):
    """Of LC_BUILD_VERSION: command 0x32, 32 bytes, platform 1, minimum 11.0."""
    old = b"\x32\0\0\0\x20\0\0\0\x01\0\0\0\0\0\x0b\0"
    assert data.count(old) == 1
    return data.replace(old, old[:14] + b"\x0c\0")


def text_made_writable(data):
    at = data.index(b"__TEXT\0\0") + 16 + 32  # segname, then four words of eight bytes: maxprot, initprot
    assert data[at] == data[at + 4] == 5
    data[at] = data[at + 4] = 7
    return data


CHECKS = (check_machine, check_libraries, check_minimum, check_symbols, check_signature, check_paths, check_hardening)
SPOILT = [
    ("of another machine", check_machine, None),
    ("another library", check_libraries, replaced(SYSTEM, "/usr/lib/libOthers.B.dylib")),
    ("needs macOS 12", check_minimum, minimum_raised),
    ("a symbol that no library has", check_symbols, replaced("_getaddrinfo\0", "_getaddrsome\0")),
    ("a symbol of macOS 13", check_symbols, replaced("_getpid\0", "_mknodat\0"[:8])),
    ("a path", check_paths, replaced("OpenSSL", "/tmp/xy")),
    ("not position-independent", check_hardening, flags_changed(0x200000, 0)),
    ("an executable stack", check_hardening, flags_changed(0, 0x20000)),
    ("code that can be written", check_hardening, text_made_writable),
    ("no stack protector", check_hardening, replaced("___stack_chk_fail\0", "___stack_chk_none\0")),
]


class BinaryTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="tfcpp-macos-"))
        self.addCleanup(shutil.rmtree, self.folder)

    def binary(self, platform):
        archive, = PACKAGES.glob(f"terraform-provider-mlflow_*_{platform}.zip")
        with zipfile.ZipFile(archive) as package:
            program, = (name for name in package.namelist() if name.startswith("terraform-provider-mlflow_v"))
            return pathlib.Path(package.extract(program, self.folder / platform))

    def spoilt(self, path, spoil):
        data = bytearray(path.read_bytes())
        copy = self.folder / "spoilt"
        copy.write_bytes(spoil(data))
        return copy

    def test_every_check(self):
        for platform in PLATFORMS:
            path = self.binary(platform)
            for check in CHECKS:
                with self.subTest(check=check.__name__, platform=platform):
                    self.assertEqual(check(path, platform), [])

    def test_every_check_finds_what_is_wrong(self):
        for platform in PLATFORMS:
            path = self.binary(platform)
            other = next(p for p in MACHINES if p != platform)
            for name, check, spoil in SPOILT:
                with self.subTest(name, platform=platform):
                    faults = check(self.spoilt(path, spoil), platform) if spoil else check(path, other)
                    self.assertNotEqual(faults, [])

    def test_a_signature_is_of_each_byte(self):
        path = self.binary("darwin_arm64")
        end = next(int(c["dataoff"]) for c in macho.load_commands(path)[0] if c["cmd"] == "LC_CODE_SIGNATURE")
        for at in (40, 1_000_000, end // 2, end - 1):
            with self.subTest(at):
                self.assertEqual(check_signature(self.spoilt(path, flipped(at)), "darwin_arm64"), [f"page {at // PAGE} is not as signed"])
        self.assertEqual(check_signature(path, "darwin_amd64"), ["signed, which the guide of installing denies"])

    def test_all_parts_are_compiled_hardened(self):
        for platform in PLATFORMS:
            libraries = macho.ROOT / "build/deps" / platform
            archives = sorted([*libraries.glob("lib/*.a"), *libraries.glob("curl/lib/*.a"),
                               *(macho.ROOT / f"build/release-{platform.replace('_', '-')}").rglob("libtfcpp_*.a")])
            self.assertGreater(len(archives), 15)
            for archive in archives:
                if archive.name != "libtfcpp_proto.a":
                    with self.subTest(archive.name, platform=platform):
                        self.assertIn("___stack_chk_fail", macho.undefined(archive))


class PackageTest(unittest.TestCase):
    def setUp(self):
        self.stem = re.sub(r"_SHA256SUMS$", "", next(PACKAGES.glob("*_SHA256SUMS")).name)

    def test_names_and_sums(self):
        lines = (PACKAGES / f"{self.stem}_SHA256SUMS").read_text().splitlines()
        self.assertEqual(sorted(line.split("  ")[1] for line in lines),
                         sorted([f"{self.stem}_manifest.json", *(f"{self.stem}_{p}.{end}" for p in PLATFORMS for end in ("zip", "spdx.json"))]))

    def test_what_is_linked_in_is_told(self):
        for platform in PLATFORMS:
            document = json.loads((PACKAGES / f"{self.stem}_{platform}.spdx.json").read_text())
            parts = {p["name"]: p for p in document["packages"][1:]}
            self.assertEqual(set(parts), {"abseil", "cctz", "compiler-rt", "curl", "grpc", "libc++", "libc++abi", "libunwind", "msgpack-cxx",
                                          "openssl", "protobuf", "rapidjson", "upb", "utf8_range", "address_sorting", "zig", "zlib"})
            for name in ("abseil", "curl", "grpc", "openssl", "protobuf", "zig", "zlib"):
                self.assertRegex(parts[name]["sourceInfo"], r"\(SHA-256 [0-9a-f]{64}\)", name)
            with zipfile.ZipFile(PACKAGES / f"{self.stem}_{platform}.zip") as archive:
                notices, readme = archive.read("THIRD_PARTY_NOTICES").decode(), archive.read("README").decode()
                program = archive.read(f"terraform-provider-mlflow_v{self.stem.split('_')[1]}")
            for name in ("libc++, carried", "libunwind, carried", "zig 0", "openssl 3"):
                self.assertIn(f"\n{name}", notices)
            self.assertIn(f"\n  openssl {parts['openssl']['versionInfo']}", readme)
            self.assertIn("never run on a Mac", readme)
            upstream = parts["openssl"]["versionInfo"].split("-")[0]
            self.assertEqual(set(re.findall(rb"OpenSSL (\d+\.\d+\.\d+) ", program)), {upstream.encode()})


    def test_what_nobody_knows_stops_the_sbom(self):
        """An archive among those that the linker is given, of which the table has no licence."""
        for platform in PLATFORMS:
            build, folder = macho.ROOT / f"build/release-{platform.replace('_', '-')}", pathlib.Path(tempfile.mkdtemp(prefix="tfcpp-macos-"))
            self.addCleanup(shutil.rmtree, folder)
            binary = shutil.copy(build / "provider/terraform-provider-mlflow", folder)
            shutil.copy(build / "linked_versions.txt", folder)
            rules, libraries = (build / "build.ninja").read_text(), macho.ROOT / "build/deps" / platform
            for text, code in ((rules, 0), (rules.replace("/lib/libz.a", "/lib/libother.a"), 1)):
                (folder / "build.ninja").write_text(text)
                done = subprocess.run([macho.ROOT / "tools/sbom.py", "--macos", libraries, "--curl", libraries / "curl", "--binary", binary,
                                       "--name", "program", "--version", "1", "--spdx", folder / "spdx.json", "--notices", folder / "notices"],
                                      capture_output=True, text=True, check=False)
                self.assertEqual(done.returncode, code, done.stderr)
            self.assertIn("libother.a: linked in, but not in the table", done.stderr)


class TwoBuildsTest(unittest.TestCase):
    def test_the_same_bytes(self):
        for platform in PLATFORMS:
            name = f"release-{platform.replace('_', '-')}/provider/terraform-provider-mlflow"
            first, second = (pathlib.Path(folder) / name for folder in (macho.ROOT / "build", os.environ["TFCPP_MACOS_SECOND"]))
            with self.subTest(platform):
                self.assertNotEqual(first.stat().st_ino, second.stat().st_ino)
                self.assertTrue(first.read_bytes() == second.read_bytes(), f"{first} and {second} differ")


if __name__ == "__main__":
    unittest.main()
