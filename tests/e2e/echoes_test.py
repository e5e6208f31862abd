"""A service that turns against its user: it quotes secrets in every form and place, commands the terminal, sends what has
no end, asks to be called again at once, and sends secrets elsewhere."""

import base64
import html
import http.server
import json
import ssl
import threading
import unittest
import urllib.parse

from harness import HEAD, Case, make_authority

TOKEN = "dapi-t0ken\"canary/0123456789"
HEADER = "Bearer h34der-c4nary+0123456789"
SECRET = "wh-s3cret-c4nary-0123456789"
CLIENT_SECRET = "dose-cl13nt-c4nary-0123456789"
SECRETS = (TOKEN, HEADER, HEADER.split()[1], SECRET)
COMMANDS = "\x1b[31m\x1b]0;title\x07\x9b2J\u202e\u2066\x7f\x00"
OIDC = "/oidc/.well-known/oauth-authorization-server"


def escaped(text):
    return "".join(f"\\u{ord(c):04x}" for c in text)


def forms(secret):
    """What must not be seen of a secret, however it is written."""
    data = secret.encode()
    found = [secret, json.dumps(secret)[1:-1], escaped(secret), escaped(secret).upper().replace("\\U", "\\u"),
             urllib.parse.quote(secret, safe=""), "".join(f"%{b:02x}" for b in data), html.escape(secret),
             "".join(f"&#{b};" for b in data), data.hex(), data.hex().upper(),
             base64.urlsafe_b64encode(data).decode(), secret[:12] + "...", "..." + secret[-12:]]
    return found + [base64.b64encode(b"\0" * offset + data).decode() for offset in range(3)]


def parts(secret):
    """Of each form, what would do harm: its middle, and what is left of a cut one."""
    whole = [form[4:-4] for form in forms(secret) if "..." not in form]
    return [*whole, secret[:8], secret[-8:]]


def echo(*secrets):
    return " | ".join(form for secret in secrets for form in forms(secret))


ECHO = echo(*SECRETS)


class Service:
    """Answers every request with `answer(method, path)`: status, headers, body."""

    def __init__(self, answer, tls=None):
        self.answer, self.calls = answer, []
        service = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def reply(self):
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                service.calls.append(f"{self.command} {urllib.parse.urlparse(self.path).path}")
                status, headers, body = service.answer(self.command, urllib.parse.urlparse(self.path).path)
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST = do_PATCH = do_DELETE = reply  # pylint: disable=invalid-name

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.handle_error = lambda *_: None  # clients that have had enough of an answer
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*tls)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.url = f"http{'s' if tls else ''}://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def error(status, message, code="INVALID_PARAMETER_VALUE"):
    return status, {"Content-Type": "application/json"}, json.dumps({"error_code": code, "message": message}).encode()


def header_safe(text):
    """As Python writes a header: Latin-1, without line ends and NUL."""
    return text.replace("\x00", "").replace("\u202e", "").replace("\u2066", "")


class EchoesTest(Case):
    def serve(self, answer, tls=None):
        service = Service(answer, tls)
        self.addCleanup(service.close)
        return service

    def environment(self, service, **more):
        return {"DATABRICKS_HOST": service.url, "DATABRICKS_TOKEN": TOKEN, "TF_VAR_header": HEADER, "TF_VAR_secret": SECRET,
                "TF_LOG_PROVIDER": "TRACE", "TF_LOG_PATH": str(self.project.root / "log"), **more}

    def show(self, environment, *command):
        """What a failing command shows; neither that nor the log has a secret, or commands for a terminal."""
        self.project.write(HEAD + """
            variable "header" { sensitive = true }
            variable "secret" { sensitive = true }
            provider "mlflow" { retry_timeout_seconds = 3 }
            resource "mlflow_webhook" "this" {
              events        = ["MODEL_VERSION_CREATED"]
              http_url_spec = {
                url                  = "https://example.com/webhook"
                authorization_header = var.header
                secret               = var.secret
              }
            }""")
        if not (self.project.folder / ".terraform").exists():
            self.project.init()
        log = self.project.root / "log"
        log.unlink(missing_ok=True)
        output = self.project.run(*(command or ("apply", "-auto-approve")), **environment)
        self.assertEqual(output.code, 1, output.text)
        for name, text in (("output", output.text), ("log", log.read_text())):
            for secret in (*SECRETS, CLIENT_SECRET):
                for part in parts(secret):
                    self.assertNotIn(part, text, f"a part of {secret} is in the {name}")
            for command_character in "\x1b\x07\x9b\u202e\u2066\x7f":
                self.assertNotIn(command_character, text, name)
        self.assertLess(len(output.text), 12_000)
        return output.flat

    def test_places(self):
        places = {
            "message": lambda: error(400, ECHO),
            "message, with other escapes": lambda: (
                400, {}, b'{"message": "bad %s"}' % " ".join(map(escaped, SECRETS)).encode()),
            "message behind a vertical tab": lambda: (
                400, {}, b'\v\f{"error_code": "X", "message": "bad %s"}\v\f' % " ".join(map(escaped, SECRETS)).encode()),
            "error_code": lambda: error(400, "m", ECHO),
            "plain text": lambda: (500, {"Content-Type": "text/plain"}, ECHO.encode()),
            "cut JSON": lambda: (500, {}, error(500, ECHO)[2][:-2]),
            "page": lambda: (403, {"Content-Type": "text/html"}, f"<html>{ECHO}</html>".encode()),
            "headers": lambda: (400, {name: ECHO for name in ("x-request-id", "x-databricks-request-id", "Location",
                                                              "WWW-Authenticate", "x-tfcpp-waited")}, b"{}"),
            "redirect": lambda: (302, {"Location": f"https://login.example/?{urllib.parse.quote(ECHO)}"}, b""),
            "refused token": lambda: error(401, ECHO, "UNAUTHENTICATED"),
            "across the cut": lambda: error(400, "x" * 2_038 + " " + " ".join(SECRETS)),
        }
        for place, answer in places.items():
            with self.subTest(place):
                self.assertIn("Cannot create the webhook", self.show(self.environment(self.serve(lambda *_, a=answer: a()))))

    def test_token_endpoint(self):
        def answer(_, path):
            if path == OIDC:
                return 200, {}, json.dumps({"token_endpoint": service.url + "/token"}).encode()
            if path == "/token":
                return 400, {"x-request-id": CLIENT_SECRET}, json.dumps(
                    {"error": "invalid_client", "error_description": echo(CLIENT_SECRET) + COMMANDS}).encode()
            return 404, {}, b""

        service = self.serve(answer)
        environment = self.environment(service, DATABRICKS_TOKEN="", DATABRICKS_CLIENT_ID="id",
                                       DATABRICKS_CLIENT_SECRET=CLIENT_SECRET, DATABRICKS_AUTH_TYPE="oauth-m2m")
        self.assertIn("invalid_client", self.show(environment))

    def test_text_is_readable_and_bounded(self):
        places = {
            "message": lambda: error(400, COMMANDS + "said"),
            "error_code": lambda: error(400, "m", COMMANDS + "said"),
            "plain text": lambda: (400, {}, (COMMANDS + "said").encode()),
            "no UTF-8": lambda: (400, {}, b"said \x9b31m \xff\xfe \xed\xa0\x80"),
            "headers": lambda: (400, {"x-request-id": header_safe(COMMANDS) + "said"}, b""),
            "long code": lambda: error(400, "said", COMMANDS * 50_000),
            "code longer than any answer": lambda: error(400, "", COMMANDS * 500_000),
            "long message": lambda: error(400, "said" + COMMANDS * 500_000),
            "too long a message": lambda: error(400, "said" + "s" * 20_000_000),
            "long text": lambda: (400, {}, b"said" + b"\x1b" * 10_000_000),
            "many echoes": lambda: error(400, "said " + (SECRET + ",") * 500_000),
        }
        for place, answer in places.items():
            with self.subTest(place):
                text = self.show(self.environment(self.serve(lambda *_, a=answer: a())))
                self.assertIn("answered 400", text)
                if place != "code longer than any answer":
                    self.assertIn("said", text)

    def test_is_not_called_again_at_once(self):
        for retry_after in ("0", "-1", "soon", "0.001", "Thu, 01 Jan 1970 00:00:00 GMT"):
            with self.subTest(retry_after):
                service = self.serve(lambda *_, value=retry_after: (
                    429, {"Retry-After": value, "Date": "Fri, 02 Jan 2026 00:00:00 GMT"}, b"{}"))
                self.show(self.environment(service))
                # With waits of 1 s and 2 s, and 3 s for all.
                self.assertLessEqual(len(service.calls), 3)

    def test_secrets_go_to_https_only(self):
        _, certificate, key = make_authority(self.project.root)
        elsewhere = self.serve(lambda *_: (200, {}, b'{"access_token": "t", "expires_in": 3600}'))
        for path, document in ((OIDC, {"token_endpoint": elsewhere.url + "/token"}),
                               ("/.well-known/databricks-config", {"oidc_endpoint": elsewhere.url})):
            with self.subTest(path):
                service = self.serve(
                    lambda _, asked, path=path, document=document: (200, {}, json.dumps(document).encode())
                    if asked == path else (404, {}, b""), tls=(certificate, key))
                environment = self.environment(
                    service, DATABRICKS_TOKEN="", DATABRICKS_CLIENT_ID="id", DATABRICKS_CLIENT_SECRET=CLIENT_SECRET,
                    DATABRICKS_AUTH_TYPE="oauth-m2m", SSL_CERT_FILE=str(self.project.root / "ca.pem"))
                self.assertIn("must name an https address", self.show(environment))
                self.assertEqual(elsewhere.calls, [])


if __name__ == "__main__":
    unittest.main()
