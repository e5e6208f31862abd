"""A real MLflow server for the fault matrix (tests/faults), driven by lines on standard input, each answered by one line: what
is kept and put back is its database's, which takes a thousandth of a new start.

  (at first)   its port
  webhooks     JSON of the webhooks there, with their secrets
  clear        no webhooks are left
  age          all webhooks become an hour older
  keep         what is there now is kept
  restore      and is put back

It ends when the input does."""

import json
import sqlite3
import sys

from servers import MlflowServer

TABLES = ("webhooks", "webhook_events")


class Database:
    def __init__(self, server):
        # One connection all the time: opening one for each line would take longer than what it does.
        self.connection = sqlite3.connect(server.database, timeout=60, isolation_level=None)
        self.key = server.variables["MLFLOW_WEBHOOK_SECRET_ENCRYPTION_KEY"]
        self.kept = {}

    def webhooks(self):
        rows = self.connection.execute(
            "SELECT webhook_id, name, description, secret FROM webhooks WHERE deleted_timestamp IS NULL").fetchall()
        return [{"id": i, "name": n, "description": d or "", "secret": decrypted(self.key, s)} for i, n, d, s in rows]

    def clear(self):
        self.kept = {}
        self.restore()

    def age(self):
        self.connection.execute("UPDATE webhooks SET creation_timestamp = creation_timestamp - 3600000")

    def keep(self):
        self.kept = {table: self.connection.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}

    def restore(self):
        self.connection.execute("BEGIN IMMEDIATE")
        for table in reversed(TABLES):
            self.connection.execute(f"DELETE FROM {table}")
        for table, rows in self.kept.items():
            for row in rows:
                self.connection.execute(f"INSERT INTO {table} VALUES ({','.join('?' * len(row))})", row)
        self.connection.execute("COMMIT")


def decrypted(key, secret):
    if not secret:
        return ""
    from cryptography.fernet import Fernet  # pylint: disable=import-outside-toplevel
    return Fernet(key.encode()).decrypt(secret.encode()).decode()


def main():
    server = MlflowServer()
    try:
        database = Database(server)
        print(server.port, flush=True)
        for line in sys.stdin:
            answer = getattr(database, line.strip())()
            print(json.dumps(answer), flush=True)
    finally:
        server.close()


if __name__ == "__main__":
    main()
