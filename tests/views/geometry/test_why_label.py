"""Why a weight is zero, in whole sentences on few lines."""

from __future__ import annotations

from typing import Any

from regdesk.views.geometry.why_label import WhyLabel

NAME = "hdl_cholesterol → unit 16"
REASON = "Without L1 nothing holds a weight at zero."


def label(qtbot: Any, n_lines: int, width_px: int) -> WhyLabel:
    made = WhyLabel()
    qtbot.addWidget(made)
    made.show_lines(n_lines)
    made.resize(width_px, made.sizeHint().height())
    made.show_sentences((f"{NAME}: {REASON}", "All others stand still."), NAME)
    return made


def test_a_long_name_is_cut_before_the_reason_is(qtbot: Any) -> None:
    metrics = WhyLabel().fontMetrics()
    whole_px = metrics.horizontalAdvance(f"{NAME}: {REASON}")
    assert label(qtbot, 1, whole_px + 2).text() == f"{NAME}: {REASON}"
    narrow = label(qtbot, 1, whole_px - metrics.horizontalAdvance(NAME) // 2).text()
    assert narrow.endswith(f": {REASON}")
    assert "…" in narrow.partition(":")[0]
    # Nothing else would do: then the end goes.
    assert label(qtbot, 1, whole_px // 3).text().endswith("…")


def test_on_two_lines_all_of_a_first_sentence_is_there(qtbot: Any) -> None:
    metrics = WhyLabel().fontMetrics()
    made = label(qtbot, 2, metrics.horizontalAdvance(REASON) + 30)
    assert made.text().replace("\n", " ").startswith(f"{NAME}: {REASON}")
    assert made.accessibleName() == f"{NAME}: {REASON} All others stand still."
