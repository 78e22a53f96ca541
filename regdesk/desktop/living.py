"""Windows that must not be left to Python's collector.

PySide 6.10 can delete an object of Qt twice where the collector comes upon it before its parent, and the process ends
(``tests/reliability/collected_child.py``). A window and all that belongs to it refer to each other in circles: whoever
drops it, as a notebook may, would leave it to the collector. Held here it goes only when Qt deletes it, in Qt's order.
"""

from __future__ import annotations

from PySide6.QtCore import QObject

_living: dict[int, QObject] = {}


def hold_until_destroyed(top: QObject) -> None:
    """Keep ``top``, which has no parent, until Qt destroys it."""
    key = id(top)
    _living[key] = top
    top.destroyed.connect(lambda: _living.pop(key, None))
