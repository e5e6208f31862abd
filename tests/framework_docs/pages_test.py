"""The code of docs/framework: that of every page is compiled, and no fence hides C++ from that."""

import pathlib
import re
import unittest

HERE = pathlib.Path(__file__).resolve().parent
# The tutorial's files and commands are tried as they stand, by tests/framework.
PAGES = sorted(page for page in (HERE.parents[1] / "docs/framework").glob("*.md") if page.name != "tutorial.md")
KINDS = {"cpp", "cmake", "hcl", "sh", "text", "json"}


class PagesTest(unittest.TestCase):
    def test_there_are_pages(self):
        self.assertGreater(len(PAGES), 5)

    def test_every_block_says_what_it_is(self):
        """A block of another name would not be compiled."""
        for page in PAGES:
            fences = re.findall(r"^\s*```(.*)$", page.read_text(), re.M)
            with self.subTest(page=page.name):
                self.assertEqual(len(fences) % 2, 0)
                self.assertEqual([kind for kind in fences[::2] if kind not in KINDS], [])
                self.assertEqual(set(fences[1::2]) - {""}, set())

    def test_every_page_with_code_has_a_test(self):
        included = {name for test in HERE.glob("*_test.cc")
                    for name in re.findall(r'#include "framework_docs/(.*)\.h"', test.read_text())}
        with_code = {page.name for page in PAGES if re.search(r"^```cpp$", page.read_text(), re.M)}
        self.assertEqual(with_code - included, set())


if __name__ == "__main__":
    unittest.main()
