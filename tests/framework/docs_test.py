"""tfcpp_docs of providers that other people's projects make in other ways: each gets its pages, from what is installed."""

import shutil
import unittest

from outside_test import EXAMPLES, Installed, run

ADD = "tfcpp_add_provider(terraform-provider-{0} ADDRESS registry.example.com/acme/{0} VERSION 0.1.0 SOURCES {1})\n"
DOCS = "tfcpp_docs(terraform-provider-{0} OUTPUT pages/{0}{1})\n"

# A main that calls into a library, which has the provider and calls Serve.
LIBRARY = """
#include "hello.cc"
int Run(int argc, char** argv) { return serve_hello(argc, argv); }
"""
MAIN = "int Run(int argc, char** argv);\nint main(int argc, char** argv) { return Run(argc, argv); }\n"

# The project's lines; {0} is the type.
SHAPES = {
    "plain": ADD.format("{0}", "hello.cc") + DOCS.format("{0}", " TEST plain_pages"),
    "static": ADD.format("{0}", "hello.cc STATIC") + DOCS.format("{0}", ""),
    "generated": "add_custom_command(OUTPUT generated.cc COMMAND ${{CMAKE_COMMAND}} -E copy "
                 "${{CMAKE_CURRENT_SOURCE_DIR}}/hello.cc generated.cc DEPENDS hello.cc)\n"
                 + ADD.format("{0}", "generated.cc") + DOCS.format("{0}", ""),
    # What is said of the target after tfcpp_docs counts as well.
    "late": ADD.format("{0}", "main.cc") + DOCS.format("{0}", "")
            + "target_sources(terraform-provider-{0} PRIVATE library.cc)\n",
    "library": "add_library(hello_library STATIC library.cc)\n"
               "target_compile_definitions(hello_library PRIVATE TFCPP_PROVIDER_ADDRESS=\"registry.example.com/acme/{0}\" "
               "TFCPP_PROVIDER_VERSION=\"0.1.0\")\ntarget_link_libraries(hello_library PUBLIC tfcpp::serve)\n"
               + ADD.format("{0}", "main.cc") + DOCS.format("{0}", "")
               + "target_link_libraries(terraform-provider-{0} PRIVATE hello_library)\n",
    "sanitized": ADD.format("{0}", "hello.cc") + DOCS.format("{0}", "")
                 + "target_compile_options(terraform-provider-{0} PRIVATE -fsanitize=address)\n"
                   "target_link_options(terraform-provider-{0} PRIVATE -fsanitize=address)\n",
}


class DocsTest(Installed):
    def project(self):
        folder = self.folder("docs")
        hello = (EXAMPLES / "hello/main.cc").read_text()
        (folder / "hello.cc").write_text(hello)
        (folder / "library.cc").write_text(LIBRARY.replace('#include "hello.cc"', hello.replace("int main(", "int serve_hello(")))
        (folder / "main.cc").write_text(MAIN)
        (folder / "CMakeLists.txt").write_text(
            "cmake_minimum_required(VERSION 3.25)\nproject(a LANGUAGES CXX)\nenable_testing()\n"
            "find_package(tfcpp 0.2 REQUIRED)\n" + "".join(lines.format(name) for name, lines in SHAPES.items()))
        self.configure(folder, "-DCMAKE_BUILD_TYPE=Release")
        return folder

    def test_every_shape_of_a_project(self):
        folder = self.project()
        for name in SHAPES:
            with self.subTest(name):
                run("cmake", "--build", "build", "--target", f"terraform-provider-{name}_docs", cwd=folder)
                pages = folder / "pages" / name
                self.assertEqual({path.relative_to(pages).as_posix() for path in pages.rglob("*.md")},
                                 {"index.md", "resources/greeting.md"})
                self.assertIn("- `name` (string) Who is greeted.", (pages / "resources/greeting.md").read_text())

        run("cmake", "--build", "build", "--target", "terraform-provider-plain_docs_writer", cwd=folder)
        self.assertIn("100% tests passed", run("ctest", "--test-dir", "build", cwd=folder))
        page = folder / "pages/plain/index.md"
        page.write_text(page.read_text() + "by hand\n")
        self.assertIn("plain_pages (Failed)", run("ctest", "--test-dir", "build", cwd=folder, check=False))

    def test_mistakes_of_an_author(self):
        folder = self.folder("mistakes")
        shutil.copy(EXAMPLES / "hello/main.cc", folder / "hello.cc")
        for line, told in (("tfcpp_docs(terraform-provider-other)", "wants a target of tfcpp_add_provider"),
                           ("tfcpp_docs(terraform-provider-plain FOLDER docs)", 'knows nothing of "FOLDER;docs"')):
            with self.subTest(line):
                (folder / "CMakeLists.txt").write_text(
                    "cmake_minimum_required(VERSION 3.25)\nproject(a LANGUAGES CXX)\nfind_package(tfcpp 0.2 REQUIRED)\n"
                    + ADD.format("plain", "hello.cc") + line + "\n")
                self.assertIn(told, " ".join(self.configure(folder, check=False).split()))


if __name__ == "__main__":
    unittest.main()
