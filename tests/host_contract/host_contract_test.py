"""The provider's binary as a go-plugin host starts it. Usage: host_contract_test.py PROVIDER [unittest options]"""

import base64
import json
import os
import re
import resource
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import unittest

import mini_grpc

COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2"
HANDSHAKE = re.compile(r"1\|6\|unix\|(?P<address>[^|]+)\|grpc\|(?P<certificate>[A-Za-z0-9+/]*)(?P<rest>\|false)?\n")
TIMEOUT = 30
PROVIDER = ""


def until(condition, what):
    """Waits for something that another process does."""
    end = time.monotonic() + TIMEOUT
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"waited {TIMEOUT} s in vain for {what}")
        time.sleep(0.002)


class HostContractTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="host-", dir="/tmp")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.sockets = os.path.join(self.folder, "s")
        os.mkdir(self.sockets)

    # Without anything that this process may have in its own environment.
    def environment(self, **variables):
        return {"TF_PLUGIN_MAGIC_COOKIE": COOKIE, "PLUGIN_PROTOCOL_VERSIONS": "5,6", "TMPDIR": self.sockets, **variables}

    def start(self, *arguments, environment=None):
        process = subprocess.Popen(
            [PROVIDER, *arguments],
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
        connection = socket.socket(socket.AF_UNIX)
        self.addCleanup(connection.close)
        connection.settimeout(TIMEOUT)
        connection.connect("\0" + address[1:] if address.startswith("@") else address)
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

    # Environment

    def test_without_the_cookie_it_says_what_it_is(self):
        for cookie in (None, "", "wrong"):
            environment = self.environment()
            del environment["TF_PLUGIN_MAGIC_COOKIE"]
            if cookie is not None:
                environment["TF_PLUGIN_MAGIC_COOKIE"] = cookie
            code, out, err = self.run_to_its_end(environment=environment)
            self.assertEqual((code, out), (1, ""), cookie)
            self.assertIn("is a Terraform provider", err)
            self.assertIn("-debug", err)

    def test_a_host_without_protocol_6_is_refused(self):
        for versions in ("5", "4,5"):
            code, out, err = self.run_to_its_end(environment=self.environment(PLUGIN_PROTOCOL_VERSIONS=versions))
            self.assertEqual((code, out), (1, ""))
            self.assertIn("protocol 6, but the client offers " + versions, err)
        self.assertEqual(os.listdir(self.sockets), [])

    def test_arguments(self):
        for flag in ("--version", "-version"):
            code, out, err = self.run_to_its_end(flag, environment={})
            self.assertEqual((code, err), (0, ""))
            self.assertRegex(out, r"\Aterraform-provider-mlflow \d+\.\d+\.\d+\n\Z")
        for flag in ("--help", "-help", "-h"):
            code, out, err = self.run_to_its_end(flag, environment={})
            self.assertEqual((code, err), (0, ""))
            self.assertIn("-debug", out)
        code, out, err = self.run_to_its_end("--frobnicate", environment=self.environment())
        self.assertEqual((code, out), (2, ""))
        self.assertIn("--frobnicate", err)

    # Handshake

    def test_the_handshake_is_one_line(self):
        process = self.start()
        match = self.handshake(process)
        self.assertEqual((match["certificate"], match["rest"]), ("", None))
        self.assertTrue(match["address"].startswith(self.sockets + "/"))
        self.connect(match["address"])
        process.send_signal(signal.SIGTERM)
        self.assertEqual(self.assert_in_order(process), "")  # no log without TF_LOG

    def test_the_multiplex_field_is_answered_when_asked_for(self):
        process = self.start(environment=self.environment(PLUGIN_MULTIPLEX_GRPC="true"))
        self.assertEqual(self.handshake(process)["rest"], "|false")

    def test_the_hosts_folder_is_used_before_tmpdir(self):
        own = os.path.join(self.folder, "own")
        os.mkdir(own)
        process = self.start(environment=self.environment(PLUGIN_UNIX_SOCKET_DIR=own))
        self.assertTrue(self.handshake(process)["address"].startswith(own + "/"))
        process.send_signal(signal.SIGTERM)
        self.assert_in_order(process)
        self.assertEqual(os.listdir(own), [])

    def test_a_long_tmpdir_does_no_harm(self):
        long_one = os.path.join(self.folder, "a" * 120)
        os.mkdir(long_one)
        process = self.start(environment=self.environment(TMPDIR=long_one))
        address = self.handshake(process)["address"]
        self.assertLessEqual(len(address), 107)
        self.connect(address)
        process.send_signal(signal.SIGTERM)
        self.assert_in_order(process)
        self.assertFalse(os.path.exists(os.path.dirname(address)))

    def test_only_the_owner_reaches_the_socket(self):
        address = self.handshake(self.start())["address"]
        self.assertEqual(os.stat(os.path.dirname(address)).st_mode & 0o777, 0o700)

    # Mutual TLS

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

    def test_the_hosts_certificate_opens_the_door(self):
        for curve in ("P-521", "P-256"):
            process = self.start(environment=self.environment(PLUGIN_CLIENT_CERT=self.make_certificate("host", curve)))
            connection = self.dial(self.handshake(process), "host")
            self.assertEqual(connection.version(), "TLSv1.3")
            self.assertEqual(connection.selected_alpn_protocol(), "h2")
            mini_grpc.start_call(connection, "/plugin.GRPCController/Shutdown")
            self.assertTrue(mini_grpc.finish_call(connection))
            self.assert_in_order(process)

    def test_nobody_else_gets_in(self):
        process = self.start(environment=self.environment(PLUGIN_CLIENT_CERT=self.make_certificate("host")))
        match = self.handshake(process)
        self.make_certificate("stranger")
        for name in (None, "stranger"):
            with self.assertRaises((ssl.SSLError, OSError, EOFError), msg=name):
                # With TLS 1.3 the refusal may come after the client's side of the handshake is through.
                mini_grpc.start_call(self.dial(match, name), "/plugin.GRPCController/Shutdown")
        with self.assertRaises((OSError, EOFError)):
            mini_grpc.start_call(self.connect(match["address"]), "/plugin.GRPCController/Shutdown")  # no TLS
        self.assertIsNone(process.poll())
        self.dial(match, "host")

    # The end

    def test_shutdown_ends_in_order(self):
        process = self.start()
        connection = self.connect(self.handshake(process)["address"])
        mini_grpc.start_call(connection, "/plugin.GRPCController/Shutdown")
        self.assertTrue(mini_grpc.finish_call(connection))
        self.assertEqual(self.assert_in_order(process), "")

    def test_a_host_that_vanishes_ends_it(self):
        for path in ("/plugin.GRPCStdio/StreamStdio", "/plugin.GRPCBroker/StartStream"):
            process = self.start(environment=self.environment(TF_LOG="WARN"))
            connection = self.connect(self.handshake(process)["address"])
            mini_grpc.start_call(connection, path)
            connection.close()
            self.assertIn('"host_gone":"true"', self.assert_in_order(process))

    def test_open_streams_do_not_delay_shutdown(self):
        process = self.start()
        address = self.handshake(process)["address"]
        # Both before the first stream: then nobody can dial any more.
        stdio, controller = self.connect(address), self.connect(address)
        mini_grpc.start_call(stdio, "/plugin.GRPCStdio/StreamStdio")
        mini_grpc.start_call(controller, "/plugin.GRPCController/Shutdown")
        self.assertTrue(mini_grpc.finish_call(stdio))
        self.assert_in_order(process)

    def test_a_connection_without_streams_may_come_and_go(self):
        process = self.start()
        address = self.handshake(process)["address"]
        self.connect(address).close()
        connection = self.connect(address)
        mini_grpc.start_call(connection, "/plugin.GRPCController/Shutdown")
        self.assert_in_order(process)

    def test_sigint_is_the_hosts_affair(self):
        process = self.start()
        address = self.handshake(process)["address"]
        process.send_signal(signal.SIGINT)
        # Signals are delivered before the process takes part in a round trip that begins later.
        connection = self.connect(address)
        mini_grpc.start_call(connection, "/plugin.GRPCController/Shutdown")
        self.assertTrue(mini_grpc.finish_call(connection))
        self.assert_in_order(process)

    # Signals. END_SIGNALS ask a process to end; IGNORED are those that Terraform survives; the others are the kernel's.
    END_SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)
    IGNORED = (signal.SIGINT, signal.SIGPIPE, signal.SIGUSR1, signal.SIGUSR2, signal.SIGALRM, signal.SIGVTALRM,
               signal.SIGPROF, signal.SIGIO, signal.SIGXCPU, signal.SIGXFSZ, signal.SIGPWR, signal.SIGCHLD)

    def start_with_a_stream(self, **variables):
        """A provider whose host is there: (process, its streams' connection, another connection)."""
        process = self.start(environment=self.environment(TF_LOG="WARN", **variables))
        address = self.handshake(process)["address"]
        stream, other = self.connect(address), self.connect(address)
        mini_grpc.start_call(stream, "/plugin.GRPCStdio/StreamStdio")
        until(lambda: not os.listdir(self.sockets), "the socket to be removed")
        return process, stream, other

    def shut_down(self, process, connection):
        mini_grpc.start_call(connection, "/plugin.GRPCController/Shutdown")
        self.assertTrue(mini_grpc.finish_call(connection))
        return self.assert_in_order(process)

    def test_without_a_host_signals_that_ask_for_the_end_end_it_in_order(self):
        for number in self.END_SIGNALS:
            for dialled in (False, True):
                process = self.start(environment=self.environment(TF_LOG="WARN"))
                address = self.handshake(process)["address"]
                if dialled:
                    self.connect(address)  # a connection alone is no host
                process.send_signal(number)
                self.assertIn("ending without being asked to", self.assert_in_order(process), number)

    def test_while_the_host_is_there_they_stop_the_run_and_not_the_process(self):
        for number in self.END_SIGNALS:
            process, stream, other = self.start_with_a_stream()
            process.send_signal(number)
            self.assertIn("stopping, because a signal came", process.stderr.readline(), number)
            self.assertEqual(self.shut_down(process, other), "", number)
            stream.close()

    def test_signals_that_terraform_survives_do_nothing(self):
        process, stream, other = self.start_with_a_stream()
        for number in self.IGNORED:
            process.send_signal(number)
        self.assertEqual(self.shut_down(process, other), "")
        stream.close()
        process = self.start()  # nor before there is a host
        address = self.handshake(process)["address"]
        for number in self.IGNORED:
            process.send_signal(number)
        self.assertEqual(self.shut_down(process, self.connect(address)), "")

    def test_what_it_was_started_to_ignore_it_ignores(self):
        """nohup."""
        read, write = os.pipe()
        process = subprocess.Popen(["sh", "-c", 'trap "" HUP; exec "$0"', PROVIDER], env=self.environment(),
                                   stdout=write, stderr=subprocess.PIPE, text=True)
        os.close(write)
        process.stdout = os.fdopen(read, encoding="ascii")
        self.addCleanup(self.end, process)
        address = self.handshake(process)["address"]
        process.send_signal(signal.SIGHUP)
        self.assertEqual(self.shut_down(process, self.connect(address)), "")

    def test_a_kill_leaves_nothing_behind_once_the_host_is_there(self):
        process, _, _ = self.start_with_a_stream()
        process.kill()
        process.wait(timeout=TIMEOUT)
        self.assertEqual(os.listdir(self.sockets), [])

    # Calls to the service that are under way

    def start_with_a_service(self):
        """A configured provider, and a service that hears and never answers: (process, service, [connections])."""
        service = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(service.close)
        service.settimeout(TIMEOUT)
        process = self.start(environment=self.environment(
            DATABRICKS_HOST=f"http://127.0.0.1:{service.getsockname()[1]}", DATABRICKS_TOKEN="dapi"))
        address = self.handshake(process)["address"]
        connections = [self.connect(address) for _ in range(4)]
        configure = self.connect(address)
        mini_grpc.start_call(configure, "/tfplugin6.Provider/ConfigureProvider", mini_grpc.message(_1="1.11.4"))
        self.assertTrue(mini_grpc.finish_call(configure))
        return process, service, connections

    def call(self, service, connection, rpc, **fields):
        """Starts a call, and gives the service's side of the request that it makes, once it has come."""
        mini_grpc.start_call(connection, "/tfplugin6.Provider/" + rpc, mini_grpc.message(**fields))
        accepted, _ = service.accept()
        self.addCleanup(accepted.close)
        accepted.settimeout(TIMEOUT)
        self.assertIn(b"/registry-webhooks/", accepted.recv(65536))
        return accepted

    def read(self, service, connection):
        return self.call(service, connection, "ReadDataSource", _1="mlflow_webhooks", _2=mini_grpc.message(_2="{}"))

    def delete(self, service, connection):
        state = '{"id":"7","events":["MODEL_VERSION_CREATED"],"http_url_spec":{"url":"https://x"}}'
        return self.call(service, connection, "ApplyResourceChange", _1="mlflow_webhook", _2=mini_grpc.message(_2=state))

    def test_shutdown_ends_reads_at_once(self):
        process, service, (calls, controller, *_) = self.start_with_a_service()
        self.read(service, calls)
        self.shut_down(process, controller)

    def test_a_cancelled_call_ends_its_read_and_no_write(self):
        process, service, (reads, writes, controller, _) = self.start_with_a_service()
        write = self.delete(service, writes)
        read = self.read(service, reads)
        mini_grpc.cancel_call(writes)
        mini_grpc.cancel_call(reads)
        self.assertEqual(read.recv(1), b"")  # closed
        write.setblocking(False)
        with self.assertRaises(BlockingIOError):
            write.recv(1)
        write.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
        self.shut_down(process, controller)

    def test_without_its_host_it_ends_at_the_answer_of_a_write(self):
        process, service, (writes, reads, stream, _) = self.start_with_a_service()
        mini_grpc.start_call(stream, "/plugin.GRPCStdio/StreamStdio")
        write = self.delete(service, writes)
        read = self.read(service, reads)
        for connection in (stream, writes, reads):
            connection.close()
        self.assertEqual(read.recv(1), b"")  # that has noticed it
        self.assertIsNone(process.poll())
        write.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
        self.assert_in_order(process)

    # Nobody is there

    def test_a_host_that_dies_before_it_dials_ends_it(self):
        process = self.start(environment=self.environment(TF_LOG="WARN"))
        self.handshake(process)
        process.stdout.close()
        self.assertEqual(process.wait(timeout=TIMEOUT), 0)
        self.assertIn('"host_gone":"true"', process.stderr.read())
        self.assertEqual(os.listdir(self.sockets), [])

    def test_a_line_that_nobody_can_read_is_an_error(self):
        read, write = os.pipe()
        os.close(read)
        done = subprocess.run([PROVIDER], env=self.environment(), stdout=write, stderr=subprocess.PIPE, text=True,
                              check=False, timeout=TIMEOUT)
        os.close(write)
        self.assertEqual(done.returncode, 1)
        self.assertIn("nobody reads its standard output", done.stderr)
        self.assertEqual(os.listdir(self.sockets), [])

    def test_a_certificate_that_cannot_be_read_is_told_before_the_line(self):
        good = self.make_certificate("host")
        for bad in ("x", " ", good[:200], good.replace("\n", ""), good.replace("CERTIFICATE", "PUBLIC KEY")):
            code, out, err = self.run_to_its_end(environment=self.environment(PLUGIN_CLIENT_CERT=bad))
            self.assertEqual((code, out), (1, ""), bad)
            self.assertIn("cannot use the certificate in PLUGIN_CLIENT_CERT", err)
            self.assertEqual(os.listdir(self.sockets), [])

    # Memory

    def test_no_core_file_is_written_but_for_a_debugger(self):
        hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
        for arguments, soft in (((), 0), (("-debug",), hard)):
            process = subprocess.Popen([PROVIDER, *arguments], env=self.environment(), stdout=subprocess.PIPE,
                                       stderr=subprocess.PIPE, text=True,
                                       preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, (hard, hard)))
            self.addCleanup(self.end, process)
            self.assertNotEqual(process.stdout.readline(), "")
            self.assertEqual(resource.prlimit(process.pid, resource.RLIMIT_CORE), (soft, hard), arguments)

    # Debugging

    def test_debug_tells_how_to_attach(self):
        process = self.start("-debug", environment={"TMPDIR": self.sockets})
        while not (line := process.stdout.readline()).startswith("TF_REATTACH_PROVIDERS="):
            self.assertNotEqual(line, "")
        value = json.loads(re.fullmatch(r"TF_REATTACH_PROVIDERS='(.*)'\n", line)[1])
        address = value["terraform.local/local/mlflow"]["Addr"].pop("String")
        self.assertEqual(
            value,
            {
                "terraform.local/local/mlflow": {
                    "Protocol": "grpc",
                    "ProtocolVersion": 6,
                    "Pid": process.pid,
                    "Test": True,
                    "Addr": {"Network": "unix"},
                }
            },
        )
        # Hosts come and go, and Shutdown is for them alone.
        for path in ("/plugin.GRPCStdio/StreamStdio", "/plugin.GRPCController/Shutdown"):
            connection = self.connect(address)
            mini_grpc.start_call(connection, path)
            connection.close()
        last = self.connect(address)
        mini_grpc.start_call(last, "/plugin.GRPCController/Shutdown")
        self.assertTrue(mini_grpc.finish_call(last))
        self.assertIsNone(process.poll())
        process.send_signal(signal.SIGINT)
        self.assert_in_order(process)

    def test_debug_ends_by_a_signal_also_while_a_host_is_there(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            process = self.start("-debug", environment={"TMPDIR": self.sockets})
            while not (line := process.stdout.readline()).startswith("TF_REATTACH_PROVIDERS="):
                self.assertNotEqual(line, "")
            address = re.search(r'"String":"([^"]+)"', line)[1]
            stream = self.connect(address)
            mini_grpc.start_call(stream, "/plugin.GRPCStdio/StreamStdio")
            mini_grpc.start_call(self.connect(address), "/plugin.GRPCBroker/StartStream")  # others can still dial
            process.send_signal(number)
            self.assert_in_order(process)

    # Logs

    def test_every_log_line_is_what_a_host_reads(self):
        certificate = self.make_certificate("host")
        process = self.start(environment=self.environment(TF_LOG="TRACE", PLUGIN_CLIENT_CERT=certificate))
        match = self.handshake(process)
        with self.assertRaises((ssl.SSLError, OSError, EOFError)):
            mini_grpc.start_call(self.dial(match, None), "/plugin.GRPCController/Shutdown")  # gRPC logs this
        process.send_signal(signal.SIGTERM)
        lines = self.assert_in_order(process).splitlines()
        self.assertTrue(lines)
        for line in lines:
            record = json.loads(line)
            for name, value in record.items():
                self.assertIsInstance(value, str, name)
            self.assertIn(record["@level"], ("trace", "debug", "info", "warn", "error"))
            self.assertRegex(record["@timestamp"], r"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z\Z")
            self.assertIn("@message", record)
        self.assertTrue(any(json.loads(line).get("source") == "grpc" for line in lines), lines)


if __name__ == "__main__":
    PROVIDER = sys.argv.pop(1)
    unittest.main()
