"""examples/pipelines: the shell steps of each pipeline, run one after another against the local workspace, each with the
secrets that the pipeline gives to it. Signing in is by token here, for the OIDC tokens of the CI systems are not to be had."""

import itertools
import os
import re
import shutil
import signal
import subprocess
import textwrap
import unittest

from harness import SOURCE, Case, until

FOLDER = SOURCE / "examples/pipelines"
# How each system runs a step.
SHELLS = {
    "github-actions.yml": ["bash", "-e"],
    "gitlab-ci.yml": ["sh", "-e"],
    "azure-pipelines.yml": ["bash"],
    "Jenkinsfile": ["sh", "-xe"],
}


def yaml_blocks(text):
    """The texts after "key: |" and "- |": shell steps are the only ones in these files."""
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if match := re.match(r"( *)((?:- (?=\w))?)(?:- |\w+: )\|$", line):
            column = len(match.group(1) + match.group(2))
            block = itertools.takewhile(lambda l: not l or l.startswith(" " * (column + 1)), lines[number + 1:])
            yield textwrap.dedent("\n".join(block))


def steps(name):
    text = (FOLDER / name).read_text()
    if name == "Jenkinsfile":
        return [textwrap.dedent(step) for step in re.findall(r"sh '''\n(.*?)'''", text, re.S)]
    return list(yaml_blocks(text))


VALUE = "TF_VAR_notification_token"
# The secrets of each step: plan, apply, drift. Nothing else in the file may name one.
SECRETS = {
    "github-actions.yml": [{VALUE}, set(), {VALUE}],
    # Of the whole job; its own lines take them away again.
    "gitlab-ci.yml": [{VALUE}, {VALUE}, {VALUE}],
    "azure-pipelines.yml": [{VALUE, "SYSTEM_ACCESSTOKEN"}, {"SYSTEM_ACCESSTOKEN"}, {VALUE, "SYSTEM_ACCESSTOKEN"}],
    "Jenkinsfile": [{VALUE, "DATABRICKS_OIDC_TOKEN"}, {"DATABRICKS_OIDC_TOKEN"}, {VALUE, "DATABRICKS_OIDC_TOKEN"}],
}
SECRET = re.compile(r"(\w+)(?:: \$\{\{ secrets\.| += credentials\(|: \$\((?:System\.AccessToken|NOTIFICATION_TOKEN)\))")


def secrets_by_step(name):
    """What each shell step is given, and first what is given to none of them alone."""
    text = (FOLDER / name).read_text()
    chunks = re.split(r"(?m)^ *(?:- (?=name:|uses:|bash:)|(?=stage\(|post ))", text)
    by_step = [set(SECRET.findall(c)) for c in chunks if re.search(r"(?:run|bash): \||sh \'\'\'", c)]
    rest = [set(SECRET.findall(c)) for c in chunks if not re.search(r"(?:run|bash): \||sh \'\'\'", c)]
    return set().union(*rest), by_step


class EveryPipeline:
    """What is tested of each pipeline: run_pipeline(name)."""

    def test_github_actions(self):
        self.run_pipeline("github-actions.yml")

    def test_gitlab_ci(self):
        self.run_pipeline("gitlab-ci.yml")

    def test_azure_devops(self):
        self.run_pipeline("azure-pipelines.yml")

    def test_jenkins(self):
        self.run_pipeline("Jenkinsfile")

    def prepare(self, name, terraform=None):
        """`terraform` in the steps is the client under test."""
        self.name = name
        shutil.copytree(FOLDER, self.project.folder, dirs_exist_ok=True)
        commands = self.project.root / "bin"
        commands.mkdir()
        if terraform:
            (commands / "terraform").write_text(f"#!/bin/sh\n{terraform}\n")
            (commands / "terraform").chmod(0o755)
        else:
            (commands / "terraform").symlink_to(self.project.client)
        self.environment = {**self.project.environment, "PATH": f"{commands}:{self.project.environment['PATH']}"}
        self.plan_file = self.project.folder / "webhooks.tfplan"

    def start(self, number):
        secrets = {VALUE: "s3cret"} if VALUE in SECRETS[self.name][number] else {}
        return subprocess.Popen([*SHELLS[self.name], "-c", steps(self.name)[number]], cwd=self.project.folder, text=True,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env={**self.environment, **secrets},
                                start_new_session=True)

    def step(self, number):
        process = self.start(number)
        text, _ = process.communicate()
        self.assertNotIn("s3cret", text)
        return process.returncode, text

    def assert_step(self, number):
        code, text = self.step(number)
        self.assertEqual(code, 0, text)

    def assert_step_fails(self, number):
        code, text = self.step(number)
        self.assertNotEqual(code, 0, text)
        self.assertFalse(self.plan_file.exists(), text)
        return text


class PipelinesTest(EveryPipeline, Case):
    def run_pipeline(self, name):
        self.assertEqual(len(steps(name)), 3, steps(name))
        self.prepare(name)
        self.assert_step(0)
        self.assertEqual(self.workspace.webhooks(), [])
        self.assertEqual(self.plan_file.stat().st_mode & 0o077, 0)
        self.assert_step(1)
        made = self.workspace.only()
        self.assertTrue(made["http_url_spec"]["authorization"].startswith("sha256:"), made)
        self.assertFalse(self.plan_file.exists())
        self.assert_step(2)
        self.workspace.drift(made["id"], description="by hand")
        code, text = self.step(2)
        self.assertEqual(code, 1, text)
        self.assertIn("are not what the configuration says", text)
        self.workspace.fault("status", status=403, operation="list", times=100, error_code="PERMISSION_DENIED")
        code, text = self.step(2)
        self.assertEqual(code, 1, text)
        self.assertNotIn("are not what the configuration says", text)

    def test_secrets_are_given_to_the_steps_that_need_them(self):
        for name, expected in SECRETS.items():
            if name != "gitlab-ci.yml":  # which names none: they are the project's
                self.assertEqual(secrets_by_step(name), (set(), expected), name)


class UndecidedPipelinesTest(EveryPipeline, Case):
    """Each pipeline, with a plan that drops secrets which a webhook may have."""

    def run_pipeline(self, name):
        self.prepare(name)
        # Made by hand, and imported with another address and one of its two secrets.
        self.workspace.drift("17", events=["MODEL_VERSION_CREATED"], description="", status="ACTIVE",
                             http_url_spec={"url": "https://example.com/old", "secret": "theirs"})
        self.project.write('import {\n  to = mlflow_webhook.new_models\n  id = "17"\n}\n', "import.tf")
        text = self.assert_step_fails(0)
        self.assertIn("Secrets that the webhook may have are dropped", text)
        self.assertIn("http_url_spec.secret", text)
        self.assertIn("Nobody has decided", text)
        # A plan that fails is no plan either, and says why.
        self.workspace.fault("status", status=403, operation="list", times=100, error_code="PERMISSION_DENIED")
        self.assertIn("PERMISSION_DENIED", self.assert_step_fails(0))


class FailingPipelinesTest(EveryPipeline, Case):
    """Each pipeline, with a step that fails: the plan file, in which the secrets are, never stays."""

    def run_pipeline(self, name):
        self.prepare(name)
        self.assert_step(0)
        self.workspace.fault("status", status=403, operation="create", times=100, error_code="PERMISSION_DENIED")
        self.assertIn("PERMISSION_DENIED", self.assert_step_fails(1))

        main = self.project.folder / "main.tf"
        main.write_text(main.read_text() + """
            resource "terraform_data" "fails" {
              lifecycle {
                precondition {
                  condition     = mlflow_webhook.new_models.description == ""
                  error_message = "not yet"
                }
              }
            }""")
        self.assertIn("not yet", self.assert_step_fails(0))


class InterruptedPipelinesTest(EveryPipeline, Case):
    """Each pipeline, ended by a signal in a step."""

    def run_pipeline(self, name):
        self.prepare(name, """
            case "$1" in
              plan) echo secrets >webhooks.tfplan; touch started; exec sleep 300 ;;
              apply) touch started; exec sleep 300 ;;
            esac""")
        started = self.project.folder / "started"
        for number in (0, 1):
            self.plan_file.write_text("secrets\n")
            process = self.start(number)
            until(started.exists, "the step")
            os.killpg(process.pid, signal.SIGTERM)
            text, _ = process.communicate()
            self.assertNotEqual(process.returncode, 0, text)
            self.assertFalse(self.plan_file.exists(), text)
            started.unlink()


if __name__ == "__main__":
    unittest.main()
