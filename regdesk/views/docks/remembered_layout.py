"""How the panels stood, to be brought back in the same window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize

from regdesk.views.docks.plans import Arrangement

if TYPE_CHECKING:
    from regdesk.views.docks.panel_dock import PanelDock


@dataclass(frozen=True)
class RememberedLayout:
    """How docks stood: as Qt writes it, and what it knows nothing of.

    ``is_own``: nothing had been moved by hand; ``in_front`` are the tabs in front that no plan has there; ``size`` is
    that of the room in which they stood.
    """

    is_own: bool
    arrangement: Arrangement
    closed: tuple[str, ...]
    in_front: tuple[PanelDock, ...]
    state: QByteArray
    size: QSize
