"""Which changes are one thing to a person: by the settings, the mouse, and the time between them."""

from __future__ import annotations

import pytest

from regdesk.core.run.changes import MERGE_S
from regdesk.session.undo.gesture import Gesture

LAM = ("training.lam",)


def goes_on(*changes: tuple[tuple[str, ...], float, bool]) -> list[bool]:
    gesture = Gesture()
    return [gesture.goes_on(*change) for change in changes]


def test_changes_of_the_same_settings_close_upon_one_another_are_one() -> None:
    near, far = 0.5 * MERGE_S, 1.5 * MERGE_S
    assert goes_on((LAM, 0.0, False), (LAM, near, False), (LAM, near + far, False)) == [False, True, False]


def test_other_settings_are_another_thing_at_once() -> None:
    both = ("training.penalty", "training.lam")
    assert goes_on((LAM, 0.0, False), (both, 0.0, False), (LAM, 0.0, False)) == [False, False, False]


def test_a_drag_goes_on_as_long_as_the_mouse_is_held() -> None:
    gesture = Gesture()
    assert not gesture.goes_on(LAM, 0.0, is_held=True)
    gesture.note_time(is_held=True)
    assert gesture.goes_on(LAM, 60.0, is_held=True)
    gesture.note_time(is_held=False)
    assert not gesture.goes_on(LAM, 60.0 + 0.1 * MERGE_S, is_held=True), "the mouse was let go between"


@pytest.mark.parametrize("is_ended", [False, True])
def test_parts_are_picked_one_after_the_other(is_ended: bool) -> None:
    gesture = Gesture()
    weight, unit = ("view.selected",), ("view.geometry.x", "view.selected")
    assert not gesture.goes_on(weight, 0.0, False)
    if is_ended:
        gesture.end()
    assert gesture.goes_on(unit, 60.0, False) is not is_ended
    assert not gesture.goes_on(("view.slice",), 60.0, False)
