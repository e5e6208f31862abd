"""Another address for the provider: TFCPP_PROVIDER_ADDRESS, from one place to all that has or shows it."""

import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

import package_test
from harness import ADDRESS, HTTP, SOURCE, Case, provider_binary, setting

OTHER = "registry.example.com/other/mlflow"
SHOWN_IN = ("README.md", "docs", "examples", "terraform")


class TreeTest(unittest.TestCase):
    """What users read: examples, modules, documentation."""

    def setUp(self):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="tfcpp-address-"))
        self.addCleanup(shutil.rmtree, self.root)
        for name in SHOWN_IN:
            (shutil.copy if (SOURCE / name).is_file() else shutil.copytree)(SOURCE / name, self.root / name)
        self.before = self.texts()

    def write(self, address, version, *options):
        return subprocess.run(["python3", SOURCE / "tools/provider_names.py", self.root, address, version, *options],
                              capture_output=True, text=True, check=False)

    def texts(self):
        return {path.relative_to(self.root): path.read_text() for path in self.root.rglob("*.*") if path.suffix not in (".svg", ".json")
                and path.is_file() and path.relative_to(self.root).parts[:2] != ("docs", "dev")}

    def assert_all_follows(self, address, version, old):
        """Each text that has `old`, and no other, becomes another; the pages are still made of the examples."""
        self.assertEqual(self.write(address, version, "--check").returncode, 1)
        self.assertEqual(self.texts(), self.before)
        self.assertEqual(self.write(address, version).returncode, 0)
        after = self.texts()
        self.assertEqual({path for path in after if after[path] != self.before[path]},
                         {path for path, text in self.before.items() if re.search(old, text)})
        self.assertEqual([path for path, text in after.items() if re.search(old, text)], [])
        self.assertEqual(self.write(address, version, "--check").returncode, 0)
        done = subprocess.run([setting("DOCS"), self.root / "docs", "--examples", self.root / "examples", "--check"], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertEqual(self.write(ADDRESS, package_test.version()).returncode, 0)
        self.assertEqual(self.texts(), self.before)

    def test_another_address(self):
        self.assert_all_follows(OTHER, package_test.version(), re.escape(ADDRESS.rpartition("/")[0]))

    def test_another_version(self):
        own = re.escape(package_test.version().rpartition(".")[0])
        self.assert_all_follows(ADDRESS, "7.8.9", rf'"~> {own}"|terraform-provider-mlflow_{own}')


class LiteralTest(unittest.TestCase):
    # The one place, what shows it to users (tools/provider_names.py), and pages and tests that speak of several
    # addresses.
    MAY_NAME_IT = ("CMakeLists.txt", "CHANGELOG.md", "README.md", "docs/", "examples/", "terraform/", "tests/e2e/address_test.py")

    def test_nothing_else_names_the_address(self):
        """Programs, tests, scripts and workflows take it from the build or from the example of the provider."""
        tracked = subprocess.run(["git", "-C", SOURCE, "grep", "-lF", ADDRESS.rpartition("/")[0]], capture_output=True, text=True,
                                 check=True).stdout.split()
        self.assertIn("CMakeLists.txt", tracked)
        self.assertEqual([path for path in tracked if not path.startswith(self.MAY_NAME_IT)], [])


class BuildTest(Case):
    def configure(self, folder, address):
        return subprocess.run(["cmake", "-S", SOURCE, "-B", folder, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Debug",
                               "-DTFCPP_TESTS=OFF", f"-DTFCPP_PROVIDER_ADDRESS={address}"], capture_output=True, text=True,
                              check=False)

    def test_what_is_no_address(self):
        for address in ("acme/mlflow", "registry.terraform.io/acme/other", "registry.terraform.io/Acme/mlflow",
                        "https://registry.terraform.io/acme/mlflow"):
            with self.subTest(address):
                done = self.configure(self.project.root / "refused", address)
                self.assertNotEqual(done.returncode, 0)
                self.assertIn("HOST/NAMESPACE/mlflow", done.stderr)

    def test_binary_and_mirrors_follow(self):
        """Up to the compiler, for a whole build would be made for a single constant."""
        build = self.project.root / "build"
        done = self.configure(build, OTHER)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(f'kProviderAddress[] = "{OTHER}";', (build / "provider/gen/provider/version.h").read_text())
        self.assertIn(f"/share/terraform/plugins/{OTHER}/", (build / "provider/cmake_install.cmake").read_text())
        made = (build / "build.ninja").read_text()
        self.assertIn(f"{build}/mirror/{OTHER}/", made)
        self.assertNotIn(ADDRESS, made)

    def test_release_files_of_another_address(self):
        out = self.project.root / "package"
        sbom = self.project.root / "sbom"
        sbom.write_text('{"packages": [{"name": "the program"}]}')
        package_test.run(SOURCE / "tools/package.py", "--version", package_test.version(), "--address", OTHER, "--out", out,
                         f"linux_amd64={provider_binary()},{SOURCE / 'LICENSE'},{sbom}")
        (self.project.root / "terraform.rc").write_text(
            f'provider_installation {{\n  filesystem_mirror {{ path = "{out}/mirror" }}\n}}\n')
        self.project.resource(HTTP)
        main = self.project.folder / "main.tf"
        main.write_text(main.read_text().replace(ADDRESS, OTHER))
        self.apply()
        self.assertEqual(len(self.workspace.webhooks()), 1)

    def test_the_binary_says_its_address(self):
        process = subprocess.Popen([provider_binary(), "-debug"], stdout=subprocess.PIPE, text=True)
        attach = next(line for line in process.stdout if line.startswith("TF_REATTACH_PROVIDERS="))
        process.terminate()
        process.communicate()
        self.assertIn(f'"{ADDRESS}"', attach)


if __name__ == "__main__":
    unittest.main()
