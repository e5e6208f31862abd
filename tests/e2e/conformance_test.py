"""tfcpp-conformance, on this provider, on others in C++, on one in Go with each of its breaches, and on programs that are no
providers."""

import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

from harness import Workspace, make_authority, provider_binary, setting

# By breach of tests/go_notes/breaches.go, the rule that is to be named.
BREACHES = {
    "schema-required-and-computed": "schema",
    "plan-changes-config": "plan-keeps-config",
    "plan-knows-too-much": "plan-keeps-unknown",
    "plan-never-settles": "plan-settles",
    "plan-drops-object": "plan-keeps-config",
    "apply-changes-plan": "apply-keeps-plan",
    "apply-leaves-unknown": "apply-is-known",
    "apply-drops-object": "apply-keeps-plan",
    "apply-keeps-destroyed": "delete-removes-object",
    "crash": "answers",
    "read-changes-type": "answers",
    "read-leaves-unknown": "read-is-known",
}
# Found without --apply: nothing has to be made for them.
OF_PLANS = ("schema-required-and-computed", "plan-changes-config", "plan-knows-too-much", "plan-drops-object")

WEBHOOKS = {
    "resources": {"mlflow_webhook": {
        "events": [["MODEL_VERSION_CREATED"], ["REGISTERED_MODEL_CREATED", "MODEL_VERSION_CREATED"]],
        "model_name": [None],
        "status": [None, "ACTIVE", "DISABLED"],
        "http_url_spec": [{"url": "https://example.com/hook"},
                          {"url": "https://example.com/other", "enable_ssl_verification": False, "secret": "canary-1"}],
        "job_spec": [None]}},
    "functions": {"hmac_sha256_hex": {"secret": ["canary-2"]}},
}
NOTES = {"functions": {"slug": {"title": ["My First Note"]}},
         "data_sources": {"notes_note": {"title": ["a title that no note has"]}}}

# Takes a connection, and says nothing more.
HANGS = """exec python3 -c '
import os, socket, time
path = os.environ["TMPDIR"] + "/socket"
listener = socket.socket(socket.AF_UNIX)
listener.bind(path)
listener.listen()
print("1|6|unix|" + path + "|grpc|CERTIFICATE", flush=True)
time.sleep(60)'"""
# Programs that are no providers, as shell scripts: what they do, and what is told of them. CERTIFICATE is a sound one.
NO_PROVIDERS = {
    "ends at once": ("echo boom >&2; exit 3", "has ended with exit code 3 before the handshake"),
    "says why": ("echo boom >&2; exit 3", "boom"),
    "crashes": ("kill -SEGV $$", "was ended by signal 11 before the handshake"),
    "prints something else": ("echo Hello from my provider; sleep 60",
                              'is no handshake, but "Hello from my provider": nothing may be printed before'),
    "speaks protocol 5": ("echo '1|5|unix|/tmp/x|grpc|CERTIFICATE'; sleep 60", "it speaks version 5 of the plugin protocol"),
    "speaks another handshake": ("echo '2|6|unix|/tmp/x|grpc|CERTIFICATE'; sleep 60", "version 2 of go-plugin's handshake"),
    "speaks netrpc": ("echo '1|6|unix|/tmp/x'; sleep 60", "it speaks netrpc, not grpc"),
    "has no certificate": ("echo '1|6|unix|/tmp/x|grpc|'; sleep 60", "it gives no certificate"),
    "is silent": ("sleep 60", "it gave no handshake within 1 s"),
    "hangs": (HANGS, "GetProviderSchema was not answered within 1 s"),
    "listens nowhere": ("echo '1|6|unix|/nowhere/socket|grpc|CERTIFICATE'; sleep 60", "GetProviderSchema failed"),
    "has a certificate that is none": (f"echo '1|6|unix|/tmp/x|grpc|{'A' * 80}'; sleep 60", "certificate in its handshake cannot be read"),
}


class ConformanceTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="tfcpp-kit-")))

    def judge(self, program, *arguments, code=0, examples=None, **environment):
        if examples is not None:
            (self.folder / "examples.json").write_text(json.dumps(examples))
            arguments = ("--config", "examples.json", *arguments)
        done = subprocess.run([setting("CONFORMANCE"), *arguments, str(program)], cwd=self.folder, capture_output=True,
                              text=True, check=False, timeout=300,
                              env={"PATH": os.environ["PATH"], "HOME": str(self.folder), "TMPDIR": str(self.folder), **environment})
        text = done.stdout + done.stderr
        self.assertEqual(done.returncode, code, text)
        return text

    def verdicts(self, text, what):
        """Of all rules, what was found about them: "held", "BROKEN" or "not judged"."""
        part = re.search(rf"^{re.escape(what)}\b.*\n((?: .*\n)*)", text, re.M)
        self.assertIsNotNone(part, text)
        return {rule: verdict for verdict, rule in re.findall(r"^  (held|BROKEN|not judged) +(\S+)", part.group(1), re.M)}

    def test_this_provider(self):
        workspace = Workspace()
        self.addCleanup(workspace.close)
        there = dict(DATABRICKS_HOST=workspace.url, DATABRICKS_TOKEN=workspace.token)
        text = self.judge(provider_binary(), "--apply", "--rounds", "6", examples=WEBHOOKS, **there)
        rules = self.verdicts(text, "resource mlflow_webhook")
        self.assertEqual(set(rules.values()), {"held"}, text)
        self.assertIn("apply-keeps-plan", rules)
        self.assertEqual(workspace.webhooks(), [], "what was made is gone")
        # A server that is not configured refuses, which breaks no rule, and is judged as far as it goes.
        self.assertEqual(self.verdicts(text, "resource mlflow_server_webhook")["apply-keeps-plan"], "not judged")
        self.assertNotIn("canary", text)

    def test_this_provider_without_a_service(self):
        text = self.judge(provider_binary(), "--rounds", "4", examples=WEBHOOKS)
        rules = self.verdicts(text, "resource mlflow_webhook")
        for rule in ("schema", "answers", "plan-keeps-config", "plan-keeps-unknown", "plan-refines", "plan-repeats"):
            self.assertEqual(rules[rule], "held", text)
        self.assertEqual(rules["apply-keeps-plan"], "not judged")

    def test_stub_provider(self):
        text = self.judge(setting("STUB"), "--apply", "--rounds", "4", examples={"ephemeral_resources": {"databricks_token": {"diary": [str(self.folder / "diary")]}}})
        self.assertNotIn("BROKEN", text)

    def test_examples_of_the_framework(self):
        for name, examples in (("hello", {}), ("notes", NOTES)):
            with self.subTest(name):
                text = self.judge(setting(f"{name.upper()}"), "--apply", "--rounds", "4", examples=examples)
                self.assertNotIn("BROKEN", text)
        self.assertEqual(self.verdicts(text, "resource notes_note")["apply-keeps-plan"], "held")
        self.assertEqual(self.verdicts(text, "function slug")["function-repeats"], "held")
        self.assertEqual(self.verdicts(text, "ephemeral resource notes_draft")["close-succeeds"], "held")

    def test_sound_provider_in_go(self):
        rules = self.verdicts(self.judge(setting("GO_NOTES"), "--apply"), "resource notes_note")
        self.assertEqual({rule for rule, verdict in rules.items() if verdict != "held"}, {"identity-is-stable"}, rules)
        self.assertEqual(json.loads((self.folder / "notes.json").read_text()), {}, "what was made is gone")

    def test_breaches_in_go(self):
        for breach, rule in BREACHES.items():
            with self.subTest(breach):
                (self.folder / "notes.json").unlink(missing_ok=True)
                text = self.judge(setting("GO_NOTES"), "--apply", "--rounds", "4", code=1, NOTES_BREACH=breach)
                self.assertEqual(self.verdicts(text, "resource notes_note")[rule], "BROKEN", text)

    def test_breaches_in_go_without_apply(self):
        for breach, rule in BREACHES.items():
            with self.subTest(breach):
                text = self.judge(setting("GO_NOTES"), "--rounds", "4", code=1 if breach in OF_PLANS else 0, NOTES_BREACH=breach)
                self.assertEqual(self.verdicts(text, "resource notes_note")[rule] == "BROKEN", breach in OF_PLANS, text)
                self.assertFalse((self.folder / "notes.json").exists(), "nothing acts")

    def test_every_breach_is_in_the_table(self):
        text = self.judge(setting("GO_NOTES"), code=2, NOTES_BREACH="of-nothing")
        self.assertEqual(re.search(r"There are: (.*)", text).group(1).split(", "), sorted(BREACHES))

    def test_crash_names_the_call_and_the_panic(self):
        text = self.judge(setting("GO_NOTES"), "--apply", code=1, NOTES_BREACH="crash")
        self.assertIn("in ApplyResourceChange the provider's process has ended with exit code 2", text)
        self.assertIn("panic: a breach: crash", text)
        self.assertIn("an object may be left behind", text)

    def test_programs_that_are_no_providers(self):
        _, pem, _ = make_authority(self.folder)
        certificate = "".join(pem.read_text().splitlines()[1:-1]).rstrip("=")
        for what, (script, told) in NO_PROVIDERS.items():
            with self.subTest(what):
                program = self.folder / "program"
                program.write_text(f"#!/bin/sh\n{script.replace('CERTIFICATE', certificate)}\n")
                program.chmod(0o755)
                self.assertIn(told, self.judge(program, "--limit", "1", code=2))
        self.assertIn("could not be started", self.judge(self.folder / "missing", code=2))

    def test_arguments(self):
        for arguments in (("--rounds", "0"), ("--rounds", "many"), ("--seed",), ("--nonsense",), ("--config", "missing.json")):
            with self.subTest(arguments):
                self.judge(provider_binary(), *arguments, code=2)
        self.assertIn("has no mlflow_webhok", self.judge(provider_binary(), code=2, examples={"resources": {"mlflow_webhok": {}}}))
        refused = self.judge(provider_binary(), code=2, examples={"provider": {"retry_timeout_seconds": -5}})
        self.assertIn("refuses its configuration", refused)

    def test_same_seed_same_report(self):
        first, second = (self.judge(setting("GO_NOTES"), "--seed", "7", NOTES_BREACH="") for _ in range(2))
        self.assertEqual(first, second)


if __name__ == "__main__":
    unittest.main()
