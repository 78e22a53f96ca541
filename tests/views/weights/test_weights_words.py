"""The sentence above the weights: whole numbers in any width."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from regdesk.views.weights.words import fitting_sentence, weights_sentence

LAYER = SimpleNamespace(l1_norm=3.32, l2_norm=1.86)


def snapshot(n_negligible: int) -> Any:
    return SimpleNamespace(layers=(LAYER,), n_alive=8, n_weights=432, n_negligible=n_negligible)


def test_what_is_counted() -> None:
    assert weights_sentence(snapshot(0), False, False) == "8 of 432 alive; ‖W‖₁ 3.32, ‖W‖₂ 1.86."
    assert weights_sentence(snapshot(5), False, True).endswith("1.86; 5 too small; frozen outline.")
    assert weights_sentence(snapshot(5), True, False).endswith("1.86; some too small.")


@pytest.mark.parametrize(
    ("last", "shown"),
    [
        ("‖W‖₂ 1.86.", "8 of 432 alive; ‖W‖₁ 3.32, ‖W‖₂ 1.86."),
        # Fewer letters, before one norm without the other.
        ("‖W‖₂ 1.8", "8/432 alive; ‖W‖₁ 3.32, ‖W‖₂ 1.86."),
        ("‖W‖₁ 3.32", "8 of 432 alive; ‖W‖₁ 3.32"),
        ("‖W‖₁ 3.3", "8 of 432 alive"),
    ],
)
def test_a_number_that_has_no_room_goes_whole(qtbot: Any, last: str, shown: str) -> None:
    panel, sentence = QWidget(), weights_sentence(snapshot(0), False, False)
    qtbot.addWidget(panel)
    until = sentence[: sentence.index(last) + len(last)]
    panel.resize(panel.fontMetrics().horizontalAdvance(until) + 17, 100)
    assert fitting_sentence(sentence, panel) == shown
