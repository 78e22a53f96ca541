"""A lesson that names a panel or a control which its reader cannot see is refused, with the line of the name."""

from __future__ import annotations

import pytest

from regdesk.core.lessons.lesson import HIDEABLE
from regdesk.core.lessons.named_parts import CONTROL_NAMES, PANEL_NAMES
from regdesk.core.lessons.reading import lesson_of
from regdesk.core.settings.view_table import PANELS

HEADER = "---\ntitle: A\nabout: B.\nhide: batchSizeEdit\n---\n\n"


def faults_of(steps: str) -> list[tuple[int, str]]:
    _, faults = lesson_of(HEADER + steps, ())
    return [(fault.line, fault.sentence) for fault in faults]


@pytest.mark.parametrize(
    ("steps", "line", "sentence"),
    [
        (
            "# A\n\nshow: dataFitPanel\n\nText.\n\n## What you saw\n\nLook at the History panel.\n",
            15,
            "the History panel is named here and is not open: add historyPanel to 'show:'.",
        ),
        (
            "# A\n\nshow: dataFitPanel\n\nText.\n\n# B\n\nThe norm stands in the **Weights**\npanel.\n",
            15,
            "the Weights panel is named here and is not open: add histogramPanel to 'show:'.",
        ),
        (
            "# A\n\nhide: lambdaPanel\n\nSee the Loss\nversus λ panel.\n",
            11,
            "the Loss versus λ panel is named here, and 'hide:' takes lambdaPanel away.",
        ),
        (
            "# A\n\nTask.\n\n## Question\n\nWhich?\n\n- [x] Yes.\n  > See **Batch size**.\n- [ ] No.\n  > No.\n",
            16,
            "**Batch size** is named here, and 'hide:' takes batchSizeEdit away.",
        ),
    ],
)
def test_what_is_named_and_not_to_be_seen(steps: str, line: int, sentence: str) -> None:
    assert faults_of(steps) == [(line, sentence)]


@pytest.mark.parametrize(
    "steps",
    [
        "# A\n\nshow: dataFitPanel, historyPanel\n\nLook at the History panel.\n\n# B\n\nAnd at the Data fit panel.\n",
        # As the reader has them.
        "# A\n\nLook at the History panel.\n",
        # The things, not the parts of the window.
        "# A\n\nshow: dataFitPanel\n\nThe History of it; the Weights; a batch size of 3; the **Network** learns.\n",
    ],
)
def test_what_can_be_seen_or_is_no_name(steps: str) -> None:
    assert faults_of(steps) == []


def test_every_panel_and_every_control_that_can_be_hidden_has_a_name() -> None:
    assert set(PANEL_NAMES.values()) == set(PANELS)
    assert set(CONTROL_NAMES.values()) == set(HIDEABLE)
