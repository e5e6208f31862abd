"""The life of a webhook on a server whose database is PostgreSQL: its columns have limits that those of sqlite lack."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from servers import Program, ServerCase, free_port, until


class Postgres:
    """A database server of Debian's package, with a database that is thrown away. It refuses to run as root: then another
    user of this machine runs it."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="tfcpp-postgres-"))
        self.options = {"cwd": self.folder}
        if os.geteuid() == 0:
            self.options |= {"user": "postgres", "group": "postgres", "extra_groups": []}
            shutil.chown(self.folder, "postgres")
        (programs,) = pathlib.Path("/usr/lib/postgresql").glob("*/bin")
        subprocess.run([programs / "initdb", "-D", self.folder / "data", "-U", "mlflow", "--auth=trust", "--no-sync"],
                       check=True, capture_output=True, **self.options)
        port = free_port()
        self.program = Program([programs / "postgres", "-D", self.folder / "data", "-p", str(port), "-k", "",
                                "-h", "127.0.0.1", "-F"], self.folder / "log", **self.options)
        until(lambda: "ready to accept connections" in (self.folder / "log").read_text(), "the database server")
        self.url = f"postgresql+psycopg2://mlflow@127.0.0.1:{port}/postgres"

    def close(self):
        self.program.stop()
        shutil.rmtree(self.folder)


class PostgresTest(ServerCase):
    @classmethod
    def setUpClass(cls):
        database = Postgres()
        cls.addClassCleanup(database.close)
        cls.server_options = {"store": database.url}
        super().setUpClass()

    def test_life_cycle(self):
        self.webhook(name=f'"{"n" * 63}"', description='"first"', secret='"first"')
        self.apply()
        self.assert_plan_is_empty()
        self.webhook(name='"renamed"', description='"second"', status='"DISABLED"', secret='"second"',
                     events='["registered_model.created", "prompt.created"]')
        self.apply()
        self.assert_plan_is_empty()
        self.assertEqual((self.server.only()["name"], self.server.only()["status"]), ("renamed", "DISABLED"))
        self.server.drift(self.attributes()["id"], status="ACTIVE")
        self.apply()
        self.assertEqual(self.server.only()["status"], "DISABLED")
        self.server.remove(self.attributes()["id"])
        self.apply()
        self.assertEqual(self.project.run("destroy", "-auto-approve").code, 0)
        self.assertEqual(self.server.webhooks(), [])

    def test_at_the_limits_of_the_columns(self):
        root = "https://example.com/"
        for attribute, limit, text in (("url", 500, root + "u" * (500 - len(root))), ("description", 1000, "d" * 1000),
                                       ("secret", 687, "s" * 687)):
            with self.subTest(attribute):
                self.webhook(**{attribute: f'"{text}"'})
                self.apply()
                self.assert_plan_is_empty()
                self.webhook(**{attribute: f'"{text}x"'})
                self.assertIn(str(limit), self.plan().flat)
                before = self.server.only()
                refused = self.refuse("apply", "-auto-approve")
                told = refused[refused.index("Error:"):]
                self.assertNotIn("SQL:", told)
                self.assertNotIn("u" * 20, told.replace("\n", ""))
                self.assertNotIn("s" * 20, told)
                self.assertEqual(self.server.only(), before)
                self.webhook()
                self.apply()

    def test_a_lost_create(self):
        self.webhook()
        self.workspace.fault("reset_after", method="POST", operation="webhooks")
        self.apply()
        self.assertEqual(self.server.only()["webhook_id"], self.attributes()["id"])


if __name__ == "__main__":
    unittest.main()
