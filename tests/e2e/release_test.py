"""What a release is made with: scripts/release_check.sh, and the shell steps of the workflows, in a repository of their own
that is this one as it is now. Debian is a stand-in, as in supply_test.py, and so is GitHub; git, GnuPG and the files are real."""

import os
import pathlib
import re
import shlex
import shutil
import subprocess
import unittest

from harness import ADDRESS, SOURCE
from package_test import inputs
from pipelines_test import yaml_blocks
from supply_test import SupplyCase

WORKFLOWS = SOURCE / ".github/workflows"
VERSION = "7.8.9"  # of no release before


class RepositoryCase(SupplyCase):
    """self.root: a clone that is ready to be released as VERSION, and committed."""

    def setUp(self):
        super().setUp()
        self.root = self.folder / "clone"
        listed = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"], cwd=SOURCE,
                                capture_output=True, text=True, check=True).stdout
        for name in filter(None, listed.split("\0")):
            if (SOURCE / name).exists() and not name.startswith("tests/fuzz/corpus/"):
                (self.root / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(SOURCE / name, self.root / name)
        (self.root / "build").mkdir()
        (self.root / "build/deps").symlink_to(SOURCE / "build/deps")
        self.environment.update({f"GIT_{who}_{what}": f"{who}@example.com" for who in ("AUTHOR", "COMMITTER")
                                 for what in ("NAME", "EMAIL")})
        self.environment.update(HOME=str(self.folder), GIT_CONFIG_NOSYSTEM="1")
        self.git("init", "--quiet", "--initial-branch=main")
        self.git("config", "core.excludesFile", "")
        self.prepare()

    def git(self, *arguments):
        subprocess.run(["git", *arguments], cwd=self.root, env=self.environment, check=True, capture_output=True)

    def commit(self):
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "a change")

    def edit(self, name, pattern, replacement):
        path = self.root / name
        changed, count = re.subn(pattern, replacement, path.read_text(), flags=re.M)
        self.assertGreater(count, 0, f"{pattern} in {name}")
        path.write_text(changed)

    def prepare(self):
        self.edit("CMakeLists.txt", r"^(project\(.* VERSION) \S+", rf"\1 {VERSION}")
        self.edit("CHANGELOG.md", r"^(## \[\S+\] - ).*$", r"\g<1>2020-01-01")
        self.edit("CHANGELOG.md", r"\A((?:.*\n)*?)(?=## )", rf"\1## [{VERSION}] - 2026-02-03\n\n### Added\n\n- What is new.\n\n")
        self.in_root("tools/provider_names.py", ".", ADDRESS, VERSION)
        self.commit()

    def in_root(self, *command, code=0):
        done = subprocess.run(command, cwd=self.root, env=self.environment, text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, check=False)
        self.assertEqual(done.returncode, code, done.stdout)
        return done.stdout


GOLDEN = "tests/golden/mlflow_webhook_state_v0.txt"
# What is spoilt, and what is then said to be missing.
SPOILT = {
    "something is not committed": (
        lambda r: r.edit("README.md", r"\A", "new\n"), r"not committed:  M README\.md"),
    "a file is not under version control": (
        lambda r: (r.root / "new.txt").touch(), r"not committed: \?\? new\.txt"),
    "another version": (
        lambda r: r.edit("CMakeLists.txt", f"VERSION {VERSION}", "VERSION 7.8.8"), r"VERSION 7\.8\.8\) is to be 7\.8\.9"),
    "no section": (
        lambda r: r.edit("CHANGELOG.md", rf"\[{VERSION}\]", "[7.8.8]"), r"CHANGELOG\.md has nothing about 7\.8\.9"),
    "a section that is not the first": (
        lambda r: r.edit("CHANGELOG.md", r"^(?=## \[7)", "## [8.0.0] - 2026-03-04\n\n"), r'but is "## \[8\.0\.0\]'),
    "a section without a date": (
        lambda r: r.edit("CHANGELOG.md", r"2026-02-03", "unreleased"), r'but is "## \[7\.8\.9\] - unreleased"'),
    "a section without a word": (
        lambda r: r.edit("CHANGELOG.md", r"### Added\n\n- What is new.\n", ""), r"CHANGELOG\.md has nothing about 7\.8\.9"),
    "an older section without a date": (
        lambda r: r.edit("CHANGELOG.md", r"2020-01-01", "unreleased"), r'"## \[0\.1\.0\] - unreleased" has no date'),
    "a guide names older files": (
        lambda r: r.edit("docs/guides/install.md", rf"_{VERSION}_linux", "_7.8.8_linux"),
        r"docs/guides/install\.md: not of \S+ 7\.8\.9"),
    "a guide wants an older version": (
        lambda r: r.edit("docs/guides/install.md", r'"~> 7\.8"', '"~> 7.7"'), r"docs/guides/install\.md: not of \S+ 7\.8\.9"),
    "an example wants an older version": (
        lambda r: r.edit("examples/audit/main.tf", r'"~> 7\.8"', '"~> 7.7"'), r"examples/audit/main\.tf: not of \S+ 7\.8\.9"),
    "the version is released already": (
        lambda r: (r.git("tag", f"v{VERSION}"), r.edit("README.md", r"\A", "new\n")), r"the tag v7\.8\.9 is there already"),
    "a newer one is released already": (
        lambda r: r.git("tag", "v7.8.10"), r"v7\.8\.10 is newer"),
    "the form of a released state has changed": (
        lambda r: (r.git("tag", "v7.8.8"), r.edit(GOLDEN, r'^id: "string"', 'id: "number"')), r"state_v0\.txt: not as in v7\.8\.8"),
    "a released form is gone": (
        lambda r: (r.git("tag", "v7.8.8"), (r.root / GOLDEN).unlink()), r"state_v0\.txt: v7\.8\.8 has it"),
    "weaknesses of another version": (
        lambda r: r.edit("docs/dev/known-weaknesses.md", r"^(## OpenSSL) \(\S+\)", r"\1 (3.0.0-1)"),
        r"known-weaknesses\.md: openssl is \S+ now"),
    "Debian has a newer library": (
        lambda r: r.note("newer", "libssl-dev 9:99.0-1"), r"libssl-dev \S+, Debian has 9:99\.0-1"),
    "nobody knows what Debian has": (
        lambda r: r.lists_are_old(), r"Debian was not asked"),
}
LEFT_UNCOMMITTED = {"something is not committed", "a file is not under version control"}


class CheckTest(RepositoryCase):
    def check(self, code):
        return self.in_root("scripts/release_check.sh", VERSION, "--quick", code=code)

    def test_all_is_there(self):
        self.assertIn(f"{VERSION} is ready: git tag -s v{VERSION}", self.check(0))

    def test_what_is_missing_is_named_and_nothing_else(self):
        self.assertEqual(self.check(0).count("MISSING"), 0)
        for name, (spoil, said) in SPOILT.items():
            with self.subTest(name):
                spoil(self)
                if name not in LEFT_UNCOMMITTED:
                    self.commit()
                text = self.check(1)
                self.assertRegex(text, said)
                self.assertEqual(text.count("MISSING"), 1, text)
                self.assertIn("is not ready", text)
                self.put_back()

    def put_back(self):
        self.git("reset", "--quiet", "--hard", self.in_root("git", "rev-list", "--max-parents=0", "HEAD").strip())
        self.git("clean", "--quiet", "--force")
        for tag in self.in_root("git", "tag").split():
            self.git("tag", "--delete", tag)
        self.note("newer")
        self.stamp.touch()

    def test_members_that_are_always_null_may_come(self):
        self.git("tag", "v7.8.8")
        self.edit(GOLDEN, r"\A", 'other_name: "string", always null\n')
        self.commit()
        self.check(0)

    def test_several_at_once(self):
        self.edit("CMakeLists.txt", f"VERSION {VERSION}", "VERSION 7.8.8")
        self.edit("CHANGELOG.md", r"2026-02-03", "unreleased")
        self.assertIn("3 of these are missing something", self.check(1))

    def builds(self, *, first="the same", second="the same", pages_are_right=True):
        """Stands in for what takes minutes: the program of the clone's build and of the other folder's, and the tests."""
        (self.commands / "cmake").write_text(f"""#!/bin/bash
            case "$*" in *"--build --preset release"*) ;; *) exit 0 ;; esac
            mkdir -p build/release/provider
            [ "$PWD" = "{self.root}" ] && text='{first}' || text='{second}'
            [ "$PWD" = "{self.root}" ] || [ "${{CCACHE_DISABLE:-}}" = 1 ] || exit 1
            [ "$text" != fails ] || {{ echo "error: no such thing"; exit 1; }}
            echo "$text" >build/release/provider/terraform-provider-mlflow\n""")
        (self.commands / "ctest").write_text(f"#!/bin/sh\n{'exit 0' if pages_are_right else 'echo docs/index.md:7; exit 8'}\n")
        for name in ("cmake", "ctest"):
            (self.commands / name).chmod(0o755)

    def test_what_is_built_for_it(self):
        for builds, said in (({}, f"{VERSION} is ready"), ({"second": "other"}, "differ: byte 1"),
                             ({"first": "fails"}, "error: no such thing"), ({"second": "fails"}, "error: no such thing"),
                             ({"pages_are_right": False}, "docs/index.md:7")):
            with self.subTest(builds):
                self.builds(**builds)
                text = self.in_root("scripts/release_check.sh", VERSION, code=1 if builds else 0)
                self.assertIn(said, text)
                self.assertEqual(text.count("MISSING"), len(builds), text)

    def test_what_is_no_version(self):
        for arguments in ([], ["7.8"], ["v7.8.9"], ["7.8.9-rc1"], ["7.8.9", "--fast"]):
            with self.subTest(arguments):
                self.in_root("scripts/release_check.sh", *arguments, code=2)


def workflow_steps(name):
    """(name, command) of each shell step."""
    text = (WORKFLOWS / name).read_text()
    blocks = yaml_blocks(text)
    for title, key, rest in re.findall(r"(?m)^ +- name: (.*)\n(?:(?! *- )(?! *run:).*\n)*? +(run): (.*)$", text):
        yield title, next(blocks) if rest == "|" else rest


class WorkflowsTest(RepositoryCase):
    def test_foreign_steps_are_named_by_commit(self):
        for workflow in WORKFLOWS.iterdir():
            used = re.findall(r"uses: (.*)", workflow.read_text())
            self.assertGreater(len(used), 0)
            for name in used:
                self.assertRegex(name, r"^[\w-]+/[\w-]+@[0-9a-f]{40} # v[\d.]+$")

    def test_steps_of_one_line_name_programs_that_there_are(self):
        found = 0
        for workflow in WORKFLOWS.iterdir():
            for title, command in workflow_steps(workflow.name):
                if "\n" in command or command.startswith("apt-get "):
                    continue
                program = SOURCE / shlex.split(command)[0]
                self.assertTrue(os.access(program, os.X_OK), f"{workflow.name}, {title}: {command}")
                found += 1
        self.assertGreater(found, 1)

    def stand_ins(self):
        """The check is tested above, and this machine's release build stands for one of all platforms."""
        for name, text in {
            "scripts/release_check.sh": 'echo "$*" >>"$STAND_IN/checked"',
            "scripts/setup.sh": "",
            "scripts/package.sh": f"""test -z "${{GPG_PRIVATE_KEY:-}}${{GPG_PASSPHRASE:-}}"
                exec tools/package.py --version {VERSION} --address {ADDRESS} --out build/package "$@" '{inputs()}'""",
        }.items():
            (self.root / name).write_text(f"#!/bin/bash\nset -e\n{text}\n")
        (self.commands / "gh").write_text('#!/bin/sh\nprintf "%s\\n" "$@" >"$STAND_IN/gh"\n')
        (self.commands / "gh").chmod(0o755)

    def make_key(self, passphrase):
        """Armored, as it is kept among the secrets; and a keyring that has its public half."""
        home = self.folder / f"gnupg{len(passphrase)}"
        home.mkdir(mode=0o700)
        environment = {**self.environment, "GNUPGHOME": str(home)}
        self.addCleanup(subprocess.run, ["gpgconf", "--kill", "all"], env=environment, check=False)
        gpg = ["gpg", "--batch", "--pinentry-mode", "loopback", "--passphrase", passphrase]
        subprocess.run([*gpg, "--quick-generate-key", "throw-away", "rsa3072", "sign", "1d"], env=environment, check=True,
                       capture_output=True)
        armored = subprocess.run([*gpg, "--armor", "--export-secret-keys"], env=environment, check=True, capture_output=True,
                                 text=True).stdout
        return armored, environment

    def run_step(self, name, **secrets):
        done = subprocess.run(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", dict(workflow_steps("release.yml"))[name]], cwd=self.root,
                              env={**self.environment, "GITHUB_REF_NAME": f"v{VERSION}", "GITHUB_REPOSITORY": "acme/mlflow",
                                   "TMPDIR": str(self.folder / "tmp"), **secrets},
                              text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        self.assertEqual(done.returncode, 0, done.stdout)
        for value in filter(None, secrets.values()):
            self.assertNotIn(value, done.stdout)

    def test_release(self):
        """As the runner does it: check, package, carry over, draft."""
        self.stand_ins()
        (self.folder / "tmp").mkdir()
        self.assertEqual([title for title, command in workflow_steps("release.yml") if "\n" in command],
                         ["See whether anything is missing", "Build, pack and sign", "Draft the release"])
        for passphrase in ("", "a passphrase"):
            with self.subTest(passphrase):
                shutil.rmtree(self.root / "build/package", ignore_errors=True)
                shutil.rmtree(self.root / "dist", ignore_errors=True)
                key, keyring = self.make_key(passphrase)
                self.run_step("See whether anything is missing")
                self.assertEqual(set(self.noted("checked")), {VERSION})
                self.run_step("Build, pack and sign", GPG_PRIVATE_KEY=key, GPG_PASSPHRASE=passphrase)
                self.assertEqual(list((self.folder / "tmp").iterdir()), [], "the key stays nowhere")
                (self.root / "dist").mkdir()
                for file in (self.root / "build/package").glob("terraform-provider-mlflow_*"):
                    shutil.copy(file, self.root / "dist")
                (self.folder / "bundle.json").write_text("{}\n")
                self.run_step("Draft the release", GH_TOKEN="s3cret-t0ken", BUNDLE=str(self.folder / "bundle.json"))
                self.assert_draft(keyring)

    def assert_draft(self, keyring):
        """What both registries take: https://developer.hashicorp.com/terraform/registry/providers/publishing."""
        called = self.noted("gh")
        self.assertEqual(called[:3], ["release", "create", f"v{VERSION}"])
        self.assertLessEqual({"--draft", "--verify-tag"}, set(called))
        notes = (self.root / called[called.index("--notes-file") + 1]).read_text()
        self.assertEqual(notes, "### Added\n\n- What is new.\n")
        files = [pathlib.Path(name) for name in called if name.startswith("dist/")]
        stem = f"terraform-provider-mlflow_{VERSION}"
        self.assertEqual(sorted(file.name for file in files),
                         sorted(f"{stem}_{end}" for end in ("SHA256SUMS", "SHA256SUMS.sig", "linux_amd64.spdx.json",
                                                            "linux_amd64.zip", "manifest.json", "provenance.json")))
        sums = self.root / f"dist/{stem}_SHA256SUMS"
        summed = {line.split("  ")[1] for line in sums.read_text().splitlines()}
        self.assertEqual({file.name for file in files} - summed,
                         {f"{stem}_{end}" for end in ("SHA256SUMS", "SHA256SUMS.sig", "provenance.json")})
        subprocess.run(["gpg", "--verify", f"{sums}.sig", sums], env=keyring, check=True, capture_output=True)


if __name__ == "__main__":
    unittest.main()
