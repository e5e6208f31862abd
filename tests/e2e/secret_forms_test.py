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

    # No webhook is without an address, and nothing removes it: from and to plain a, plain b, a, b, a1, b1, b2.
    address_table = {"plain a": "=bababb", "plain b": "a=ababb", "a": "ab=babb", "b": "aba=abb", "a1": "abab==b",
                     "b1": "abab==b", "b2": "ababab="}

    def test_every_change_of_an_address(self):
        forms = {name: self.forms[name].replace("%s", "url").replace('"a"', '"https://h.example/a"')
                 .replace('"b"', '"https://h.example/b"') for name in self.address_table}
        changes = {f"{before}_to_{after}".replace(" ", "_"): (forms[before], forms[after], expected)
                   for before, row in self.address_table.items() for after, expected in zip(self.address_table, row)}
        for project in self.projects():
            for column in (0, 1):
                self.write(project, {"w_" + name: f"http_url_spec = {{\n{change[column]}\n}}"
                                     for name, change in changes.items()})
                before = self.on_service(project) if column else {}
                self.workspace.forget()
                self.apply(project=project)
            sent = {u["body"]["id"] for u in self.workspace.requests("update")}
            ids = self.ids(project)
            for name, webhook in self.on_service(project).items():
                expected = changes[name[2:]][2]
                old = before[name]["http_url_spec"]["url"]
                self.assertEqual(webhook["http_url_spec"]["url"],
                                 old if expected == "=" else f"https://h.example/{expected}", name)
                self.assertEqual(ids[name] in sent, expected != "=", name)
            self.assert_plan_is_empty(project=project)

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
