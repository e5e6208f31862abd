"""A server that cannot decrypt the secrets that it keeps: its key has changed. (Without a key and with several workers each
has a key of its own, and answers flip; that is the same answer at random.)"""

import unittest

from servers import ServerCase, fernet_key

KEY = "MLFLOW_WEBHOOK_SECRET_ENCRYPTION_KEY"


class KeyTest(ServerCase):
    def tearDown(self):
        self.use_key("first")

    def use_key(self, key):
        self.server.stop()
        self.server.start(**{KEY: fernet_key(key)})

    def test_every_command_says_what_the_operator_must_set(self):
        self.webhook(secret='"canary-secret"')
        self.apply()
        made = self.attributes()
        self.use_key("second")
        for command in (("plan",), ("apply", "-auto-approve"), ("destroy", "-auto-approve"),
                        ("destroy", "-auto-approve", "-refresh=false"), ("plan", "-refresh-only")):
            with self.subTest(command):
                self.assertIn(KEY, self.refuse(*command))
                self.assertEqual(self.attributes(), made)
        self.webhook(secret='"another"')
        self.assertIn(KEY, self.refuse("apply", "-auto-approve", "-refresh=false"))
        self.assertEqual(self.attributes(), made)
        # Another webhook without a secret works, though a listing does not.
        self.use_key("first")
        self.webhook(secret='"canary-secret"')
        self.assert_plan_is_empty()


if __name__ == "__main__":
    unittest.main()
