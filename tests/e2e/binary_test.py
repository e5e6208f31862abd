"""The binary that users install: what it is made of, and that it needs nothing where it runs. Each root below is a folder
that the process is confined to by chroot; Terraform stays outside and attaches to it."""

import collections
import ctypes
import json
import os
import pathlib
import re
import shutil
import signal
import struct
import subprocess
import tempfile
import unittest

from harness import HTTP, Case, Workspace, make_authority, provider_binary, setting

MEGABYTE = 1_000_000
PT_LOAD, PT_DYNAMIC, PT_INTERP, PT_GNU_STACK, PT_GNU_RELRO = 1, 2, 3, 0x6474e551, 0x6474e552
DT_NEEDED, DT_TEXTREL, DT_FLAGS, DT_FLAGS_1, SHT_SYMTAB = 1, 22, 30, 0x6ffffffb, 2
ET_DYN, PF_X, PF_W, DF_TEXTREL, DF_BIND_NOW, DF_1_NOW, DF_1_PIE = 3, 1, 2, 4, 8, 1, 0x08000000


class Elf:
    """As much of a 64-bit little-endian ELF file as the tests ask for."""

    def __init__(self, path):
        data = pathlib.Path(path).read_bytes()
        self.type, = struct.unpack_from("<H", data, 16)
        program_at, section_at = struct.unpack_from("<QQ", data, 32)
        size, count, section_size, sections = struct.unpack_from("<HHHH", data, 54)
        self.segments, self.loaded, self.dynamic = {}, [], []
        for i in range(count):
            kind, flags, offset, _, _, length = struct.unpack_from("<IIQQQQ", data, program_at + i * size)
            self.segments[kind] = flags
            if kind == PT_LOAD:
                self.loaded.append(flags)
            if kind == PT_DYNAMIC:
                self.dynamic = [struct.unpack_from("<QQ", data, offset + at) for at in range(0, length, 16)]
        self.section_types = {struct.unpack_from("<I", data, section_at + i * section_size + 4)[0]
                              for i in range(sections)}

    def flags(self, tag):
        return sum(value for found, value in self.dynamic if found == tag)


def references(map_file):
    """{symbol: files that define it or refer to it} by the linker's map: archives, and objects that are in none. The binary
    itself is stripped."""
    found, symbol = collections.defaultdict(set), None
    table = map_file.read_text(errors="replace").partition("\nCross Reference Table\n")[2]
    for line in table.splitlines():
        words = line.split()
        if words and not line.startswith(" "):
            symbol = words.pop(0)
        if words:
            archive = re.match(r"(?:.*/)?([^/(]+\.a)\(", words[0])
            found[symbol].add(archive.group(1) if archive else words[0])
    return found


class ShapeTest(unittest.TestCase):
    def setUp(self):
        # TFCPP_BINARY: one of another machine, which the mirror cannot hold.
        foreign = os.environ.get("TFCPP_BINARY")
        self.path = pathlib.Path(foreign or provider_binary())
        self.map = pathlib.Path(f"{foreign or pathlib.Path(setting('MIRROR')).parent / 'provider/terraform-provider-mlflow'}.map")
        self.elf = Elf(self.path)

    def test_needs_no_library(self):
        self.assertNotIn(PT_INTERP, self.elf.segments)
        self.assertNotIn(DT_NEEDED, [tag for tag, _ in self.elf.dynamic])

    def test_is_hardened(self):
        self.assertEqual(self.elf.type, ET_DYN)  # position-independent
        self.assertTrue(self.elf.flags(DT_FLAGS_1) & DF_1_PIE)
        self.assertFalse(self.elf.flags(DT_FLAGS) & DF_TEXTREL)
        self.assertNotIn(DT_TEXTREL, [tag for tag, _ in self.elf.dynamic])
        self.assertTrue(self.elf.flags(DT_FLAGS) & DF_BIND_NOW or self.elf.flags(DT_FLAGS_1) & DF_1_NOW)
        self.assertIn(PT_GNU_RELRO, self.elf.segments)
        self.assertFalse(self.elf.segments[PT_GNU_STACK] & PF_X)
        self.assertNotIn(PF_W | PF_X, [flags & (PF_W | PF_X) for flags in self.elf.loaded])
        data = self.path.read_bytes()
        for word in (b"stack smashing detected", b"buffer overflow detected"):
            self.assertIn(word, data)

    def test_all_parts_are_compiled_hardened(self):
        found = references(self.map)
        guarded = found["__stack_chk_fail"]
        for part in ("libprovider_lib.a", "libtfcpp_rest.a", "libtfcpp_goplugin.a", "libtfcpp_server.a", "libtfcpp_codec.a",
                     "libcurl.a", "libcares.a", "libssl.a", "libcrypto.a", "libz.a", "libgrpc.a", "libgrpc++.a",
                     "libprotobuf-lite.a", "libupb.a", "libaddress_sorting.a", "libabsl_strings.a", "libc.a"):
            self.assertIn(part, guarded)
        # What _FORTIFY_SOURCE makes of memcpy, snprintf and their like, where a size is known.
        checked = {symbol: files for symbol, files in found.items() if re.fullmatch(r"__[a-z]\w*_chk", symbol)}
        self.assertGreaterEqual(len(checked), 10, sorted(checked))
        parts = set().union(*checked.values())
        for part in ("libtfcpp_fields.a", "libcurl.a", "libcares.a", "libssl.a", "libcrypto.a", "libgrpc.a",
                     "libprotobuf-lite.a"):
            self.assertIn(part, parts)

    def test_is_stripped_and_small(self):
        self.assertNotIn(SHT_SYMTAB, self.elf.section_types)
        self.assertLessEqual(self.path.stat().st_size, 12.5 * MEGABYTE)

    def test_holds_no_path_of_the_build(self):
        data = self.path.read_bytes()
        # Relative ones too: they come from the compiler cache, and would not be there without one.
        for path in (str(pathlib.Path(__file__).resolve().parents[2]), str(pathlib.Path.home()) + "/", "src/tfcpp/goplugin/",
                     "gen/tfplugin6"):
            self.assertFalse(path.encode() in data, path)

    def test_grpc_is_the_server_only(self):
        data = self.path.read_bytes()
        self.assertIn(b"http-server", data)
        for client_part in (b"xds_cluster_manager_experimental", b"rls_experimental", b"ring_hash_experimental"):
            self.assertNotIn(client_part, data)


class Opens:
    """Which files in some folders anybody opened, by inotify."""

    IN_OPEN = 0x20

    def __init__(self, folders):
        self.libc = ctypes.CDLL(None, use_errno=True)
        self.descriptor = self.libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        for folder in folders:
            if self.libc.inotify_add_watch(self.descriptor, os.fsencode(folder), self.IN_OPEN) < 0:
                raise OSError(ctypes.get_errno(), f"inotify_add_watch {folder}")

    def names(self):
        names = set()
        try:
            data = os.read(self.descriptor, 1 << 16)
        except BlockingIOError:
            return names
        while data:
            _, _, _, length = struct.unpack_from("<iIII", data)
            names.add(data[16:16 + length].rstrip(b"\0").decode())
            data = data[16 + length:]
        return names - {""}

    def close(self):
        os.close(self.descriptor)


def confined(root, *command):
    """The command line that runs `command` with `root` as all it can see."""
    enter = ["chroot"] if os.geteuid() == 0 else ["unshare", "--map-root-user", "chroot"]
    return [*enter, str(root), *command]


class ConfinedTest(Case):
    """A whole life cycle against a binary that is alone with a bundle of CA certificates, and a folder for its socket."""

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="tfcpp-root-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.authority, certificate, key = make_authority(cls.folder)
        cls.workspace = Workspace("--tls", certificate, key, authority=cls.authority)
        cls.addClassCleanup(cls.workspace.close)

    def setUp(self):
        super().setUp()
        self.root = self.folder / self.id().rsplit(".", 1)[1]
        (self.root / "tmp").mkdir(parents=True)
        shutil.copy(provider_binary(), self.root / "provider")

    def add(self, path, text=""):
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)

    def add_authority(self):
        self.add("etc/ssl/certs/ca-certificates.crt", self.authority.read_text())

    def serve(self):
        """Starts the provider in the root and gives what Terraform needs to attach to it."""
        provider = subprocess.Popen(confined(self.root, "/provider", "-debug"), stdout=subprocess.PIPE, text=True,
                                    env={"PATH": os.environ["PATH"]})
        self.addCleanup(self.end, provider)
        for line in provider.stdout:
            if match := re.match(r"TF_REATTACH_PROVIDERS='(.*)'$", line):
                value = json.loads(match.group(1))
                for server in value.values():  # seen from outside the root
                    server["Addr"]["String"] = str(self.root) + server["Addr"]["String"]
                return {"TF_REATTACH_PROVIDERS": json.dumps(value)}
        raise AssertionError("the provider did not start")

    def end(self, provider):
        provider.send_signal(signal.SIGINT)
        code = provider.wait(timeout=30)
        provider.stdout.close()
        self.assertEqual(code, 0)

    def configure(self):
        # By name: the provider resolves it by itself. The token is given here, for the process has no environment.
        self.project.resource(HTTP, f"""
            provider "mlflow" {{
              host  = "{self.workspace.url.replace("127.0.0.1", "localhost")}"
              token = "{self.workspace.token}"
            }}
            """)

    def live_and_die(self, attached):
        self.configure()
        self.apply(**attached)
        self.assertEqual(self.workspace.only()["http_url_spec"]["url"], "https://example.com/webhook")
        self.assert_plan_is_empty(**attached)
        main = self.project.folder / "main.tf"
        main.write_text(main.read_text().replace("example.com/webhook", "example.com/other"))
        self.apply(**attached)
        self.assertEqual(self.workspace.only()["http_url_spec"]["url"], "https://example.com/other")
        output = self.project.run("destroy", "-auto-approve", **attached)
        self.assertEqual((output.code, self.workspace.webhooks()), (0, []), output.text)

    def test_in_an_empty_root(self):
        self.add_authority()
        self.live_and_die(self.serve())
        self.assertEqual(sorted(p.name for p in self.root.rglob("*") if p.is_file()),
                         ["ca-certificates.crt", "provider"])

    def test_without_certificates_the_error_names_the_variable(self):
        attached = self.serve()
        self.configure()
        error = self.refuse("apply", "-auto-approve", **attached)
        self.assertIn("SSL_CERT_FILE", error)

    def test_loads_no_module_of_the_machine(self):
        self.add_authority()
        self.add("etc/nsswitch.conf", "".join(f"{base}: marker\n" for base in ("hosts", "passwd", "group", "services")))
        folders = [self.root / f for f in ("lib", "lib/x86_64-linux-gnu", "usr/lib", "usr/lib/x86_64-linux-gnu")]
        for folder in folders:
            self.add(folder.relative_to(self.root) / "libnss_marker.so.2")
        opens = Opens(folders)
        self.addCleanup(opens.close)
        self.live_and_die(self.serve())
        self.assertEqual(opens.names(), set())

        # That this finds out: a static program that asks the C library.
        source = self.folder / "asks.c"
        source.write_text('#include <netdb.h>\nint main(void) { struct addrinfo *found; '
                          'return getaddrinfo("localhost", "443", 0, &found) == 0; }\n')
        subprocess.run(["cc", "-static", "-w", "-o", self.root / "asks", source], check=True, capture_output=True)
        subprocess.run(confined(self.root, "/asks"), check=False)
        self.assertIn("libnss_marker.so.2", opens.names())


if __name__ == "__main__":
    unittest.main()
