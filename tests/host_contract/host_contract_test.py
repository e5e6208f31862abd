"""The provider's binary as a go-plugin host starts it. Usage: host_contract_test.py PROVIDER [unittest options]"""

import json
import os
import re
import signal
import ssl

import mini_grpc
from host import HostCase, main


# Runs a command where no folder for a socket can be written, as in a container whose file system is read-only. The
# program itself may be below /tmp.
READ_ONLY = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"]), "sh", "-c",
             'exec 9<"$1" && shift && mount -t tmpfs -o ro none /tmp && exec /proc/self/fd/9 "$@"', "sh"]


class HostContractTest(HostCase):
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

    def test_without_a_folder_it_is_a_port_that_the_host_alone_can_use(self):
        environment = self.environment(TMPDIR="/nowhere", PLUGIN_CLIENT_CERT=self.make_certificate("host"))
        process = self.start(environment=environment, within=READ_ONLY)
        match = self.handshake(process)
        self.assertEqual(match["network"], "tcp")
        self.assertRegex(match["address"], r"\A127\.0\.0\.1:\d+\Z")
        self.make_certificate("stranger")
        with self.assertRaises((ssl.SSLError, OSError, EOFError)):
            mini_grpc.start_call(self.dial(match, "stranger"), "/plugin.GRPCController/Shutdown")
        connection = self.dial(match, "host")
        mini_grpc.start_call(connection, "/plugin.GRPCController/Shutdown")
        self.assertTrue(mini_grpc.finish_call(connection))
        self.assert_in_order(process)

    def test_without_a_folder_and_without_tls_it_does_not_serve(self):
        for arguments, environment in (((), self.environment(TMPDIR="/nowhere")), (("-debug",), {})):
            process = self.start(*arguments, environment=environment, within=READ_ONLY)
            out, err = process.communicate(timeout=30)
            self.assertEqual((process.returncode, out), (1, ""))
            self.assertIn("no folder for it can be written. Set TMPDIR to one", err)

    def test_only_the_owner_reaches_the_socket(self):
        address = self.handshake(self.start())["address"]
        self.assertEqual(os.stat(os.path.dirname(address)).st_mode & 0o777, 0o700)

    # Mutual TLS

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

    # Debugging

    def test_debug_tells_how_to_attach(self):
        process = self.start("-debug", environment={"TMPDIR": self.sockets})
        while not (line := process.stdout.readline()).startswith("TF_REATTACH_PROVIDERS="):
            self.assertNotEqual(line, "")
        value = json.loads(re.fullmatch(r"TF_REATTACH_PROVIDERS='(.*)'\n", line)[1])
        (provider,) = value  # its address, which tests/e2e/address_test.py compares
        address = value[provider]["Addr"].pop("String")
        self.assertEqual(
            value,
            {
                provider: {
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
    main()
