"""Every controller that a test of the session makes ends with its test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def controllers_end(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Left to Python's collector, a controller whose parts have parts of their own ends the process (PySide6 6.10):
    "shared QObject was deleted directly", then a fault in memory, in whatever test runs by then. Qt deletes them in
    their order. A whole window ends its own.
    """
    if "session" not in request.path.parts:
        yield
        return
    import shiboken6

    from regdesk.session.controller import Controller

    made: list[Controller] = []
    begin = Controller.__init__

    def noted(controller: Controller, *parts: Any, **others: Any) -> None:
        begin(controller, *parts, **others)
        made.append(controller)

    monkeypatch.setattr(Controller, "__init__", noted)
    yield
    for controller in made:
        if shiboken6.isValid(controller):
            shiboken6.delete(controller)
