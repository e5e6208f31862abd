"""What a plan decided is what its apply sends, with real clients: under ignore_changes, in replacements, by saved plans. With
ignore_changes a plan is shown the state's values, and an apply what is written."""

import json
import unittest

from decided import ANOTHER_KIND, FIRST, KEPT, OTHER, SECRETS, THIRD, DecidedCase, hashed

NOT_DECIDED = "Target cannot be sent without its secrets"


def frozen(ignores=("all", "[%(spec)s]", "[%(attribute)s]")):
    """Name to (secret, ignore_changes), for every secret and every way to ignore it."""
    return {f"{secret.name}_{number}": (secret, ignore % vars(secret))
            for secret in SECRETS for number, ignore in enumerate(ignores)}


class FrozenTest(DecidedCase):
    def test_the_plan_is_empty_and_nothing_of_the_secret_is_sent(self):
        rows = frozen()
        secrets = {name: secret for name, (secret, _) in rows.items()}
        for project in self.projects():
            self.write(project, {name: (secret.target(), ignore) for name, (secret, ignore) in rows.items()})
            self.apply(project=project, **FIRST)
            private = self.private(project)
            self.workspace.forget()
            for value in (FIRST, OTHER):
                plan = self.assert_plan_is_empty(project=project, **value)
                for secret in SECRETS:
                    self.assertIn(KEPT, plan.flat)
                self.apply(project=project, **value)
            # Taken out of the block that is ignored, and another kind of target in its place.
            self.write(project, {name: (secret.target(members=""), ignore) for name, (secret, ignore) in rows.items()})
            self.apply(project=project)
            self.write(project, {name: (ANOTHER_KIND[secret.spec], "all") for name, (secret, _) in rows.items()})
            self.assert_plan_is_empty(project=project, **OTHER)
            self.apply(project=project, **OTHER)
            self.assertEqual(self.workspace.requests("update"), [])
            self.assert_has(project, secrets, FIRST)
            self.assertEqual(self.private(project), private)

    def test_with_a_version_there_is_not_even_a_warning(self):
        rows = frozen()
        for project in self.projects():
            self.write(project, {name: (secret.versioned(1), ignore) for name, (secret, ignore) in rows.items()})
            self.apply(project=project, **FIRST)
            for version in (1, 2):
                self.write(project, {name: (secret.versioned(version), "all") for name, (secret, _) in rows.items()})
                self.assertNotIn("Warning", self.assert_plan_is_empty(project=project, **OTHER).flat)

    def test_an_update_of_something_else_sends_only_that(self):
        rows = {}
        for secret in SECRETS:
            whole, part = f"[{secret.spec}]", f"[{secret.attribute}]"
            for number, row in enumerate([
                    (secret.target(), whole), (secret.target(), part),  # a new value
                    (secret.target(members=""), whole), (secret.target(members=""), part),  # taken out
                    (secret.target(other=True), whole), (secret.versioned(7), whole), (secret.alone(7), whole),
                    (ANOTHER_KIND[secret.spec], "[http_url_spec, job_spec]"),
                    # A secret that was never there.
                    *([(secret.target(members='secret_wo = var.s\nauthorization_header_wo = var.s'), whole),
                       (secret.target(members='secret = "new"'), whole)] if secret.spec == "http_url_spec" else [])]):
                rows[f"{secret.name}_{number}"] = (secret, *row)
        secrets = {name: row[0] for name, row in rows.items()}
        for project in self.projects():
            self.write(project, {name: (secret.target(), ignore) for name, (secret, _, ignore) in rows.items()})
            self.apply(project=project, **FIRST)
            private = self.private(project)
            self.write(project, {name: row[1:] for name, row in rows.items()}, description="new")
            self.workspace.forget()
            self.apply(project=project, **OTHER)
            self.assert_sent(project, "description")
            self.assert_has(project, secrets, FIRST)
            self.assertEqual(self.private(project), private)
            # What is remembered is what was sent: thawed, the first value is no change, and another one is.
            self.write(project, {name: secret.target() for name, secret in secrets.items()}, description="new")
            self.assert_plan_is_empty(project=project, **FIRST)
            self.assertIn(f"{len(rows)} to change", self.plan(project=project, **OTHER).flat)

    def test_a_target_that_must_go(self):
        secrets = {secret.name: secret for secret in SECRETS}

        def write(make, **common):
            self.write(project, {name: make(secret) for name, secret in secrets.items()}, **common)

        def hidden(**more):
            return lambda secret: (secret.target(**more), f"[{secret.attribute}]")

        for project in self.projects():
            write(hidden())
            self.apply(project=project, **FIRST)
            private = self.private(project)
            write(hidden(other=True))
            self.assertIn("Secrets that go with the target are not shown", self.plan(project=project, **OTHER).flat)
            # A new value is neither sent nor dropped, and none is no removal.
            for make, value in ((hidden(other=True), OTHER), (hidden(other=True, members=""), {})):
                write(make)
                with self.expecting("list"):
                    text = self.refuse("apply", "-auto-approve", project=project, **value)
                self.assertEqual(text.count(NOT_DECIDED), len(SECRETS), text)
                for secret in SECRETS:
                    self.assertIn(f"- {secret.attribute}: ", text)
                self.assertNotIn("canary", text)
                self.assertEqual(self.private(project), private)
            # The remembered one goes along.
            write(hidden(other=True))
            self.apply(project=project, **FIRST)
            self.assert_has(project, secrets, FIRST)
            write(lambda secret: secret.target(other=True))
            self.assert_plan_is_empty(project=project, **FIRST)
            # So does a new one whose version is unchanged. A new version is a new value.
            write(lambda secret: (secret.versioned(1, other=True), f"[{secret.attribute}]"))
            self.assertIn(NOT_DECIDED, self.refuse("apply", "-auto-approve", project=project, **FIRST))
            write(lambda secret: secret.versioned(1, other=True))
            self.apply(project=project, **FIRST)
            write(lambda secret: (secret.versioned(1), f"[{secret.attribute}]"))
            self.apply(project=project, **THIRD)
            self.assert_has(project, secrets, THIRD)

    def test_replacements(self):
        rows = frozen(("all", "[%(attribute)s]"))
        secrets = {name: secret for name, (secret, _) in rows.items()}
        for project in self.projects():
            for before in ("false", "true"):
                self.write(project, {name: (secret.target(), ignore) for name, (secret, ignore) in rows.items()},
                           before=before)
                self.apply(project=project, **FIRST)
                first = self.ids(project)
                self.apply(*(f"-replace=mlflow_webhook.{name}" for name in rows), project=project, **OTHER)
                for name, webhook_id in self.ids(project).items():
                    self.assertNotEqual(webhook_id, first[name])
                self.assert_has(project, secrets, OTHER)
                self.assertNotIn("decision", json.dumps(self.private(project)))
                self.write(project, {name: secret.target() for name, secret in secrets.items()}, before=before)
                self.assert_plan_is_empty(project=project, **OTHER)

    def test_another_kind_of_target_where_one_of_the_two_is_ignored(self):
        """The first plan is shown both targets or none; the replacement is planned and made by what is written."""
        http = 'http_url_spec = { url = "https://example.com" }'
        for project in self.projects():
            rows = {"this": (http, "[job_spec]"), "that": (http, "[http_url_spec]")}
            self.write(project, rows)
            self.apply(project=project)
            self.write(project, {name: ('job_spec = { job_id = "1" }', ignore) for name, (_, ignore) in rows.items()})
            self.assertIn("2 added, 0 changed, 2 destroyed", self.apply(project=project).flat)
            for webhook in self.on_service(project).values():
                self.assertEqual(webhook["job_spec"]["job_id"], "1")
                self.assertIsNone(webhook.get("http_url_spec"))

    def test_what_is_ignored_must_fit_the_rest(self):
        """An update is shown a configuration that nobody wrote: a plain secret of the state beside the write-only one."""
        http = 'http_url_spec = {\n url = "https://example.com"\n %s\n }'
        for project in self.projects():
            self.write(project, {"this": http % 'secret = "plain"'})
            self.apply(project=project)
            self.write(project, {"this": (http % 'secret_wo = "written"', "[http_url_spec.secret]")})
            with self.expecting("list"):
                text = self.refuse("apply", "-auto-approve", project=project)
            self.assertIn("One secret in two forms", text)
            self.assertIn("ignore_changes", text)


class DecisionTest(DecidedCase):
    def test_a_null_removes_nothing_and_a_version_alone_does(self):
        secrets = {secret.name: secret for secret in SECRETS}
        for project in self.projects():
            self.write(project, {name: secret.target() for name, secret in secrets.items()})
            self.apply(project=project, **FIRST)
            for secret in SECRETS:
                self.write(project, {**{name: other.target() for name, other in secrets.items()},
                                     secret.name: secret.target(members="")})
                plan = self.assert_plan_is_empty(project=project, **FIRST)
                self.assertEqual(plan.flat.count("Warning: "), 1, plan.text)
                self.assertIn(KEPT, plan.flat)
                self.assertIn(f"has no {secret.attribute}; the webhook keeps its own; to remove it, set "
                              f"{secret.attribute}_version alone", plan.flat)
            self.assert_has(project, secrets, FIRST)
            self.write(project, {name: secret.alone(1) for name, secret in secrets.items()})
            self.assertIn("3 to change", self.plan(project=project).flat)
            self.apply(project=project)
            # And stays away when the target is sent.
            for other in (False, True):
                self.write(project, {name: secret.alone(1, other=other) for name, secret in secrets.items()})
                self.apply(project=project)
                self.assert_plan_is_empty(project=project)
                found = {name: webhook[secrets[name].spec].get(secrets[name].member) or None
                         for name, webhook in self.on_service(project).items()}
                self.assertEqual(found, {"secret": None, "authorization_header": None,
                                         "access_token": hashed(self.workspace.token)})

    def test_a_saved_plan(self):
        """Up to 1.15 the client makes the plan again, and what that one decides counts."""
        secrets = {"this": SECRETS[0]}
        for project in self.projects():
            self.write(project, {"this": SECRETS[0].target()})
            self.apply(project=project, **FIRST)
            self.write(project, {"this": SECRETS[0].target()}, description="new")
            self.assertEqual(project.run("plan", "-out=saved", **FIRST).code, 0)
            self.workspace.forget()
            self.assertEqual(project.run("apply", "saved", **FIRST).code, 0)
            self.assert_sent(project, "description")
            self.assert_has(project, secrets, FIRST)
            self.assert_plan_is_empty(project=project, **FIRST)
            self.assertEqual(project.run("plan", "-out=saved", **OTHER).code, 0)
            output = project.run("apply", "saved", **THIRD)
            self.assertEqual(output.code, 0, output.text)
            self.assert_has(project, secrets, THIRD)
            self.assert_plan_is_empty(project=project, **THIRD)
            self.assertNotIn("decision", self.private(project)["this"])

    def test_a_failed_apply_keeps_the_private_data_from_before_the_plan(self):
        for project in self.projects():
            self.write(project, {"this": SECRETS[0].target()})
            self.apply(project=project, **FIRST)
            private = self.private(project)
            self.workspace.fault("status", status=400, operation="update", times=1, error_code="INVALID_PARAMETER_VALUE")
            self.refuse("apply", "-auto-approve", project=project, **OTHER)
            self.assertEqual(self.private(project), private)
            self.apply(project=project, **OTHER)
            self.assert_has(project, {"this": SECRETS[0]}, OTHER)


if __name__ == "__main__":
    unittest.main()
