"""Six seeds of mixed faults: nothing is lost, doubled or forgotten, and no secret is shown."""

import unittest

from soak import soak

SEEDS = range(1, 7)
ROUNDS = 3


class SoakTest(unittest.TestCase):
    def test_six_seeds(self):
        total = soak(SEEDS, ROUNDS)
        self.assertGreater(total.faults, 20, "too little went wrong for this to say anything")
        self.assertEqual(total.bad(), 0, total)


if __name__ == "__main__":
    unittest.main()
