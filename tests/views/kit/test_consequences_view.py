"""What settings would do, as a person reads it: warnings and the health of the data say by a word what they are."""

from __future__ import annotations

from regdesk.core.words.data_facts import Consequences, HealthFinding
from regdesk.views.kit.consequences_view import ConsequencesView

FINDING = HealthFinding("copies", ("a", "<b>"), 2, "<b> is a copy of a; both are kept.")


def test_health_stands_between_warnings_and_notes_as_plain_text(qtbot) -> None:
    view = ConsequencesView("consequencesText", "This cannot be applied:")
    qtbot.addWidget(view)
    view.show_consequences(
        Consequences("regression", ("Predicts y.", "All rows are used.", "A note."), ("Too few rows.",), (FINDING,))
    )
    assert view.toPlainText().splitlines() == [
        "Predicts y.",
        "All rows are used.",
        "Warning: Too few rows.",
        "Data health: <b> is a copy of a; both are kept.",
        "A note.",
    ]
