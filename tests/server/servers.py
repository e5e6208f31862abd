"""What the tests on a real MLflow server share, on top of the end-to-end tests' harness: the server, a proxy before it that
plays faults, a receiver of its deliveries, and MLflow's own Python client.

TFCPP_MLFLOW or MLFLOW_VENV names another environment to take the server from; scripts/test_old_servers.sh does."""

import base64
import contextlib
import fcntl
import functools
import http.server
import json
import os
import pathlib
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import urllib.error
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "e2e"))
from harness import HEAD, Case, Project, Workspace, client_of, make_authority, setting, until  # noqa: E402

PASSWORD = "correct-horse-battery"


def fernet_key(text):
    """Any 32 bytes will do."""
    return base64.urlsafe_b64encode(text.encode().ljust(32, b".")).decode()


def environment():
    """The virtual environment that has the server."""
    return pathlib.Path(os.environ.get("TFCPP_MLFLOW") or os.environ.get("MLFLOW_VENV") or setting("MLFLOW"))


@functools.cache
def release():
    """Of the server, such as (3, 17, 2)."""
    command = [environment() / "bin/python", "-c", "import mlflow.version; print(mlflow.version.VERSION)"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return tuple(int(part) for part in text.strip().split("."))


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Program:
    """A program and what it starts, which end when the test does, however that ends: they are a session of their own, led by
    a shell that reads from a pipe whose other end nobody holds then. When the program ends, so does the shell."""

    def __init__(self, command, log, **options):
        script = 'exec 3<&0; "$@" </dev/null 3<&- & cat <&3 & trap : TERM; wait -n; kill -TERM 0; wait'
        with open(log, "ab") as output:
            self.process = subprocess.Popen(["bash", "-c", script, "bash", *command], stdin=subprocess.PIPE, stdout=output,
                                            stderr=output, start_new_session=True, **options)

    def ended(self):
        return self.process.poll() is not None

    def stop(self):
        self.process.stdin.close()
        self.process.wait(timeout=60)


class MlflowServer:
    """`mlflow server` with one worker, on a port and a database of its own. `arguments` are further ones of the command;
    `variables` of its environment, of which None takes one away."""

    def __init__(self, *arguments, store=None, prefix="", workers=1, **variables):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="tfcpp-server-"))
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}{prefix}"
        self.authorization = None  # of api()
        self.database = self.folder / "mlflow.db"
        if store is None:
            shutil.copy(template(), self.database)
        self.command = [environment() / "bin/mlflow", "server", "--host", "127.0.0.1", "--port", str(self.port),
                        "--workers", str(workers), "--backend-store-uri", store or f"sqlite:///{self.database}",
                        "--artifacts-destination", self.folder / "artifacts", *arguments]
        self.variables = {
            "PATH": f"{environment()}/bin:/usr/bin:/bin", "HOME": str(self.folder), "TMPDIR": str(self.folder),
            "PYTHONDONTWRITEBYTECODE": "1", "MLFLOW_DISABLE_TELEMETRY": "true",
            "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false",  # 1 GiB less
            "MLFLOW_WEBHOOK_SECRET_ENCRYPTION_KEY": fernet_key("first"),
            "MLFLOW_WEBHOOK_ALLOWED_SCHEMES": "http,https", "MLFLOW_WEBHOOK_ALLOW_PRIVATE_IPS": "true", **variables,
        }
        self.program = None
        self.start()

    def start(self, **variables):
        """Anew, with other variables, after stop()."""
        self.variables.update(variables)
        self.program = Program(self.command, self.folder / "log", cwd=self.folder,
                               env={n: v for n, v in self.variables.items() if v is not None})
        until(lambda: self.program.ended() or self.healthy(), "the server", 180)
        if self.program.ended():
            raise RuntimeError(self.log())

    def healthy(self):
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{self.url}/health", timeout=30) as answer:
            return answer.read() == b"OK"

    def log(self):
        return (self.folder / "log").read_text(errors="replace")

    def stop(self):
        self.program.stop()

    def close(self):
        self.stop()
        shutil.rmtree(self.folder)

    def sql(self, statement):
        """What nobody can do by the API."""
        with contextlib.closing(sqlite3.connect(self.database, timeout=60)) as connection, connection:
            return connection.execute(statement).fetchall()

    def api(self, method, path, body=None, workspace=None):
        """A call as another client would make it; gives the answer's JSON."""
        headers = {"Content-Type": "application/json"}
        if workspace:
            headers["X-MLFLOW-WORKSPACE"] = workspace
        if self.authorization:
            headers["Authorization"] = self.authorization
        request = urllib.request.Request(f"{self.url}/api/{path}", method=method, headers=headers,
                                         data=None if body is None else json.dumps(body).encode())
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def webhooks(self, workspace=None):
        return self.api("GET", "2.0/mlflow/webhooks?max_results=1000", workspace=workspace).get("webhooks", [])

    def only(self, workspace=None):
        (webhook,) = self.webhooks(workspace)
        return webhook

    def create(self, workspace=None, **body):
        """A webhook that Terraform does not know of; gives its id."""
        body = {"name": "other", "url": "https://example.com/hook",
                "events": [{"entity": "MODEL_VERSION", "action": "CREATED"}], **body}
        return self.api("POST", "2.0/mlflow/webhooks", body, workspace)["webhook"]["webhook_id"]

    def drift(self, webhook_id, workspace=None, **members):
        return self.api("PATCH", f"2.0/mlflow/webhooks/{webhook_id}", members, workspace)["webhook"]

    def remove(self, webhook_id, workspace=None):
        self.api("DELETE", f"2.0/mlflow/webhooks/{webhook_id}", workspace=workspace)

    def empty(self):
        for webhook in self.webhooks():
            self.remove(webhook["webhook_id"])


@functools.cache
def template():
    """The database of a server that has started once: making one takes longer than the start does."""
    kept = pathlib.Path(setting("SERVER_FILES"))
    kept.mkdir(parents=True, exist_ok=True)
    file = kept / f"template-{'.'.join(str(part) for part in release())}.db"
    with open(kept / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # tests run beside each other
        if not file.exists():
            made = file.with_suffix(".new")
            made.unlink(missing_ok=True)
            server = MlflowServer(store=f"sqlite:///{made}")
            server.close()
            made.rename(file)
    return file


class ReverseProxy:
    """Passes calls on to a server. `context` is that of its TLS, if it has any. `on_answer` is called with each path before
    the answer is handed over."""

    def __init__(self, server, context=None):
        self.asked = []
        self.on_answer = lambda path: None
        proxy = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def pass_on(self):
                proxy.asked.append(self.path)
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                call = urllib.request.Request(f"http://127.0.0.1:{server.port}{self.path}", method=self.command, data=body,
                                              headers={"Content-Type": "application/json"})
                with urllib.request.urlopen(call, timeout=60) as answer:
                    text = answer.read()
                proxy.on_answer(self.path)
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            do_GET = do_POST = do_PATCH = do_DELETE = pass_on

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            def handle_error(self, *_):  # a client that is not let in
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        if context:
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.url = f"{'https' if context else 'http'}://localhost:{self.server.server_address[1]}"
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()

    def close(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


class Receiver:
    """An HTTP server that keeps what webhooks send to it."""

    def __init__(self, status=200):
        self.got = got = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):  # pylint: disable=invalid-name
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                self.send_response(status)
                self.end_headers()
                got.append((dict(self.headers), body))

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()

    def close(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


def client_sees(server, program, **variables):
    """Runs a program with `client`, MLflow's own client of the server, and gives what it has put into `result`."""
    text = "import json\nfrom mlflow import MlflowClient\nclient = MlflowClient()\n" + program + "\nprint(json.dumps(result))"
    run = subprocess.run([environment() / "bin/python", "-c", text], capture_output=True, text=True, check=False,
                         env={**server.variables, "MLFLOW_TRACKING_URI": server.url, **variables}, timeout=120)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout.splitlines()[-1])


class ServerCase(Case):
    """One server for a class, emptied before each test, with a proxy before it that the provider is given; one project for
    each test. `workspace`, as the other end-to-end tests call what the provider speaks to, is the proxy."""

    server_arguments = ()
    server_options = {}

    @classmethod
    def setUpClass(cls):
        cls.server = MlflowServer(*cls.server_arguments, **cls.server_options)
        cls.addClassCleanup(cls.server.close)
        cls.workspace = Workspace("--upstream", f"127.0.0.1:{cls.server.port}")
        cls.addClassCleanup(cls.workspace.close)
        cls.address = cls.workspace.url + cls.server.url.removeprefix(f"http://127.0.0.1:{cls.server.port}")

    def setUp(self):
        self.server.empty()
        super().setUp()

    def make_project(self, client=None):
        project = Project(None, client)
        project.environment["MLFLOW_TRACKING_URI"] = self.address
        self.addCleanup(project.close)
        return project

    def receiver(self, status=200):
        receiver = Receiver(status)
        self.addCleanup(receiver.close)
        return receiver

    def webhook(self, more="", project=None, head="", **attributes):
        """A configuration with one mlflow_server_webhook.this; `attributes` are texts of HCL."""
        values = {"name": '"hook"', "url": '"https://example.com/hook"', "events": '["model_version.created"]', **attributes}
        lines = [f"  {name} = {value}" for name, value in values.items() if value is not None]
        (project or self.project).write(
            HEAD + head + 'resource "mlflow_server_webhook" "this" {\n' + "\n".join(lines) + "\n" + more + "\n}\n")

    def attributes(self, project=None):
        return self.instance(project)["attributes"]

    def instance(self, project=None):
        (resource,) = [r for r in (project or self.project).state()["resources"] if r["type"] == "mlflow_server_webhook"]
        return resource["instances"][0]

    def calls(self):
        """The method and what it was of each API call since the last forget(): a webhook's id is ID."""
        found = []
        for request in self.workspace.requests():
            last = request["path"].rsplit("/", 1)[1]
            found.append(f"{request['method']} {'ID' if last.count('-') == 4 else last}")
        return found
