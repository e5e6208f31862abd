"""Every signal, to the provider, to Terraform and to the whole process group, in each phase of an apply: what it leaves
behind. An orphan is a webhook that the workspace has and no state knows.

Rows run beside each other, each with a workspace and a project of its own. Answers are slowed down a byte at a time after
the workspace has acted: the moment in which a webhook can be lost."""

import concurrent.futures
import contextlib
import dataclasses
import os
import pathlib
import shutil
import signal
import unittest

from harness import HEAD, Project, Workspace, until

CONFIGURATION = HEAD + """
data "mlflow_webhooks" "all" {}

resource "mlflow_webhook" "many" {
  count  = COUNT
  events = ["MODEL_VERSION_CREATED"]
  http_url_spec = {
    url = "https://example.com/${count.index}"
  }
}
"""
PROVIDER, TERRAFORM, GROUP = "the provider", "Terraform", "the group"

# Terraform goes on, or ends in order: whatever was made is in its state.
KEPT = "kept"
# Terraform dies, or loses the provider: what is in flight is on the service, and in no state (docs/guides).
LOST = "lost"


@dataclasses.dataclass(frozen=True)
class Row:
    signal: signal.Signals
    target: str
    phase: str  # see Play.wait_for_phase
    outcome: str
    count: int = 6
    hangs: bool = False  # answers to creates never come


def rows():
    yield Row(signal.SIGTERM, GROUP, "create", KEPT, count=40)  # systemd, pipelines, kill -- -PGID
    for phase in ("connect", "configure", "read", "plan", "create", "answered"):
        for target in (PROVIDER, TERRAFORM, GROUP):
            yield Row(signal.SIGTERM, target, phase, KEPT)
        yield Row(signal.SIGINT, GROUP, phase, KEPT)
        yield Row(signal.SIGHUP, PROVIDER, phase, KEPT)
    yield Row(signal.SIGINT, PROVIDER, "create", KEPT)
    yield Row(signal.SIGQUIT, PROVIDER, "create", KEPT)
    for survived in (signal.SIGUSR1, signal.SIGUSR2, signal.SIGPIPE, signal.SIGALRM):
        yield Row(survived, GROUP, "create", KEPT)
    for deadly in (signal.SIGHUP, signal.SIGQUIT, signal.SIGKILL):
        for target in (TERRAFORM, GROUP):
            yield Row(deadly, target, "create", LOST)
        yield Row(deadly, GROUP, "read", LOST)
    yield Row(signal.SIGKILL, PROVIDER, "create", LOST)
    yield Row(signal.SIGKILL, TERRAFORM, "create", LOST, hangs=True)


class Process:
    """Of /proc/PID/stat."""

    def __init__(self, folder):
        text = (folder / "stat").read_text()
        self.pid = int(folder.name)
        self.state, parent, group = text[text.rindex(")") + 2:].split()[:3]
        self.parent, self.group = int(parent), int(group)


def processes():
    found = []
    for folder in pathlib.Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                found.append(Process(folder))
            except (FileNotFoundError, ProcessLookupError):
                pass
    return [p for p in found if p.state not in "ZX"]


class Play:
    """One row: an apply that gets its signal in its phase."""

    def __init__(self, row, prepared):
        self.row = row
        self.workspace = Workspace()
        self.project = Project(self.workspace)
        shutil.copytree(prepared, self.project.folder, symlinks=True, dirs_exist_ok=True)
        self.project.write(CONFIGURATION.replace("COUNT", str(row.count)))
        self.log = self.project.root / "provider.log"

    def close(self):
        self.workspace.close()
        self.project.close()

    def slow_down(self):
        answer = {"action": "hang_after"} if self.row.hangs else {"action": "trickle", "interval_ms": 2}
        if self.row.phase == "read":
            self.workspace.fault("trickle", interval_ms=2, operation="list")
        elif self.row.phase == "answered":
            half = self.row.count // 2
            self.workspace.fault(**answer, operation="create", nth=half + 1, times=half)
        else:
            self.workspace.fault(**answer, operation="create", times=self.row.count)

    def wait_for_phase(self):
        def logged(rpc):
            return self.log.exists() and f"tf_rpc={rpc}" in self.log.read_text()
        conditions = {
            "connect": lambda: logged("GetProviderSchema"),
            "configure": lambda: logged("ConfigureProvider"),
            "plan": lambda: logged("PlanResourceChange"),
            # The host is there, so that the socket has gone.
            "read": lambda: self.workspace.requests("list") and not self.sockets(),
            # The workspace has made all, and no answer, or only the first half, has arrived.
            "create": lambda: len(self.workspace.webhooks()) == self.row.count,
            "answered": lambda: len(self.workspace.webhooks()) == self.row.count,
        }
        until(conditions[self.row.phase], f"the phase {self.row.phase}")

    def send(self, terraform):
        if self.row.target == GROUP:
            os.killpg(terraform, self.row.signal)
        elif self.row.target == TERRAFORM:
            os.kill(terraform, self.row.signal)
        else:
            for process in processes():
                # One of a short phase may just have ended.
                if process.parent == terraform:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(process.pid, self.row.signal)

    def run(self):
        """What was left: (orphans, ids in the state that the workspace lacks, what the client said)."""
        self.slow_down()
        process = self.project.start("apply", "-auto-approve", f"-parallelism={self.row.count}",
                                     TF_LOG_PROVIDER="TRACE", TF_LOG_PATH=str(self.log))
        self.wait_for_phase()
        self.send(process.pid)
        text, _ = process.communicate(timeout=120)
        # Also without Terraform no provider stays: 10 s at most, where one call alone may take 60 s.
        until(lambda: not [p for p in processes() if p.group == process.pid], "the end of the providers", seconds=30)
        made = {w["id"] for w in self.workspace.webhooks()}
        known = self.ids_in_state()
        return len(made - known), len(known - made), len(made), text

    def ids_in_state(self):
        path = self.project.folder / "terraform.tfstate"
        # Terraform makes an empty file to lock it, and may die then.
        if not path.exists() or not path.read_text():
            return set()
        return {i["attributes"]["id"] for r in self.project.state()["resources"] if r["mode"] == "managed"
                for i in r["instances"]}

    def sockets(self):
        return [p.name for p in self.project.root.glob("tfcpp-*")]


class SignalsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        project = Project(None)
        cls.addClassCleanup(project.close)
        project.write(HEAD)
        project.init()
        cls.prepared = project.folder

    def play(self, row):
        play = Play(row, self.prepared)
        try:
            return *play.run(), play.sockets()
        finally:
            play.close()

    def test_every_signal_in_every_phase(self):
        table = list(rows())
        with concurrent.futures.ThreadPoolExecutor(6) as pool:
            outcomes = [pool.submit(self.play, row) for row in table]
        for row, outcome in zip(table, outcomes):
            with self.subTest(signal=row.signal.name, target=row.target, phase=row.phase, count=row.count):
                orphans, forgotten, made, text, sockets = outcome.result()
                lost = row.count if row.outcome == LOST and row.phase == "create" else 0
                self.assertEqual((orphans, forgotten), (lost, 0), text)
                if row.phase in ("create", "answered"):
                    self.assertEqual(made, row.count, text)
                # A killed provider cannot remove it; but by then it is gone.
                self.assertEqual(sockets, [])


if __name__ == "__main__":
    unittest.main()
