#!/usr/bin/env python3
"""An HTTP receiver for an MLflow server's webhooks, for the demo: keeps the last delivery in files of a folder, "complete"
written last. Usage: keep_deliveries.py FOLDER"""

import http.server
import pathlib
import sys

HEADERS = {"id": "X-MLflow-Delivery-Id", "timestamp": "X-MLflow-Timestamp", "signature": "X-MLflow-Signature"}


class Handler(http.server.BaseHTTPRequestHandler):
    folder = pathlib.Path(sys.argv[1])

    def do_POST(self):  # pylint: disable=invalid-name
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.end_headers()
        (self.folder / "body").write_bytes(body)
        for name, header in HEADERS.items():
            (self.folder / name).write_text(self.headers.get(header, ""))
        (self.folder / "complete").touch()

    def log_message(self, *_):
        pass


def main():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        print(f"receiver ready at http://127.0.0.1:{server.server_address[1]}", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()
