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
