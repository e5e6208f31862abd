"""The provider by hand and under a debugger: -debug serves several commands from one process."""

import os
import re
import signal
import subprocess
import unittest

from harness import HTTP, Case, provider_binary, until


class DebugTest(Case):
    def test_by_hand(self):
        done = subprocess.run([provider_binary()], capture_output=True, text=True, check=False,
                              env={k: v for k, v in os.environ.items() if k != "TF_PLUGIN_MAGIC_COOKIE"})
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertIn("Terraform starts it by itself", done.stderr)
        for argument, word in (("--version", provider_binary().name.rpartition("_v")[2]), ("--help", "-debug")):
            self.assertIn(word, subprocess.run([provider_binary(), argument], capture_output=True, text=True, check=True).stdout)
        self.assertEqual(subprocess.run([provider_binary(), "--what"], capture_output=True, check=False).returncode, 2)

    def serve(self):
        """A provider with -debug, and the variable that leads to it."""
        provider = subprocess.Popen([provider_binary(), "-debug"], stdout=subprocess.PIPE, text=True, start_new_session=True,
                                    env={**os.environ, **self.project.environment})
        self.addCleanup(provider.stdout.close)
        value = None
        for line in provider.stdout:
            if match := re.match(r"TF_REATTACH_PROVIDERS='(.*)'$", line):
                value = match.group(1)
                break
        return provider, {"TF_REATTACH_PROVIDERS": value}

    def test_reattach(self):
        provider, attached = self.serve()
        self.project.resource(HTTP)
        self.apply(**attached)
        self.assert_plan_is_empty(**attached)
        output = self.project.run("destroy", "-auto-approve", **attached)
        self.assertEqual((output.code, self.workspace.webhooks()), (0, []), output.text)
        provider.send_signal(signal.SIGINT)
        self.assertEqual(provider.wait(timeout=30), 0)
        self.assertEqual(list(self.project.root.glob("tfcpp-*")), [])

    def test_a_signal_waits_for_answers_to_writes(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            self.workspace.reset()
            project = self.make_project()
            provider, attached = self.serve()
            project.resource("count = 4" + HTTP)
            project.init()
            self.workspace.fault("trickle", interval_ms=2, operation="create", times=4)
            process = project.start("apply", "-auto-approve", **attached)
            until(lambda: len(self.workspace.requests("create")) == 4, "the creates")
            provider.send_signal(number)
            text, _ = process.communicate(timeout=60)
            self.assertEqual(provider.wait(timeout=30), 0)
            instances = [i for r in project.state()["resources"] for i in r["instances"]]
            self.assertEqual(sorted(i["attributes"]["id"] for i in instances),
                             sorted(w["id"] for w in self.workspace.webhooks()), text)
            self.assertEqual(len(instances), 4, text)


if __name__ == "__main__":
    unittest.main()
