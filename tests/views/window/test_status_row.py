"""The line that says what just happened: which of two sentences stands."""

from __future__ import annotations

from typing import Any

import pytest

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
