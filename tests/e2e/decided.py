"""What the tests of decisions share: webhooks with write-only secrets, many in one configuration, so that many cases cost
one run of the client."""

import base64
import hashlib

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
