"""The table of scripts/test_client.sh: right about clients that are known, and no feature is taken for lacked that is not."""

import unittest

import features
from harness import Case, client_of


class FeaturesTest(Case):
    def outcomes(self, client):
        return {feature.name: outcome for feature, outcome, _ in features.outcomes(client)}

    def stand_in(self, version, commands=""):
        """The newest client under another name, which may not know some commands."""
        path = self.project.root / "client"
        path.write_text(f"#!/bin/sh\ncase $1 in\nversion) echo '{version}'; exit ;;\n{commands}\nesac\n"
                        f'exec "{client_of("1.15")}" "$@"\n')
        path.chmod(0o755)
        return str(path)

    def test_what_terraform_has_since_when(self):
        for line in ("1.6", "1.8", "1.15"):
            with self.subTest(line):
                version = tuple(map(int, line.split(".")))
                self.assertEqual(self.outcomes(client_of(line)),
                                 {f.name: "held" if version >= f.since else "lacked" for f in features.FEATURES})

    def test_a_client_that_says_it_lacks_a_feature(self):
        no_query = """query) echo 'There is no command named "query".' >&2; exit 1 ;;"""
        for version, expected in (("OpenTofu v1.12.6", "lacked"), ("Terraform v1.13.0", "lacked"),
                                  ("Terraform v1.15.5", "FAILED")):
            with self.subTest(version):
                found = self.outcomes(self.stand_in(version, no_query))
                self.assertEqual(found.pop("lists (query)"), expected)
                self.assertEqual(set(found.values()), {"held"})

    def test_any_other_error_is_a_failure(self):
        broken = "query) echo 'something else' >&2; exit 1 ;;"
        self.assertEqual(self.outcomes(self.stand_in("OpenTofu v1.12.6", broken))["lists (query)"], "FAILED")


if __name__ == "__main__":
    unittest.main()
