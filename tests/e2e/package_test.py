"""The release files: what is in them, and that Terraform installs the provider from each kind of mirror."""

import functools
import http.server
import json
import os
import pathlib
import re
import shutil
import ssl
import subprocess
import tempfile
import threading
import unittest
import zipfile

from harness import ADDRESS, HTTP, SOURCE, Case, make_authority, setting

PLATFORM = "linux_amd64"


def run(*command, **options):
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    if done.returncode != 0:
        raise AssertionError(f"{command} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def version():
    return re.search(r"^project\(.* VERSION (\S+) ", (SOURCE / "CMakeLists.txt").read_text(), re.M).group(1)


@functools.cache
def inputs():
    """What is linked into the release build, for package(); as scripts/package.sh makes it."""
    folder = pathlib.Path(setting("MIRROR")).parent / "provider"
    made = pathlib.Path(tempfile.mkdtemp(prefix="tfcpp-sbom-"))
    binary = folder / "terraform-provider-mlflow"
    run(SOURCE / "tools/sbom.py", "--map", f"{binary}.map", "--binary", binary, "--curl", SOURCE / "build/deps/curl",
        "--name", binary.name, "--version", version(), "--spdx", made / "spdx.json", "--notices", made / "notices")
    unittest.addModuleCleanup(shutil.rmtree, made)
    return f"{PLATFORM}={binary},{made / 'notices'},{made / 'spdx.json'}"


def package(out, *options, **settings):
    run(SOURCE / "tools/package.py", "--version", settings.pop("version", version()), "--address", ADDRESS, "--out", out, *options, inputs(),
        **settings)
    return out


@functools.cache
def packed():
    """Release files of this build, not to be written to: packing takes longer than what is done with them."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="tfcpp-packed-"))
    unittest.addModuleCleanup(shutil.rmtree, folder)
    return package(folder / "out")


class FilesTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="tfcpp-package-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.out = pathlib.Path(shutil.copytree(packed(), self.folder / "out"))
        self.stem = f"terraform-provider-mlflow_{version()}"

    def test_names_and_sums(self):
        zipped, sbom, manifest = f"{self.stem}_{PLATFORM}.zip", f"{self.stem}_{PLATFORM}.spdx.json", f"{self.stem}_manifest.json"
        self.assertEqual(sorted(p.name for p in self.out.iterdir() if p.is_file()),
                         sorted([zipped, sbom, manifest, f"{self.stem}_SHA256SUMS"]))
        checked = run("sha256sum", "--check", "--strict", f"{self.stem}_SHA256SUMS", cwd=self.out)
        self.assertEqual(sorted(checked.split("\n")[:-1]), sorted(f"{n}: OK" for n in (zipped, sbom, manifest)))
        self.assertEqual(json.loads((self.out / manifest).read_text()),
                         {"version": 1, "metadata": {"protocol_versions": ["6.0"]}})

    def test_zip(self):
        with zipfile.ZipFile(self.out / f"{self.stem}_{PLATFORM}.zip") as archive:
            modes = {i.filename: i.external_attr >> 16 for i in archive.infolist()}
            notices, readme = archive.read("THIRD_PARTY_NOTICES").decode(), archive.read("README").decode()
        program = f"terraform-provider-mlflow_v{version()}"
        self.assertEqual(modes, {program: 0o755, "LICENSE": 0o644, "README": 0o644, "THIRD_PARTY_NOTICES": 0o644})
        for name in ("grpc", "openssl", "curl"):
            self.assertRegex(notices, rf"(?m)^{name} \d")
        self.assertIn("\nutf8_range, carried inside grpc\n", notices)
        for part in self.sbom()["packages"][1:]:
            self.assertIn(f"\n  {part['name']} {part['versionInfo']}\n", readme)

    def sbom(self):
        return json.loads((self.out / f"{self.stem}_{PLATFORM}.spdx.json").read_text())

    def test_sbom_names_what_is_linked_in(self):
        document = self.sbom()
        parts = {p["name"]: p for p in document["packages"]}
        self.assertLessEqual({"abseil", "c-ares", "curl", "glibc", "grpc", "openssl", "protobuf", "zlib"}, set(parts))
        for part in parts.values():
            self.assertTrue(part["versionInfo"] and part["licenseDeclared"], part)
        installed = run("dpkg-query", "-W", "-f", "${source:Version}", f"libssl-dev:{run('dpkg', '--print-architecture').strip()}")
        self.assertEqual(parts["openssl"]["versionInfo"], installed)
        linked = {r["relatedSpdxElement"] for r in document["relationships"] if r["relationshipType"] == "STATIC_LINK"}
        self.assertEqual(linked, {p["SPDXID"] for p in parts.values()} - {"SPDXRef-program"})

    def test_sbom_names_what_is_carried_inside(self):
        document = self.sbom()
        names = {p["SPDXID"]: p["name"] for p in document["packages"]}
        carried = {(names[r["spdxElementId"]], names[r["relatedSpdxElement"]]) for r in document["relationships"]
                   if r["relationshipType"] == "CONTAINS"}
        self.assertEqual(carried, {("grpc", "upb"), ("grpc", "utf8_range"), ("grpc", "address_sorting"), ("abseil", "cctz")})

    def test_sbom_says_who_built_what(self):
        suppliers = {p["name"]: p.get("supplier") for p in self.sbom()["packages"] if p["SPDXID"] != "SPDXRef-program"}
        self.assertEqual(suppliers.pop("curl"), "Organization: terraform-provider-mlflow")
        self.assertEqual(set(suppliers.values()), {"Organization: Debian"})

    def test_the_version_that_the_sbom_says_is_in_the_binary(self):
        """OpenSSL says which it is. Without care a build folder holds what was linked before an upgrade."""
        version_there = next(p["versionInfo"] for p in self.sbom()["packages"] if p["name"] == "openssl").split("-")[0]
        data = (pathlib.Path(setting("MIRROR")).parent / "provider/terraform-provider-mlflow").read_bytes()
        self.assertEqual(set(re.findall(rb"OpenSSL (\d+\.\d+\.\d+) ", data)), {version_there.encode()})

    def test_the_page_of_known_weaknesses_is_of_this_binary(self):
        """It has all that is linked in, and what it takes for not linked in is not: members that there are, in archives."""
        page = (SOURCE / "docs/dev/known-weaknesses.md").read_text()
        for part in self.sbom()["packages"][1:]:  # but the program
            self.assertIn(part["name"].replace("gcc-12", "libgcc"), page.lower())
        binary = pathlib.Path(setting("MIRROR")).parent / "provider/terraform-provider-mlflow"
        linked = pathlib.Path(f"{binary}.map").read_text(errors="replace")
        members = re.findall(r"`(lib\w+\.a)\(([\w.-]+\.o)\)`", page)
        self.assertGreater(len(members), 10)
        for archive, member in members:
            folder = run("dpkg-architecture", "-qDEB_HOST_MULTIARCH").strip()
            self.assertIn(member, run("ar", "t", f"/usr/lib/{folder}/{archive}").split())
            self.assertFalse(f"/{archive}({member})" in linked, f"{archive}({member}) is linked in")

    def test_same_input_same_bytes(self):
        again = package(self.folder / "again")
        files = sorted(p.relative_to(self.out) for p in self.out.rglob("*") if p.is_file())
        self.assertEqual(files, sorted(p.relative_to(again) for p in again.rglob("*") if p.is_file()))
        for file in files:
            self.assertEqual((self.out / file).read_bytes(), (again / file).read_bytes(), file)

    def test_every_platform(self):
        """The files of one stand for those of all. Each package says what is to be known of its system."""
        platforms = ("linux_amd64", "linux_arm64", "darwin_arm64", "darwin_amd64")
        files = inputs().partition("=")[2]
        out = self.folder / "all"
        run(SOURCE / "tools/package.py", "--version", version(), "--address", ADDRESS, "--out", out, *(f"{p}={files}" for p in platforms))
        run("sha256sum", "--check", "--strict", f"{self.stem}_SHA256SUMS", cwd=out)
        self.assertEqual({p.name for p in out.glob("*.zip")}, {f"{self.stem}_{p}.zip" for p in platforms})
        archives = json.loads((out / "mirror" / ADDRESS / f"{version()}.json").read_text())["archives"]
        self.assertEqual({p: a["url"] for p, a in archives.items()}, {p: f"{self.stem}_{p}.zip" for p in platforms})
        for platform in platforms:
            with zipfile.ZipFile(out / f"{self.stem}_{platform}.zip") as archive:
                readme = archive.read("README").decode()
            self.assertIn(f"{version()}, {platform}\n", readme)
            self.assertEqual("never run on a Mac" in readme, platform.startswith("darwin"))

    def test_mirror_keeps_versions(self):
        package(self.out, version="9.9.9")
        index = json.loads((self.out / "mirror" / ADDRESS / "index.json").read_text())
        self.assertEqual(index, {"versions": {version(): {}, "9.9.9": {}}})

    def test_signature(self):
        home = self.folder / "gnupg"
        home.mkdir(mode=0o700)
        environment = {**os.environ, "GNUPGHOME": str(home)}
        self.addCleanup(subprocess.run, ["gpgconf", "--kill", "all"], env=environment, check=False)
        run("gpg", "--batch", "--passphrase", "", "--quick-generate-key", "throw-away", "rsa3072", "sign", "1d",
            env=environment)
        package(self.out, "--key", "throw-away", env=environment)
        sums = self.out / f"{self.stem}_SHA256SUMS"
        run("gpg", "--verify", f"{sums}.sig", sums, env=environment)
        sums.write_text(sums.read_text() + "\n")
        with self.assertRaisesRegex(AssertionError, "BAD signature"):
            run("gpg", "--verify", f"{sums}.sig", sums, env=environment)
        package(self.out)  # without a key no signature of older sums stays
        self.assertFalse(pathlib.Path(f"{sums}.sig").exists())


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments):  # pylint: disable=arguments-differ
        pass


class MirrorTest(Case):
    def setUp(self):
        super().setUp()
        self.mirror = packed() / "mirror"
        self.project.resource(HTTP)

    def configure(self, installation):
        """A CLI configuration with this one way to find providers; None for none at all."""
        if installation is None:
            del self.project.environment["TF_CLI_CONFIG_FILE"]
        else:
            (self.project.root / "terraform.rc").write_text(
                f"disable_checkpoint = true\nprovider_installation {{\n{installation}\n}}\n")

    def assert_installs_and_works(self, **environment):
        output = self.project.run("init", "-no-color", **environment)
        self.assertEqual(output.code, 0, output.text)
        self.assertIn(f"Installed {ADDRESS} v{version()}", output.flat)
        self.apply()
        self.assertEqual(len(self.workspace.webhooks()), 1)

    def test_filesystem_mirror(self):
        self.configure(f'filesystem_mirror {{ path = "{self.mirror}" }}')
        self.assert_installs_and_works()

    def test_network_mirror(self):
        authority, certificate, key = make_authority(self.project.root)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(QuietHandler, directory=self.mirror))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        self.addCleanup(thread.join)
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        self.configure(f'network_mirror {{ url = "https://localhost:{server.server_port}/" }}')
        self.assert_installs_and_works(SSL_CERT_FILE=str(authority))
        # What the mirror promised is what was unpacked.
        lock = (self.project.folder / ".terraform.lock.hcl").read_text()
        promised = json.loads((self.mirror / ADDRESS / f"{version()}.json").read_text())["archives"][PLATFORM]["hashes"]
        self.assertIn(f'"{promised[0]}"', lock)

    def test_implied_mirror_packed(self):
        self.configure(None)
        shutil.copytree(self.mirror, self.project.root / ".terraform.d/plugins")
        self.assert_installs_and_works()

    def test_implied_mirror_unpacked(self):
        self.configure(None)
        target = self.project.root / ".terraform.d/plugins" / ADDRESS / version() / PLATFORM
        target.mkdir(parents=True)
        run("unzip", "-q", next(self.mirror.rglob("*.zip")), "-d", target)
        self.assert_installs_and_works()

    def test_beside_the_configuration(self):
        # HCP Terraform and Terraform Enterprise upload it with the configuration.
        self.configure(None)
        shutil.copytree(self.mirror, self.project.folder / "terraform.d/plugins")
        self.assert_installs_and_works()


if __name__ == "__main__":
    unittest.main()
