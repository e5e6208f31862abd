"""examples/pipelines: the shell steps of each pipeline, run one after another against the local workspace. Signing in is
by token here, for the OIDC tokens of the CI systems are not to be had."""

import itertools
import re
import shutil
import subprocess
import textwrap
import unittest

from harness import SOURCE, Case

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


class PipelinesTest(Case):
    def step(self, name, number):
        done = subprocess.run([*SHELLS[name], "-c", steps(name)[number]], cwd=self.project.folder, text=True,
                              capture_output=True, check=False, env=self.environment)
        return done.returncode, done.stdout + done.stderr

    def assert_step(self, name, number):
        code, text = self.step(name, number)
        self.assertEqual(code, 0, text)

    def run_pipeline(self, name):
        self.assertEqual(len(steps(name)), 3, steps(name))
        shutil.copytree(FOLDER, self.project.folder, dirs_exist_ok=True)
        # `terraform` in the steps is the client under test.
        commands = self.project.root / "bin"
        commands.mkdir()
        (commands / "terraform").symlink_to(self.project.client)
        self.environment = {**self.project.environment, "TF_VAR_notification_token": "s3cret",
                            "PATH": f"{commands}:{self.project.environment['PATH']}"}

        self.stops_before_secrets_are_dropped(name)
        self.assert_step(name, 0)
        self.assertEqual(self.workspace.webhooks(), [])
        self.assert_step(name, 1)
        made = self.workspace.only()
        self.assertFalse((self.project.folder / "webhooks.tfplan").exists())
        self.assert_step(name, 2)
        self.workspace.drift(made["id"], description="by hand")
        code, text = self.step(name, 2)
        self.assertEqual(code, 1, text)
        self.assertIn("are not what the configuration says", text)
        self.assertNotIn("s3cret", text)
        self.workspace.fault("status", status=403, operation="list", times=100, error_code="PERMISSION_DENIED")
        code, text = self.step(name, 2)
        self.assertEqual(code, 1, text)
        self.assertNotIn("are not what the configuration says", text)

    def stops_before_secrets_are_dropped(self, name):
        """Of a webhook that was made by hand, and is imported with another address and one of its two secrets."""
        self.workspace.drift("17", events=["MODEL_VERSION_CREATED"], description="", status="ACTIVE",
                             http_url_spec={"url": "https://example.com/old", "secret": "theirs"})
        self.project.write('import {\n  to = mlflow_webhook.new_models\n  id = "17"\n}\n', "import.tf")
        code, text = self.step(name, 0)
        self.assertEqual(code, 1, text)
        self.assertIn("Secrets that the webhook may have are dropped", text)
        self.assertIn("http_url_spec.secret", text)
        self.assertIn("Nobody has decided", text)
        self.assertNotIn("s3cret", text)
        # A plan that fails is no plan either, and says why.
        self.workspace.fault("status", status=403, operation="list", times=100, error_code="PERMISSION_DENIED")
        code, text = self.step(name, 0)
        self.assertEqual(code, 1, text)
        self.assertIn("PERMISSION_DENIED", text)
        self.workspace.clear_faults()
        (self.project.folder / "import.tf").unlink()
        self.workspace.remove("17")

    def test_github_actions(self):
        self.run_pipeline("github-actions.yml")

    def test_gitlab_ci(self):
        self.run_pipeline("gitlab-ci.yml")

    def test_azure_devops(self):
        self.run_pipeline("azure-pipelines.yml")

    def test_jenkins(self):
        self.run_pipeline("Jenkinsfile")


if __name__ == "__main__":
    unittest.main()
