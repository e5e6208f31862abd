"""What the end-to-end tests share: a local workspace, a folder with a configuration, and a real Terraform client in it.

CTest says where things are (CMakeLists.txt); TFCPP_MIRROR, TFCPP_TERRAFORM and TFCPP_CLIENTS in the environment override
it, which is how scripts/test.sh tests the release build."""

import contextlib
import functools
import json
import os
import pathlib
import platform
import re
import shutil
import signal
import ssl
import subprocess
import tempfile
import time
import unittest
import urllib.request

SOURCE = pathlib.Path(__file__).resolve().parent.parent.parent
# The provider's address. The test provider_names sees to it that examples have that of the build.
ADDRESS = re.search(r'source *= "(.*)"', (SOURCE / "examples/provider/provider.tf").read_text()).group(1)
# This machine in Terraform's words.
MACHINES = {"x86_64": "amd64", "aarch64": "arm64"}
PLATFORM = f"{platform.system().lower()}_{MACHINES.get(platform.machine(), platform.machine())}"


def setting(name):
    value = os.environ.get(f"TFCPP_{name}") or os.environ.get(f"E2E_{name}")
    if not value:
        raise RuntimeError(f"TFCPP_{name} is not set: run these tests through ctest")
    return value


def main_client():
    client = os.environ.get("TFCPP_TERRAFORM") or shutil.which("terraform") or shutil.which("tofu")
    if not client:
        raise RuntimeError("no terraform and no tofu in PATH, and TFCPP_TERRAFORM is not set")
    return client


def provider_binary():
    """What the mirror holds for this machine."""
    found = list(pathlib.Path(setting("MIRROR")).glob(f"{ADDRESS}/*/{PLATFORM}/terraform-provider-mlflow_v*"))
    if len(found) != 1:
        raise RuntimeError(f"{setting('MIRROR')} should hold one version for {PLATFORM}, but holds {found}")
    return found[0]


def make_authority(folder, names="DNS:localhost, IP:127.0.0.1"):
    """A throw-away certificate authority and a certificate of its for these names: (authority, certificate, key), PEM files
    in `folder`."""
    def openssl(*arguments):
        subprocess.run(["openssl", *arguments], check=True, capture_output=True, cwd=folder)

    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    openssl("req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=throw-away authority", "-days", "2")
    openssl("req", *key, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=localhost")
    (folder / "names.cnf").write_text(f"subjectAltName = {names}\n")
    openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2",
            "-extfile", "names.cnf", "-out", "server.pem")
    return folder / "ca.pem", folder / "server.pem", folder / "server.key"


def flat(text):
    """Terraform wraps what it prints, and draws frames around it."""
    return re.sub(r"\s+", " ", re.sub(r"[│╷╵╶]", " ", text))


def until(condition, what, seconds=60):
    """Waits for something that another process does."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.02)
    raise AssertionError(f"waited {seconds} s in vain for {what}")


class Workspace:
    """A running tools/local_workspace and its control path."""

    def __init__(self, *arguments, token="dapi-admin-token", authority=None):
        self.token = token
        self.context = ssl.create_default_context(cafile=authority) if authority else None
        command = [setting("WORKSPACE"), "--token", token, *arguments]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        match = re.match(r"(?:local workspace|proxy) ready at (\S+)$", line)
        if not match:
            raise RuntimeError(f"the workspace did not start: {line!r}")
        self.url = match.group(1)

    def close(self):
        self.process.terminate()
        self.process.wait(timeout=30)
        self.process.stdout.close()

    def control(self, method, path, body=None):
        request = urllib.request.Request(f"{self.url}/control/{path}", method=method,
                                         data=None if body is None else json.dumps(body).encode(),
                                         headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=30, context=self.context) as answer:
            return json.load(answer)

    def reset(self):
        self.control("POST", "reset")

    def settings(self, **settings):
        self.control("PUT", "settings", settings)

    def fault(self, action, **rule):
        self.control("POST", "faults", {"action": action, **rule})

    def clear_faults(self):
        self.control("DELETE", "faults")

    def receiver(self):
        """The address of its built-in receiver."""
        return self.control("GET", "receiver")["url"]

    def received(self):
        return self.control("GET", "received")["received"]

    def api(self, operation, **body):
        """A write by the API itself, as another client would make it."""
        request = urllib.request.Request(f"{self.url}/api/2.0/mlflow/registry-webhooks/{operation}", method="POST",
                                         data=json.dumps(body).encode(),
                                         headers={"Authorization": f"Bearer {self.token}",
                                                  "Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def create(self, **body):
        """A webhook that Terraform does not know of; gives its id."""
        return self.api("create", **{"events": ["MODEL_VERSION_CREATED"], **body})["webhook"]["id"]

    def webhooks(self):
        return self.control("GET", "webhooks")["webhooks"]

    def only(self):
        webhooks = self.webhooks()
        assert len(webhooks) == 1, webhooks
        return webhooks[0]

    def drift(self, webhook_id, **members):
        self.control("PUT", f"webhooks/{webhook_id}", members)

    def remove(self, webhook_id):
        self.control("DELETE", f"webhooks/{webhook_id}")

    def requests(self, operation=None):
        """The API requests since the last call of forget()."""
        found = self.control("GET", "requests")["requests"]
        return [r for r in found if operation is None or r["path"].endswith("/" + operation)]

    def forget(self):
        self.control("DELETE", "requests")


class Output:
    def __init__(self, code, text):
        self.code, self.text, self.flat = code, text, flat(text)


class Project:
    """A folder with a configuration, and a client that runs in it with nothing of this machine's own settings."""

    def __init__(self, workspace, client=None):
        self.client = client or main_client()
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="tfcpp-e2e-"))
        self.folder = self.root / "project"
        self.folder.mkdir()
        stub = self.root / "stub/registry.terraform.io/databricks/databricks/1.0.0" / PLATFORM
        stub.mkdir(parents=True)
        (stub / "terraform-provider-databricks_v1.0.0").symlink_to(setting("STUB"))
        (self.root / "terraform.rc").write_text(f"""
            disable_checkpoint = true
            provider_installation {{
              filesystem_mirror {{
                path    = "{setting("MIRROR")}"
                include = ["{ADDRESS}"]
              }}
              filesystem_mirror {{
                path    = "{self.root}/stub"
                include = ["registry.terraform.io/databricks/databricks"]
              }}
            }}""")
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": str(self.root), "TF_CLI_CONFIG_FILE": str(self.root / "terraform.rc"),
            "TF_IN_AUTOMATION": "1", "TF_INPUT": "0", "TMPDIR": str(self.root),
            # The client's own garbage collection would take a tenth of all the time that these tests take.
            "GOGC": "off",
        }
        if workspace:
            self.environment.update(DATABRICKS_HOST=workspace.url, DATABRICKS_TOKEN=workspace.token)

    def close(self):
        shutil.rmtree(self.root)

    def write(self, text, name="main.tf"):
        (self.folder / name).write_text(text)

    def resource(self, body, head=""):
        """A configuration with one mlflow_webhook.this."""
        self.write(HEAD + head + 'resource "mlflow_webhook" "this" {\n' + body + "\n}\n")

    def start(self, *arguments, **environment):
        arguments = list(arguments)
        if arguments[0] not in ("output", "show", "fmt", "version", "init", "providers", "state"):
            arguments.insert(1, "-no-color")
        return subprocess.Popen([self.client, *arguments], cwd=self.folder, text=True, stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, start_new_session=True,
                                env={**self.environment, **environment})

    def run(self, *arguments, **environment):
        process = self.start(*arguments, **environment)
        text, _ = process.communicate(timeout=300)
        return Output(process.returncode, text)

    def query(self, kind, body="", *arguments):
        """`terraform query` for webhooks of a kind."""
        self.write(f'list "{kind}" "all" {{\n  provider = mlflow\n{body}\n}}\n', "all.tfquery.hcl")
        return self.run("query", *arguments)

    def found(self, kind, body=""):
        """What that finds, by id."""
        output = self.query(kind, body, "-json")
        assert output.code == 0, output.text
        found = [json.loads(line).get("list_resource_found") for line in output.text.splitlines()]
        return {each["identity"]["id"]: each for each in found if each}

    def init(self):
        output = self.run("init", "-no-color")
        assert output.code == 0, output.text

    def state(self):
        path = self.folder / "terraform.tfstate"
        return json.loads(path.read_text()) if path.exists() else {"resources": []}

    def attributes(self):
        """Of the only instance in the state."""
        resources = [r for r in self.state()["resources"] if r["type"] == "mlflow_webhook"]
        assert len(resources) == 1, resources
        return resources[0]["instances"][0]["attributes"]

    def interrupt(self, process):
        """Ctrl-C: the terminal's signal goes to the client and to the providers it has started."""
        os.killpg(process.pid, signal.SIGINT)


HEAD = """
terraform {
  required_providers {
    mlflow = {
      source = "%s"
    }
  }
}
""" % ADDRESS
HTTP = """
  events = ["MODEL_VERSION_CREATED"]
  http_url_spec = {
    url = "https://example.com/webhook"
  }"""
JOB = """
  events   = ["MODEL_VERSION_CREATED"]
  job_spec = { job_id = "42" }"""


class Case(unittest.TestCase):
    """One workspace for a class, emptied before each test; one project for each test."""

    @classmethod
    def setUpClass(cls):
        cls.workspace = Workspace()
        cls.addClassCleanup(cls.workspace.close)

    def setUp(self):
        self.workspace.reset()
        self.project = self.make_project()

    def make_project(self, client=None):
        project = Project(self.workspace, client)
        self.addCleanup(project.close)
        return project

    def apply(self, *arguments, project=None, **environment):
        project = project or self.project
        if not (project.folder / ".terraform").exists():
            project.init()
        output = project.run("apply", "-auto-approve", *arguments, **environment)
        self.assertEqual(output.code, 0, output.text)
        return output

    def refuse(self, *command, project=None, **environment):  # pylint: disable=arguments-differ
        """Runs a command that must end with an error, and gives its text on one line."""
        project = project or self.project
        if not (project.folder / ".terraform").exists():
            project.init()
        output = project.run(*command, **environment)
        self.assertEqual(output.code, 1, output.text)
        return output.flat

    def assert_plan_is_empty(self, *arguments, project=None, **environment):
        output = (project or self.project).run("plan", "-detailed-exitcode", *arguments, **environment)
        self.assertEqual(output.code, 0, output.text)
        return output

    def plan(self, *arguments, project=None, **environment):
        """A plan that shows changes."""
        project = project or self.project
        if not (project.folder / ".terraform").exists():
            project.init()
        output = project.run("plan", "-detailed-exitcode", *arguments, **environment)
        self.assertEqual(output.code, 2, output.text)
        return output

    @contextlib.contextmanager
    def expecting(self, *operations):
        """What is done inside makes exactly these API calls, in any order."""
        self.workspace.forget()
        yield
        made = sorted(r["path"].rsplit("/", 1)[1] for r in self.workspace.requests())
        self.assertEqual(made, sorted(operations))


def client_commands():
    folder = pathlib.Path(setting("CLIENTS"))
    commands = sorted(folder.glob("terraform-*"), key=lambda p: [int(n) for n in p.name.split("-")[1].split(".")])
    return [str(c) for c in commands]


@functools.cache
def client_version(command):
    text = subprocess.run([command, "version", "-json"], capture_output=True, text=True, check=True).stdout
    return json.loads(text)["terraform_version"]


def client_of(line):
    """The client of one line, such as "1.14"."""
    for command in client_commands() + [main_client()]:
        if client_version(command).startswith(line + "."):
            return command
    raise RuntimeError(f"no client {line} among {setting('CLIENTS')} and {main_client()}")
