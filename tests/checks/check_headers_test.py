"""What tools/check_headers.py finds in public headers, and what tools/doxygen_filter.py makes of their comments."""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
import check_headers  # noqa: E402
import doxygen_filter  # noqa: E402


class HeadersTest(unittest.TestCase):
    def setUp(self):
        self.root = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.write("tools/public_headers.txt", "# text\na/*.h\n!a/own.h\n")
        self.write("src/a/good.h", "#pragma once\n#include <string>\ninline std::string Good() { return {}; }\n")
        self.write("src/a/own.h", "this is no C++\n")

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def faults(self):
        return [fault for header in check_headers.public_headers(self.root)
                for fault in check_headers.faults_of(self.root, "c++", header)]

    def test_the_list(self):
        self.assertEqual([header.name for header in check_headers.public_headers(self.root)], ["good.h"])
        self.write("tools/public_headers.txt", "a/*.h\nb/*.h\n")
        with self.assertRaisesRegex(ValueError, "b/"):
            check_headers.public_headers(self.root)

    def test_a_good_one(self):
        self.assertEqual(self.faults(), [])

    def test_one_that_needs_another_before_it(self):
        self.write("src/a/bad.h", "#pragma once\ninline std::string Bad() { return {}; }\n")
        self.assertRegex("\n".join(self.faults()), "src/a/bad.h: c[+][+]: (.|\n)*error")

    def test_one_that_warns(self):
        self.write("src/a/bad.h", "#pragma once\ninline int Bad(int a) { int b; return 1; }\n")
        self.assertRegex("\n".join(self.faults()), "Werror")

    def test_third_parties_through_others(self):
        for name in ("grpcpp/server.h", "google/protobuf/message_lite.h", "msgpack.hpp", "tfplugin6.pb.h"):
            with self.subTest(name=name):
                self.write(f"src/{name}", "#pragma once\n")
                self.write("src/inner.h", f"#pragma once\n#include <{name}>\n")
                self.write("src/a/bad.h", '#pragma once\n#include "inner.h"\n')
                self.assertRegex("\n".join(self.faults()), f"bad.h: c[+][+]: brings .*{name}")


class FilterTest(unittest.TestCase):
    def assert_becomes(self, before, after):
        self.assertEqual([line for line in doxygen_filter.filtered(before.split("\n")) if line],
                         [line for line in after.split("\n") if line])

    def test_the_file_and_what_is_declared(self):
        self.assert_becomes("// The file.\n#pragma once\n\n// Of nobody.\n\n// A thing,\n// whole.\nstruct Thing {\n};",
                            "/// @file\n/// The file.\n#pragma once\n/// A thing,\n/// whole.\nstruct Thing {\n};")

    def test_behind_a_declaration(self):
        self.assert_becomes("// F.\n\nstruct A {  // an A\n  int x = 0;  // of it,\n              // and more\n  // y's\n  int y;\n};",
                            "/// @file\n/// F.\n/// an A\nstruct A {\n  int x = 0;\n  ///< of it,\n  ///< and more\n"
                            "  /// y's\n  int y;\n};")

    def test_what_is_no_comment(self):
        text = '// F.\n\nconst char* kUrl = "https://x";\nnamespace a {\n}  // namespace a'
        self.assert_becomes(text, text.replace("// F.", "/// @file\n/// F."))

    def test_code_and_what_doxygen_would_take_for_commands(self):
        self.assert_becomes("// F\\n of <T> and `a<T>`:\n//\n//   int x;\n//\n//   x < 1;\n// @end\n",
                            "/// @file\n/// F\\\\n of \\<T\\> and `a<T>`:\n///\n/// @code{.unparsed}\n///   int x;\n///\n"
                            "///   x < 1;\n/// @endcode\n/// \\@end")

    def test_licences_are_left_out(self):
        self.assert_becomes("// SPDX-License-Identifier: Apache-2.0\n// F.\n", "/// @file\n/// F.")


class ReferenceTest(unittest.TestCase):
    def test_a_warning_fails(self):
        """The options of the script, on a header that Doxygen warns of."""
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for name in ("scripts", "tools", "src/tfcpp/a"):
                (root / name).mkdir(parents=True)
            for name in ("scripts/framework_reference.sh", "tools/check_headers.py", "tools/doxygen_filter.py"):
                (root / name).write_bytes((ROOT / name).read_bytes())
                os.chmod(root / name, 0o755)
            (root / "src/tfcpp/CMakeLists.txt").write_text("project(tfcpp VERSION 1.2.3 LANGUAGES CXX)\n")
            (root / "tools/public_headers.txt").write_text("tfcpp/a/*.h\n")
            header = root / "src/tfcpp/a/a.h"
            for text, status in (("// A.\n#pragma once\nint f();\n", 0), ("/** @nosuch command */\nint f();\n", 1)):
                header.write_text(text)
                done = subprocess.run([root / "scripts/framework_reference.sh"], capture_output=True, text=True, check=False)
                self.assertEqual(bool(done.returncode), bool(status), done.stderr)


if __name__ == "__main__":
    unittest.main()
