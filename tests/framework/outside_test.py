"""tfcpp outside of this tree: installed into an empty prefix, and the examples copied to folders of their own, built against
it and driven by the real client, as a newcomer would."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ["FRAMEWORK_BUILD"])
EXAMPLES = SOURCE / "examples/framework"

REST = """
#include <iostream>

#include "rest/curl_transport.h"
#include "tfcpp/base/context.h"

int main() {
  tfcpp::NullLogger log;
  tfcpp::rest::CurlTransport transport({.connect_timeout = std::chrono::seconds(5)});
  const auto answer = transport.Send({.stop = {}, .log = log}, {.url = "http://127.0.0.1:1/"});
  std::cout << (answer.has_value() ? "answered" : answer.error().message) << std::endl;
}
"""
# What tfcpp_add_provider is told wrongly, and what it says.
MISTAKES = {
    "a name that Terraform does not look for": ("hello ADDRESS a.example/b/hello VERSION 1.0.0 SOURCES main.cc",
                                                "terraform-provider-TYPE"),
    "an address of another type": ("terraform-provider-hello ADDRESS a.example/b/other VERSION 1.0.0 SOURCES main.cc",
                                   "HOST/NAMESPACE/hello"),
    "no address": ("terraform-provider-hello VERSION 1.0.0 SOURCES main.cc", "HOST/NAMESPACE/hello"),
    "a version that is none": ("terraform-provider-hello ADDRESS a.example/b/hello VERSION v1 SOURCES main.cc",
                               'like 1.2.3, not "v1"'),
    "no sources": ("terraform-provider-hello ADDRESS a.example/b/hello VERSION 1.0.0", "SOURCES"),
    "a word too much": ("terraform-provider-hello SHARED ADDRESS a.example/b/hello VERSION 1.0.0 SOURCES main.cc",
                        'knows nothing of "SHARED"'),
}


def run(*command, cwd, check=True, **more):
    done = subprocess.run([str(part) for part in command], cwd=cwd, text=True, check=False, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, **more)
    if check and done.returncode != 0:
        raise AssertionError(f"{command} exited with {done.returncode}:\n{done.stdout}")
    return done.stdout


class Installed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.root = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory(prefix="tfcpp-")))
        cls.prefix = cls.root / "prefix"
        for component in ("tfcpp", "tfcpp_rest"):
            run("cmake", "--install", BUILD, "--component", component, "--prefix", cls.prefix, cwd=cls.root)

    def folder(self, name):
        folder = self.root / name
        folder.mkdir()
        return folder

    def configure(self, folder, *options, prefix=None, check=True):
        return run("cmake", "-G", "Ninja", "-B", "build", f"-DCMAKE_PREFIX_PATH={prefix or self.prefix}",
                   "-DCMAKE_BUILD_TYPE=Debug", *options, cwd=folder, check=check)

    def build_example(self, name):
        folder = self.root / name
        shutil.copytree(EXAMPLES / name, folder)
        self.configure(folder)
        run("cmake", "--build", "build", cwd=folder)
        return folder


class LibraryTest(Installed):
    def test_names_no_path_of_the_machine_that_built_it(self):
        files = [path for path in self.prefix.rglob("*") if path.is_file()]
        self.assertGreater(len(files), 80)
        for path in files:
            for name in (SOURCE, BUILD, pathlib.Path.home()):
                self.assertNotIn(f"{name}/".encode(), path.read_bytes(), path)

    def test_headers_name_no_third_party(self):
        for path in self.prefix.glob("include/**/*.h"):
            for line in path.read_text().splitlines():
                if line.startswith("#include"):
                    self.assertNotRegex(line, r"grpc|google|msgpack|rapidjson|openssl|curl/|pb\.h", path)

    def test_rest_is_a_component_of_its_own(self):
        folder = self.folder("rest")
        (folder / "main.cc").write_text(REST)
        (folder / "CMakeLists.txt").write_text(
            "cmake_minimum_required(VERSION 3.25)\nproject(a LANGUAGES CXX)\n"
            "find_package(tfcpp 0.2 REQUIRED COMPONENTS rest)\nadd_executable(a main.cc)\n"
            "target_link_libraries(a PRIVATE tfcpp::rest)\n")
        self.configure(folder)
        run("cmake", "--build", "build", cwd=folder)
        self.assertIn("127.0.0.1", run("build/a", cwd=folder))

        alone = self.root / "alone"
        run("cmake", "--install", BUILD, "--component", "tfcpp", "--prefix", alone, cwd=self.root)
        shutil.rmtree(folder / "build")
        self.assertIn("The component rest is not installed", self.configure(folder, prefix=alone, check=False))

    def test_mistakes_of_an_author(self):
        folder = self.folder("mistakes")
        (folder / "main.cc").write_text("int main() {}\n")
        for what, (arguments, told) in MISTAKES.items():
            with self.subTest(what):
                (folder / "CMakeLists.txt").write_text(
                    "cmake_minimum_required(VERSION 3.25)\nproject(a LANGUAGES CXX)\n"
                    f"find_package(tfcpp 0.2 REQUIRED)\ntfcpp_add_provider({arguments})\n")
                self.assertIn(told, " ".join(self.configure(folder, check=False).split()))

    def test_is_a_part_of_another_build_and_sets_nothing_there(self):
        folder = self.folder("inside")
        shutil.copy(EXAMPLES / "hello/main.cc", folder)
        (folder / "CMakeLists.txt").write_text(f"""
cmake_minimum_required(VERSION 3.25)
project(inside LANGUAGES CXX)
include(FetchContent)
FetchContent_Declare(tfcpp SOURCE_DIR "{SOURCE}")
FetchContent_MakeAvailable(tfcpp)
tfcpp_add_provider(terraform-provider-hello ADDRESS registry.example.com/acme/hello VERSION 0.1.0 SOURCES main.cc)
foreach(property COMPILE_OPTIONS COMPILE_DEFINITIONS LINK_OPTIONS INCLUDE_DIRECTORIES)
  get_directory_property(found ${{property}})
  message(STATUS "${{property}} of the directory: [${{found}}]")
endforeach()
get_target_property(libraries terraform-provider-hello LINK_LIBRARIES)
message(STATUS "linked: ${{libraries}}; standard: [${{CMAKE_CXX_STANDARD}}]")
""")
        told = self.configure(folder)
        for of in ("COMPILE_OPTIONS", "COMPILE_DEFINITIONS", "LINK_OPTIONS", "INCLUDE_DIRECTORIES"):
            self.assertIn(f"{of} of the directory: []", told)
        self.assertIn("tfcpp::serve", told)
        self.assertIn("standard: []", told)
        commands = run("ninja", "-C", "build", "-n", "terraform-provider-hello", cwd=folder)
        self.assertIn("Linking CXX executable terraform-provider-hello", commands)
        self.assertNotIn("rest/", commands)


class ExampleTest(Installed):
    def terraform(self, folder, *arguments, check=True):
        return run("terraform", *arguments, cwd=folder, check=check,
                   env={**os.environ, "TF_CLI_CONFIG_FILE": str(folder / "build/terraform.rc"), "NO_COLOR": "1",
                        "TF_IN_AUTOMATION": "1", "CHECKPOINT_DISABLE": "1"})

    def change(self, folder, old, new):
        text = (folder / "main.tf").read_text()
        self.assertIn(old, text)
        (folder / "main.tf").write_text(text.replace(old, new))

    def test_hello(self):
        folder = self.build_example("hello")
        self.terraform(folder, "init")
        self.assertIn('text = "Hello, world!"', self.terraform(folder, "apply", "-auto-approve"))
        self.assertIn("No changes", self.terraform(folder, "plan"))
        self.change(folder, 'name = "world"', 'name = "moon"')
        self.assertIn('text = "Hello, moon!"', self.terraform(folder, "apply", "-auto-approve"))
        self.assertIn("1 destroyed", self.terraform(folder, "destroy", "-auto-approve"))

    def test_notes(self):
        folder = self.build_example("notes")
        self.assertIn("PASSED", run("build/notes_test", cwd=folder))
        judged = run(self.prefix / "bin/tfcpp-conformance", "--apply", "build/terraform-provider-notes", cwd=folder)
        self.assertIn("held        apply-keeps-plan", judged)
        (folder / "notes.json").unlink()
        self.terraform(folder, "init")
        told = self.terraform(folder, "apply", "-auto-approve")
        self.assertIn("1 added", told)
        self.assertIn('slug = "shopping"', told)
        self.assertIn("revision = 1", told)
        notes = json.loads((folder / "notes.json").read_text())
        self.assertEqual(notes["1"]["tags"], ["food", "home"])
        self.assertEqual([*folder.glob("*.draft")], [], "the draft is closed with the run")
        self.assertIn("No changes", self.terraform(folder, "plan"))

        self.change(folder, "pinned = true", "pinned = false")
        self.assertIn("revision = 2", self.terraform(folder, "apply", "-auto-approve"))
        self.terraform(folder, "state", "rm", "notes_note.shopping")
        self.terraform(folder, "import", "notes_note.shopping", "1")
        self.assertIn("No changes", self.terraform(folder, "plan"))

        (folder / "notes.json").write_text("{}")  # gone, by somebody's hand
        self.assertIn("1 to add", self.terraform(folder, "plan"))
        (folder / "notes.json").write_text("[]")
        self.assertIn("is no JSON object", self.terraform(folder, "plan", check=False))
        (folder / "notes.json").write_text(json.dumps(notes))
        self.change(folder, 'title  = "Shopping"', 'title  = ""')
        self.assertIn("Too short a text in title", self.terraform(folder, "validate", check=False))
        self.change(folder, 'title  = ""', 'title  = "Shopping"')
        self.assertIn("1 destroyed", self.terraform(folder, "destroy", "-auto-approve"))
        run("cmake", "--build", "build", "--target", "terraform-provider-notes_docs", cwd=folder)
        self.assertIn("Words to find the note by.", (folder / "docs/resources/note.md").read_text())
        self.assertEqual(json.loads((folder / "notes.json").read_text()), {})


if __name__ == "__main__":
    unittest.main()
