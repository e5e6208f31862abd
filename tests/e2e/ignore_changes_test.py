"""What a plan decided is what its apply sends: ignore_changes, replacements, saved plans, and every change between two forms
of a secret, with real clients. A plan under ignore_changes is shown the state's values, an apply what is written."""

import base64
import hashlib
import json
import unittest

from harness import HEAD, Case, client_of

VARIABLES = """
variable "s" {
  type      = string
  ephemeral = true
  default   = null
}
"""
RESOURCE = """
resource "mlflow_webhook" "%(name)s" {
  events      = ["MODEL_VERSION_CREATED"]
  description = "%(description)s"
  %(target)s
  lifecycle {
    create_before_destroy = %(before)s
    ignore_changes        = %(ignore)s
  }
}
"""
NOT_DECIDED = "Target cannot be sent without its secrets"
KEPT = "Secrets that are not configured are kept"


class Secret:
    """One write-only secret: where it stands in the configuration and on the service."""

    def __init__(self, spec, name, member, first, other):
        self.spec, self.name, self.member, self.first, self.other = spec, name, member, first, other
        self.attribute = f"{spec}.{name}_wo"

    def target(self, *, other=False, members=None):
        """With the write-only secret, if `members` does not say otherwise; `other`: another member has changed."""
        if members is None:
            members = f"{self.name}_wo = var.s"
        return f"{self.spec} = {{\n    {self.other if other else self.first}\n    {members}\n  }}"

    def versioned(self, version, **more):
        return self.target(members=f"{self.name}_wo = var.s\n    {self.name}_wo_version = {version}", **more)

    def alone(self, version, **more):
        return self.target(members=f"{self.name}_wo_version = {version}", **more)


SECRETS = [
    Secret("http_url_spec", "secret", "secret", 'url = "https://example.com/h"', 'url = "https://example.com/i"'),
    Secret("http_url_spec", "authorization_header", "authorization", 'url = "https://example.com/h"',
           'url = "https://example.com/i"'),
    Secret("job_spec", "access_token", "access_token", 'job_id = "1"', 'job_id = "2"'),
]
ANOTHER_KIND = {"http_url_spec": 'job_spec = { job_id = "9", access_token_wo = var.s }',
                "job_spec": 'http_url_spec = { url = "https://example.com/j", secret_wo = var.s }'}
FIRST, OTHER, THIRD = (dict(TF_VAR_s=f"{name}-canary") for name in ("first", "other", "third"))


def hashed(secret):
    """As the local workspace's control path shows secrets."""
    return "sha256:" + hashlib.sha256(secret.encode()).hexdigest()


class DecidedCase(Case):
    """Each test has many webhooks in one configuration, so that many cases cost one run of the client."""

    def projects(self):
        """A project for each client, each in an empty workspace."""
        for client in (None, "1.15"):
            self.workspace.reset()
            yield self.make_project(client and client_of(client))

    def write(self, project, rows, head="", **common):
        """`rows`: name to target, or to (target, ignore_changes)."""
        text = HEAD + VARIABLES + head
        for name, row in rows.items():
            target, ignore = row if isinstance(row, tuple) else (row, "[]")
            text += RESOURCE % {"name": name, "target": target, "ignore": ignore, "description": "", "before": "false",
                                **common}
        project.write(text)

    def instances(self, project):
        return {r["name"]: r["instances"][0] for r in project.state()["resources"] if r["type"] == "mlflow_webhook"}

    def ids(self, project):
        return {name: instance["attributes"]["id"] for name, instance in self.instances(project).items()}

    def private(self, project):
        return {name: base64.b64decode(instance["private"]).decode()
                for name, instance in self.instances(project).items()}

    def on_service(self, project):
        webhooks = {w["id"]: w for w in self.workspace.webhooks()}
        self.assertEqual(set(webhooks), set(self.ids(project).values()))
        return {name: webhooks[webhook_id] for name, webhook_id in self.ids(project).items()}

    def assert_has(self, project, secrets, value):
        """Each webhook has this value of its secret."""
        for name, webhook in self.on_service(project).items():
            secret = secrets[name]
            self.assertEqual(webhook[secret.spec].get(secret.member) or None, value and hashed(value["TF_VAR_s"]), name)

    def assert_sent(self, project, *members):
        """Each webhook got one update since the last call of forget(), with exactly these members."""
        updates = {u["body"]["id"]: sorted(set(u["body"]) - {"id"}) for u in self.workspace.requests("update")}
        self.assertEqual({name: updates.get(webhook_id) for name, webhook_id in self.ids(project).items()},
                         {name: sorted(members) for name in self.ids(project)})


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


class FormsTest(DecidedCase):
    """Every change between two forms of a secret, for every secret, in one configuration. The unit test forms_test.cc has
    the same table with more of its surroundings."""

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


class UnknownTest(DecidedCase):
    HEAD = """
variable "n" {
  default = 1
}
resource "terraform_data" "x" {
  input            = var.n
  triggers_replace = var.n
}
"""
    HTTP = 'http_url_spec = terraform_data.x.id == "" ? null : { url = "https://example.com/${var.n}", secret_wo = "s" }'
    JOB = 'job_spec = terraform_data.x.id == "" ? null : { job_id = "4${var.n}" }'
    NO_HTTP = 'http_url_spec = terraform_data.x.id != "" ? null : { url = "https://example.com" }'
    NO_JOB = 'job_spec = terraform_data.x.id != "" ? null : { job_id = "4" }'

    def test_one_unknown_target_is_an_update_of_its_kind(self):
        for project in self.projects():
            self.write(project, {"http": self.HTTP, "job": self.JOB}, head=self.HEAD)
            self.apply(project=project)
            first = self.ids(project)
            # The other resource is replaced.
            self.assertIn("1 to add, 2 to change, 1 to destroy", self.plan(project=project, TF_VAR_n="2").flat)
            self.apply(project=project, TF_VAR_n="2")
            self.assertEqual(self.ids(project), first)
            self.assertEqual(self.on_service(project)["http"]["http_url_spec"]["url"], "https://example.com/2")
            self.assertEqual(self.on_service(project)["job"]["job_spec"]["job_id"], "42")
            self.assert_plan_is_empty(project=project, TF_VAR_n="2")

    def test_one_unknown_target_of_the_other_kind_is_a_replacement(self):
        for project in self.projects():
            self.write(project, {"this": self.HTTP, "that": self.JOB}, head=self.HEAD)
            self.apply(project=project)
            self.write(project, {"this": self.JOB, "that": self.HTTP}, head=self.HEAD)
            text = self.plan(project=project, TF_VAR_n="2").flat
            self.assertIn("3 to add, 0 to change, 3 to destroy", text)
            self.assertNotIn("Kind of the target", text)
            self.apply(project=project, TF_VAR_n="2")
            self.assertEqual(self.on_service(project)["this"]["job_spec"]["job_id"], "42")
            self.assert_plan_is_empty(project=project, TF_VAR_n="2")

    def test_two_unknown_targets_are_a_replacement_with_a_warning(self):
        for project in self.projects():
            rows = {"this": self.HTTP + "\n" + self.NO_JOB, "that": self.NO_HTTP + "\n" + self.JOB}
            self.write(project, rows, head=self.HEAD)
            self.apply(project=project)
            first = self.ids(project)
            text = self.plan(project=project, TF_VAR_n="2").flat
            self.assertIn("Kind of the target is not known yet", text)
            self.assertIn("3 to add, 0 to change, 3 to destroy", text)
            self.apply(project=project, TF_VAR_n="2")
            self.assertNotEqual(self.ids(project), first)
            self.assert_plan_is_empty(project=project, TF_VAR_n="2")
            self.write(project, dict(zip(rows, reversed(rows.values()))), head=self.HEAD)
            self.apply(project=project, TF_VAR_n="3")
            self.assertEqual(self.on_service(project)["this"]["job_spec"]["job_id"], "43")


if __name__ == "__main__":
    unittest.main()
