"""The host's side of the provider's binary: starts it as go-plugin does, reads the handshake line, dials."""

import base64
import os
import re
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import unittest

COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2"
HANDSHAKE = re.compile(r"1\|6\|(?P<network>unix|tcp)\|(?P<address>[^|]+)\|grpc\|(?P<certificate>[A-Za-z0-9+/]*)(?P<rest>\|false)?\n")
TIMEOUT = 30


def until(condition, what):
    """Waits for something that another process does."""
    end = time.monotonic() + TIMEOUT
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"waited {TIMEOUT} s in vain for {what}")
        time.sleep(0.002)


class HostCase(unittest.TestCase):
    provider = ""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="host-", dir="/tmp")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.sockets = os.path.join(self.folder, "s")
        os.mkdir(self.sockets)

    # Without anything that this process may have in its own environment.
    def environment(self, **variables):
        return {"TF_PLUGIN_MAGIC_COOKIE": COOKIE, "PLUGIN_PROTOCOL_VERSIONS": "5,6", "TMPDIR": self.sockets, **variables}

    def start(self, *arguments, environment=None, within=()):
        """`within`: a command that runs the one that follows it."""
        process = subprocess.Popen(
            [*within, self.provider, *arguments],
            env=self.environment() if environment is None else environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.addCleanup(self.end, process)
        return process

    @staticmethod
    def end(process):
        if process.poll() is None:
            process.kill()
        process.communicate()

    def run_to_its_end(self, *arguments, environment):
        process = self.start(*arguments, environment=environment)
        out, err = process.communicate(timeout=TIMEOUT)
        return process.returncode, out, err

    def handshake(self, process):
        line = process.stdout.readline()
        match = HANDSHAKE.fullmatch(line)
        self.assertIsNotNone(match, line)
        return match

    def connect(self, address):
        is_file = address.startswith("/")
        connection = socket.socket(socket.AF_UNIX if is_file else socket.AF_INET)
        self.addCleanup(connection.close)
        connection.settimeout(TIMEOUT)
        host, _, port = address.rpartition(":")
        connection.connect(address if is_file else (host, int(port)))
        return connection

    def assert_in_order(self, process):
        """Ended with status 0, said nothing more on stdout, and left nothing behind."""
        out, err = process.communicate(timeout=TIMEOUT)
        self.assertEqual((process.returncode, out), (0, ""), err)
        self.assertEqual(os.listdir(self.sockets), [])
        return err

    def make_certificate(self, name, curve="P-521"):
        """A client's certificate as a host makes it: PEM files of that name."""
        path = os.path.join(self.folder, name)
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:" + curve, "-nodes", "-days", "2"]
            + ["-subj", "/O=HashiCorp/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
            + ["-addext", "extendedKeyUsage=clientAuth,serverAuth"]
            + ["-keyout", path + ".key", "-out", path + ".pem"],
            check=True,
            capture_output=True,
        )
        with open(path + ".pem", encoding="ascii") as file:
            return file.read()

    def dial(self, match, certificate_name, version=ssl.TLSVersion.TLSv1_3):
        """A TLS connection that trusts the handshake's certificate alone, as the host does."""
        encoded = match["certificate"]
        der = base64.b64decode(encoded + "=" * (-len(encoded) % 4), validate=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.maximum_version = version
        context.load_verify_locations(cadata=der)
        context.set_alpn_protocols(["h2"])
        if certificate_name:
            path = os.path.join(self.folder, certificate_name)
            context.load_cert_chain(path + ".pem", path + ".key")
        connection = context.wrap_socket(self.connect(match["address"]), server_hostname="localhost")
        self.addCleanup(connection.close)
        return connection


def main():
    """The program of a test: PROVIDER [unittest options]."""
    HostCase.provider = sys.argv.pop(1)
    unittest.main()
