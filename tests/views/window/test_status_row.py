"""The line that says what just happened: which of two sentences stands."""

from __future__ import annotations

from typing import Any

import pytest

from regdesk.core.words.verdict_words import GAP, shorter_sentence
from regdesk.views.kit.readout_label import ParagraphLabel
from regdesk.views.window.status_row import StatusRow


@pytest.fixture
def row(qtbot: Any) -> StatusRow:
    made = StatusRow()
    qtbot.addWidget(made)
    return made


def test_what_is_done_after_a_refusal_takes_its_place(row: StatusRow) -> None:
    row.show_story("It trains.")
    row.show_error("No.")
    row.show_story("It trains on.")
    assert row.text == "No."
    row.forget_error()
    assert row.text == "It trains on."
    row.show_error("No again.")
    # An action without a sentence of its own, of a model that is paused and says nothing new.
    row.forget_error()
    assert row.text == "It trains on."
    row.show_story("It has ended.")
    assert row.text == "It has ended."


def test_a_refusal_stays_where_there_is_no_model_that_could_say_anything_else(row: StatusRow) -> None:
    row.show_story("It trains.")
    row.forget_story()
    row.show_error("No.")
    row.forget_error()
    assert row.text == "No."


def test_a_sentence_that_is_no_refusal_is_not_taken_back(row: StatusRow) -> None:
    row.show_story("It trains.")
    row.show_status("All 50 λ are swept.")
    row.forget_error()
    assert row.text == "All 50 λ are swept."


def test_what_is_kept_of_it_is_no_refusal_nor_that_it_was_kept(row: StatusRow) -> None:
    row.show_error("No.")
    assert row.kept_text == ""
    row.show_story("It trains.")
    assert (row.text, row.kept_text) == ("No.", "It trains.")
    row.show_aside("Saved as a.regdesk.")
    assert (row.text, row.kept_text) == ("Saved as a.regdesk.", "It trains.")
    row.show_story("It trains on.")
    assert (row.text, row.kept_text) == ("Saved as a.regdesk.", "It trains on.")
    row.show_status("All 50 λ are swept.")
    assert (row.text, row.kept_text) == ("All 50 λ are swept.", "All 50 λ are swept.")
    row.show_error("No again.")
    assert row.kept_text == "It trains on."
    row.stop()


def test_without_room_the_numbers_of_the_gap_stay_and_the_line_ends_with_a_whole_part(row: StatusRow) -> None:
    change = "L2 → L1: 282 of 288 weights fell to zero"
    sentence = f"The λ buttons offer 0.001 to 0.03 now. {change}; {GAP} narrowed from 0.0376 to 0.0267. Converged."
    line = row.findChild(ParagraphLabel)
    assert isinstance(line, ParagraphLabel)
    row.show_story(sentence)
    metrics, margins = line.fontMetrics(), line.contentsMargins()

    def shown(last: str) -> str:
        """What can be seen where half of the words up to ``last`` and a little more fit into a line."""
        most = metrics.horizontalAdvance(last) / 2 + metrics.horizontalAdvance("weights")
        line.resize(round(most) + margins.left() + margins.right(), line.height())
        assert row.text == sentence
        return " ".join(line.shown_lines)

    shorter = f"The λ buttons offer 0.001 to 0.03 now. {change}; gap 0.0376 → 0.0267. Converged."
    assert shown(sentence) == sentence
    assert shown(shorter) == shorter
    assert shown(shorter.removesuffix(" Converged.")) == f"{shorter.removesuffix(' Converged.')} …"
    assert shown(f"The λ buttons offer 0.001 to 0.03 now. {change}") == (
        f"The λ buttons offer 0.001 to 0.03 now. {change} …"
    )
    assert line.is_elided


@pytest.mark.parametrize(
    ("sentence", "shorter"),
    [
        (
            f"All: {GAP} went from −0.0028 to 0.0019: the validation loss is now.",
            "All: gap −0.0028 → 0.0019: the validation loss is now.",
        ),
        (f"All: {GAP} stays near 0.305.", "All: gap stays near 0.305."),
        (f"All: {GAP} widened from 1.5 to 20. Converged.", "All: gap 1.5 → 20. Converged."),
        ("It trains.", "It trains."),
    ],
)
def test_the_gap_in_fewer_words(sentence: str, shorter: str) -> None:
    assert shorter_sentence(sentence) == shorter
