"""numpy's random numbers are loaded from the front before numba is, which enters their package by one of its parts."""

from __future__ import annotations

import json
import subprocess
import sys

SOURCE = """
import json, sys

class Noted:
    names = []

    def find_spec(self, name, path, target=None):
        self.names.append(name)

sys.meta_path.insert(0, Noted())
import regdesk.core.engine.units
wanted = ("numpy.random", "numpy.random.bit_generator", "numba")
print(json.dumps([name for name in Noted.names if name in wanted]))
"""


def test_random_numbers_are_loaded_whole_before_numba_asks_for_a_part_of_them() -> None:
    """Else a thread that splits rows and one that loads the engine wait for each other, and Python raises an error."""
    command = [sys.executable, "-c", SOURCE]
    found: list[str] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert found == ["numpy.random", "numpy.random.bit_generator", "numba"]
