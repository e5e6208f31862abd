"""How the provider's process ends, and what ends it: signals, Shutdown, a host that is gone or never came. Usage:
end_test.py PROVIDER [unittest options]"""

import os
import re
import resource
import signal
import socket
import subprocess

import mini_grpc
from host import TIMEOUT, HostCase, main, until


def is_alive(number):
    """No for a zombie too, which nobody may ever reap."""
    try:
        with open(f"/proc/{number}/stat", encoding="ascii") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


class EndTest(HostCase):
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
            for _ in range(2):  # people press twice
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
        process = subprocess.Popen(["sh", "-c", 'trap "" HUP; exec "$0"', self.provider], env=self.environment(),
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

    # A program that is asked for a token, and hangs

    def start_with_a_command(self):
        """A configured provider whose call waits for a token: (process, the command's and its child's number, [connections])."""
        programs = os.path.join(self.folder, "bin")
        os.makedirs(programs, exist_ok=True)
        numbers = os.path.join(self.folder, "numbers")
        os.mkfifo(numbers)
        # The real one is large; a small one of its name is another tool.
        script = f"#!/bin/sh\n[ $1 = version ] && echo 'Databricks CLI v0.300.0' && exit\n" \
                 f"sleep 1000 &\necho $$ $! > {numbers}\nwait\nexit\n" + "#" * (1 << 20)
        with open(os.path.join(programs, "databricks"), "w", encoding="ascii") as file:
            file.write(script)
        os.chmod(file.name, 0o755)
        process = self.start(environment=self.environment(
            PATH=f"{programs}:/usr/bin:/bin", HOME=self.folder, DATABRICKS_HOST="http://127.0.0.1:1",
            DATABRICKS_AUTH_TYPE="databricks-cli"))
        address = self.handshake(process)["address"]
        connections = [self.connect(address) for _ in range(3)]
        configure = self.connect(address)
        mini_grpc.start_call(configure, "/tfplugin6.Provider/ConfigureProvider", mini_grpc.message(_1="1.11.4"))
        self.assertTrue(mini_grpc.finish_call(configure))
        mini_grpc.start_call(connections[0], "/plugin.GRPCStdio/StreamStdio")
        mini_grpc.start_call(connections[1], "/tfplugin6.Provider/ReadDataSource",
                             mini_grpc.message(_1="mlflow_webhooks", _2=mini_grpc.message(_2="{}")))
        with open(numbers, encoding="ascii") as file:  # opens once the command runs
            return process, file.read().split(), connections

    def assert_gone(self, numbers):
        for number in numbers:
            until(lambda number=number: not is_alive(number), f"process {number} to go")

    def test_what_stops_the_run_ends_the_command_with_its_children(self):
        for number in self.END_SIGNALS:
            with self.subTest(number):
                process, numbers, (_, call, controller) = self.start_with_a_command()
                for _ in range(2):
                    process.send_signal(number)
                self.assertTrue(mini_grpc.finish_call(call))  # with a diagnostic
                self.assert_gone(numbers)
                self.shut_down(process, controller)
                os.unlink(os.path.join(self.folder, "numbers"))

    def test_the_end_of_the_process_ends_the_command_with_its_children(self):
        process, numbers, (_, _, controller) = self.start_with_a_command()
        mini_grpc.start_call(controller, "/plugin.GRPCController/Shutdown")
        self.assert_in_order(process)
        self.assert_gone(numbers)

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
        done = subprocess.run([self.provider], env=self.environment(), stdout=write, stderr=subprocess.PIPE, text=True,
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
            # AddressSanitizer forbids core files by itself.
            process = subprocess.Popen([self.provider, *arguments], stdout=subprocess.PIPE,
                                       env=self.environment(ASAN_OPTIONS="disable_coredump=0"),
                                       stderr=subprocess.PIPE, text=True,
                                       preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, (hard, hard)))
            self.addCleanup(self.end, process)
            self.assertNotEqual(process.stdout.readline(), "")
            self.assertEqual(resource.prlimit(process.pid, resource.RLIMIT_CORE), (soft, hard), arguments)

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


if __name__ == "__main__":
    main()
