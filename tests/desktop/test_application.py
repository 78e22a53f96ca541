"""A window that nobody holds is not collected: it stays until Qt destroys it."""

from __future__ import annotations

import gc
import weakref
from typing import Any

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject

from regdesk.desktop.application import hold_until_destroyed


class Part(QObject):
    """Refers to whatever it is told to."""

    other: QObject | None = None


def test_what_is_dropped_is_collected_when_qt_has_destroyed_it(qapp: Any) -> None:
    # The older one is the child: collected, they would end the process.
    controller, top = Part(), Part()
    controller.setParent(top)
    part = Part(controller)
    part.other, controller.other = top, part
    hold_until_destroyed(top)
    whole, inner = weakref.ref(top), weakref.ref(part)
    del controller, top, part
    gc.collect()
    kept = whole()
    assert kept is not None
    assert shiboken6.isValid(kept)
    kept.deleteLater()
    del kept
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert (whole(), inner()) == (None, None)
