"""Every change between two forms of a secret, for every secret, with real clients. The unit test forms_test.cc has the same
table, and those of the changes under ignore_changes."""

import unittest

from decided import KEPT, SECRETS, DecidedCase, hashed


class FormsTest(DecidedCase):
    # Name to members; what each says of the plain form, the write-only one, and the version.
    forms = {"none": "", "plain a": '%s = "a"', "plain b": '%s = "b"', "a": '%s_wo = "a"', "b": '%s_wo = "b"',
             "a1": '%s_wo = "a"\n%s_wo_version = 1', "b1": '%s_wo = "b"\n%s_wo_version = 1',
             "b2": '%s_wo = "b"\n%s_wo_version = 2', "1": "%s_wo_version = 1", "2": "%s_wo_version = 2"}
    # What is sent: a, b, r: the target without the secret, which is thereby removed; = is nothing, k with a warning.
    #          to none, plain a, plain b, a, b, a1, b1, b2, 1, 2
    table = {"none": "=abababbrr",
             "plain a": "r=bababbrr",
             "plain b": "ra=ababbrr",
             "a": "kab=babbrr",
             "b": "kaba=abbrr",
             "a1": "rabab==b=r",
             "b1": "rabab==b=r",
             "b2": "rababab=r=",
             "1": "rabab==b=r",
             "2": "rababab=r="}

    def test_every_change(self):
        changes = {}
        for secret in SECRETS:
            for before, row in self.table.items():
                for after, expected in zip(self.forms, row):
                    name = f"{secret.name}_{before}_to_{after}".replace(" ", "_")
                    changes[name] = (secret, before, after, expected)

        def write(column):
            self.write(project, {name: change[0].target(members=self.forms[change[column]].replace("%s", change[0].name))
                                 for name, change in changes.items()})

        for project in self.projects():
            write(1)
            self.apply(project=project)
            before = self.on_service(project)
            write(2)
            self.workspace.forget()
            text = self.apply(project=project).flat
            self.assertIn(f"{sum(c[3] not in '=k' for c in changes.values())} changed", text)
            self.assertIn(KEPT, text)
            sent = {u["body"]["id"] for u in self.workspace.requests("update")}
            ids = self.ids(project)
            for name, webhook in self.on_service(project).items():
                secret, _, _, expected = changes[name]
                found = webhook[secret.spec].get(secret.member) or None
                removed = hashed(self.workspace.token) if secret.spec == "job_spec" else None
                value = {"=": before[name][secret.spec].get(secret.member) or None, "r": removed}
                value["k"] = value["="]
                self.assertEqual(found, value.get(expected, hashed(expected)), name)
                self.assertEqual(ids[name] in sent, expected not in "=k", name)
            self.assert_plan_is_empty(project=project)


if __name__ == "__main__":
    unittest.main()
