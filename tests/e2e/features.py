"""What one client has of what the provider offers, and whether it works: a table, printed for any Terraform or OpenTofu.

  TFCPP_TERRAFORM=PATH features.py       scripts/test_client.sh calls this, after the life cycle

A feature that the client does not know, by its own words, is lacked; with a Terraform that is known to have it, that is a
failure, as is everything else that goes wrong. Ends with 1 when something failed."""

import json
import re
import subprocess
import sys
import typing

from harness import HEAD, HTTP, Project, Workspace, flat, main_client
from move_test import HTTP as MOVED_HTTP
from move_test import MOVED, OTHER, MoveTest

SECRET = "c4n4ry-secret"


class Failed(Exception):
    """With what the client said, or what was wrong."""


class Trial:
    """A feature on a client: an emptied workspace, and a project."""

    def __init__(self, workspace, client):
        self.workspace, self.project = workspace, Project(workspace, client)
        workspace.reset()

    def check(self, fact, text):
        if not fact:
            raise Failed(text)

    def run(self, *arguments, code=0, **environment):
        if not (self.project.folder / ".terraform").exists() and arguments[0] != "init":
            self.run("init", "-no-color", **environment)
        output = self.project.run(*arguments, **environment)
        self.check(output.code == code, output.text)
        return output

    def apply(self, *arguments, **environment):
        return self.run("apply", "-auto-approve", *arguments, **environment)

    def plan_is_empty(self, **environment):
        self.run("plan", "-detailed-exitcode", **environment)


def functions(trial):
    trial.project.write(HEAD + 'output "hex" {\n  value = provider::mlflow::hmac_sha256_hex("Jefe", '
                               '"what do ya want for nothing?")\n}\n')
    trial.apply()
    value = json.loads(trial.run("output", "-json").text)["hex"]["value"]
    trial.check(value == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843", value)


def moved(trial):
    move = MoveTest("test_moved_as_it_is")
    move.workspace = trial.workspace
    move.there()
    move.write_state(trial.project, http=MoveTest.http)
    trial.project.write(OTHER + MOVED % ("http", "http") + MOVED_HTTP)
    trial.apply()
    kept = {w["id"] for w in trial.workspace.webhooks()}
    trial.check(kept == {"17", "18"}, f"webhooks after the move: {kept}")
    trial.plan_is_empty()


def write_only(trial):
    trial.project.resource('  events = ["COMMENT_CREATED"]\n  http_url_spec = {\n    url       = "https://example.com"\n'
                           f'    secret_wo = "{SECRET}"\n  }}')
    trial.apply()
    trial.check("secret" in trial.workspace.only()["http_url_spec"], "the secret was not sent")
    trial.check(SECRET not in json.dumps(trial.project.state()), "the secret is in the state")
    trial.plan_is_empty()


def ephemeral(trial):
    trial.project.resource(HTTP, head='variable "token" {\n  ephemeral = true\n}\n'
                                      'provider "mlflow" {\n  token = var.token\n}\n')
    del trial.project.environment["DATABRICKS_TOKEN"]
    trial.apply(TF_VAR_token=trial.workspace.token)
    trial.check(trial.workspace.only()["id"], "no webhook")
    trial.plan_is_empty(TF_VAR_token=trial.workspace.token)


def imports(trial):
    webhook_id = trial.workspace.create(events=["MODEL_VERSION_CREATED"], http_url_spec={"url": "https://example.com/webhook"})
    trial.project.resource(HTTP)
    trial.run("import", "mlflow_webhook.this", webhook_id)
    trial.plan_is_empty()
    trial.run("state", "rm", "mlflow_webhook.this")
    trial.project.resource(HTTP, head=f'import {{\n  to = mlflow_webhook.this\n  id = "{webhook_id}"\n}}\n')
    trial.check("1 imported, 0 added, 0 changed" in trial.apply().flat, "the import changed something")
    trial.plan_is_empty()


def identity(trial):
    webhook_id = trial.workspace.create(events=["MODEL_VERSION_CREATED"], http_url_spec={"url": "https://example.com/webhook"})
    trial.project.resource(HTTP, head="import {\n  to = mlflow_webhook.this\n  identity = {\n"
                                      f'    id = "{webhook_id}"\n  }}\n}}\n')
    trial.apply()
    stored = trial.project.state()["resources"][0]["instances"][0].get("identity") or {}
    trial.check(stored.get("id") == webhook_id == trial.workspace.only()["id"], f"identity in the state: {stored}")


def lists(trial):
    webhook_id = trial.workspace.create(http_url_spec={"url": "https://example.com/webhook"})
    trial.project.write(HEAD)
    trial.project.write('list "mlflow_webhook" "all" {\n  provider = mlflow\n}\n', "all.tfquery.hcl")
    text = trial.run("query", "-json").text
    found = [json.loads(line).get("list_resource_found") for line in text.splitlines() if line.startswith("{")]
    trial.check([f["identity"]["id"] for f in found if f] == [webhook_id], text)


def actions(trial):
    trial.project.resource(f'  events = ["COMMENT_CREATED"]\n  http_url_spec = {{ url = "{trial.workspace.receiver()}/hook" }}',
                           head='action "mlflow_webhook_test" "this" {\n  config {\n    webhook_id = mlflow_webhook.this.id\n'
                                "  }\n}\n")
    trial.apply()
    trial.apply("-invoke=action.mlflow_webhook_test.this")
    trial.check(len(trial.workspace.received()) == 1, "no delivery was received")


def generated(trial):
    webhook_id = trial.workspace.create(events=["COMMENT_CREATED"], http_url_spec={"url": "https://example.com/webhook"})
    block = f'import {{\n  to = mlflow_webhook.this\n  id = "{webhook_id}"\n%s}}\n'
    trial.project.write(HEAD + block % "  provider = mlflow\n")
    try:
        trial.run("plan", "-generate-config-out=generated.tf")
    except Failed as error:
        # Terraform 1.6 to 1.8 miss what they left out themselves (docs/guides/troubleshooting.md); the file is there.
        trial.check('attribute "authorization" is required' in str(error), str(error))
    trial.project.write(HEAD + block % "")
    trial.apply()
    trial.check(trial.workspace.only()["http_url_spec"]["url"] == "https://example.com/webhook", "the webhook has changed")
    trial.plan_is_empty()


def tests(trial):
    trial.project.resource(HTTP)
    (trial.project.folder / "tests").mkdir()
    trial.project.write('run "made" {\n  assert {\n    condition     = mlflow_webhook.this.status == "ACTIVE"\n'
                        '    error_message = "not active"\n  }\n}\n', "tests/made.tftest.hcl")
    trial.check("1 passed, 0 failed" in trial.run("test").text, "the test did not pass")
    trial.check(trial.workspace.webhooks() == [], "the test left a webhook")


class Feature(typing.NamedTuple):
    name: str
    attempt: typing.Callable[[Trial], None]
    since: tuple  # the Terraform that has it, and all later ones
    unknown: str  # what a client says that does not know it


FEATURES = [
    Feature("provider functions", functions, (1, 8), r"Missing newline after argument"),
    Feature("moved from another provider", moved, (1, 8), r"Resource type mismatch"),
    Feature("write-only attributes", write_only, (1, 11), r"Write-only attribute needs Terraform 1\.11"),
    Feature("ephemeral values", ephemeral, (1, 10), r'An argument named "ephemeral" is not expected'),
    Feature("import, by command and block", imports, (1, 5), r'Blocks of type "import" are not expected'),
    Feature("identity, and import by it", identity, (1, 12), r'An argument named "identity" is not expected'),
    Feature("lists (query)", lists, (1, 14), r'no command named "query"'),
    Feature("actions", actions, (1, 14), r'Blocks of type "action" are not expected|not defined: -invoke'),
    Feature("generated configuration", generated, (1, 5), r"not defined: -generate-config-out"),
    Feature("tests (test)", tests, (1, 6), r'no command named "test"'),
]


def name_and_version(client):
    """("Terraform", (1, 11, 4)), by its own words."""
    text = subprocess.run([client, "version"], capture_output=True, text=True, check=True).stdout
    name, *numbers = re.match(r"(Terraform|OpenTofu) v(\d+)\.(\d+)\.(\d+)", text).groups()
    return name, tuple(map(int, numbers))


def outcomes(client):
    """(feature, "held", "lacked" or "FAILED", why) of each."""
    name, version = name_and_version(client)
    workspace = Workspace()
    try:
        for feature in FEATURES:
            trial = Trial(workspace, client)
            try:
                feature.attempt(trial)
                yield feature, "held", ""
            except (Failed, AssertionError) as error:
                known = name == "Terraform" and version[:2] >= feature.since
                lacked = re.search(feature.unknown, flat(str(error))) and not known
                yield feature, "lacked" if lacked else "FAILED", str(error)
            finally:
                trial.project.close()
    finally:
        workspace.close()


def main():
    client = main_client()
    name, version = name_and_version(client)
    print(f"{name} {'.'.join(map(str, version))}")
    failed = 0
    for feature, outcome, why in outcomes(client):
        since = ".".join(map(str, feature.since))
        word = f"this client lacks it (Terraform has it since {since})" if outcome == "lacked" else outcome
        print(f"  {feature.name:<32}{word}", flush=True)
        if outcome == "FAILED":
            failed += 1
            print(why, file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
