"""tools/check_comments.py: what must trip it, and what must not."""

import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

CHECK = pathlib.Path(__file__).resolve().parents[2] / "tools/check_comments.py"

# Words of 110 to 118 characters behind "// ": only short ones fit after them.
FULL = "// The socket's file goes when the first stream of the host is open, because nobody else is to find the door"
LONG = "// Nobody dials for the time that was given, or whoever started it died before it dialled: likewise, and with the status 0"

TORN = {
    "a word that would have fit": f"{FULL} of\n// this process.",
    "a remainder that goes on": "// Where the type is dynamic, the concrete type follows from the text ([..] a\n// tuple,\n// {..} an object).",
    "a new sentence behind a cut one": "// Terraform takes it for no such feature: state stores. Lifetime:\n// provider and log must outlive it.",
    "a name in capitals, in mid-sentence": "// It is called by\n// Terraform.",
    "an indented paragraph": "// Exactly one:\n//   session null: something is not known yet, as the host that comes from a "
                             "resource of\n//   this run.",
    "code with an open bracket": '//   Value spec = Value::Object({{"url", x}, {"secret",\n//   Value::Null()}});',
    "code with an open assignment": "//   {.name = id, .mode = Mode::kComputed, .plan_modifiers =\n//   {UseState()}},",
    "behind code": "int a;  // the one that\n        // is meant",
    "in Python": "# One of\n# two.",
    "too long": LONG,
    "too long, indented": "  " + LONG,
    "too long, behind code": f"int the_number_of_things = 0;  {FULL}",
}
WHOLE = {
    "one line": "// Of this process.",
    "as many words as fit": f"{FULL} again.\n// This process is not meant.",
    "the end of a sentence": "// Pure.\n// Thread safety: none.",
    "an empty line": "// Reads files\n//\n// and keeps none",
    "a list": "// One of\n// - the first\n// - the second, which\n//   goes on",
    "a numbered list": "// Steps:\n// 1. take\n// 2. give",
    "code": "//   Find(id)\n//   if (found) return;\n//   use(found)",
    "code whose bracket is continued further in": "//   Serve({.a = 1,\n//          .b = 2});",
    "commands": "//   terraform plan\n//   terraform apply",
    "a table": "//   base     text and clocks\n//   value    types",
    "a heading of declarations": "// list_rpcs.cc\n// Sends one result.",
    "other indentation": "// It has\n//   two parts",
    "another column": "// One thing\n  // and another",
    "code between": "// One thing\nint a;\n// and another",
    "two comments behind code": "int a;  // one thing\nint b;  // and another",
    "no comment": 'const char* a = "// not\\n"\n    "// a comment";',
    "for a machine": "// NOLINTNEXTLINE(a-long-name-of-a-check-that-nobody-wrapped)\n// as it is",
    "an address that no line can hold": "// https://example.com/" + "x" * 120,
}


def name_of(number, text):
    return f"{number}.{'py' if text.startswith('#') else 'cc'}"


def check(texts, *options):
    """Runs the check over files of these texts; gives its exit code, what it found of each, and what each is then."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [pathlib.Path(folder, name_of(*each)) for each in enumerate(texts)]
        for path, text in zip(paths, texts):
            path.write_text(text + "\n")
        done = subprocess.run([sys.executable, CHECK, *options, folder], capture_output=True, text=True, check=False)
        found = [[line for line in done.stdout.splitlines() if line.startswith(f"{path.name}:")] for path in paths]
        return done.returncode, found, [path.read_text() for path in paths]


class CheckCommentsTest(unittest.TestCase):
    def test_finds_what_is_torn_or_too_long(self):
        code, found, _ = check(TORN.values())
        self.assertEqual(code, 1)
        for what, faults in zip(TORN, found):
            self.assertTrue(faults, what)
            kind = "has more than 120 characters" if what.startswith("too long") else "ends early"
            self.assertTrue(all(kind in fault for fault in faults), (what, faults))

    def test_leaves_what_is_whole(self):
        code, found, texts = check(WHOLE.values(), "--fix")
        for what, faults, before, after in zip(WHOLE, found, WHOLE.values(), texts):
            self.assertEqual(faults, [], what)
            self.assertEqual(after, before + "\n", what)
        self.assertEqual(code, 0)

    def test_mends_words_and_leaves_code_to_people(self):
        _, found, texts = check(TORN.values(), "--fix")
        for what, faults, before, after in zip(TORN, found, TORN.values(), texts):
            self.assertEqual(bool(faults), what.startswith("code"), (what, faults))
            self.assertEqual(re.sub(r"\n *(//|#)", "", after).split(), re.sub(r"\n *(//|#)", "", before).split(), what)

    def test_a_folder_without_sources_is_a_fault(self):
        self.assertEqual(check([])[0], 1)


if __name__ == "__main__":
    unittest.main()
