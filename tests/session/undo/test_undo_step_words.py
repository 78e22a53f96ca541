"""What can be undone, in words: short, from the table of settings, and of every setting of it."""

from __future__ import annotations

from typing import Any

import pytest

from regdesk.core.settings.configuration import Configuration
from regdesk.core.settings.configuration_record import changed_configuration
from regdesk.core.settings.settings_table import TABLE
from regdesk.session.undo.step_words import MOST_CHARACTERS, OWN_WORDS, choice_words

MANY = tuple(f"column {number}" for number in range(40))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"training.lam": 0.1}, "λ 0.01 → 0.1"),
        ({"training.penalty": "l1", "training.lam": 0.3}, "L2 → L1, λ 0.01 → 0.3"),
        ({"architecture.hidden": ()}, "hidden layers 16,16 → none"),
        ({"data.target": "b", "data.degree": 2, "seed": 4}, "target automatic → b and 2 more"),
        ({"data.features": MANY}, "Features"),
        ({"source.file": "/home/a/table.csv", "training.lam": 1.0}, "open table.csv"),
        ({"source.sample": "two-moons"}, "open sample two-moons"),
        ({"view.text_percent": 125}, "size of text 100 → 125"),
        ({"view.layout": "geometry"}, "layout Explore → Geometry"),
        ({"view.lecture.is_on": True}, "lecture on"),
        ({"view.steps_per_second": None}, "speed 1000 → flat out"),
        ({"view.closed_panels": ("pathPanel",)}, "panels shown"),
        ({"view.geometry.x": 3, "view.selected": ("weight", 3)}, "weight on the horizontal axis"),
        ({"view.geometry.watched": 3, "view.selected": ("weight", 3)}, "weight that is asked why it is zero"),
        (
            {"view.geometry.x": 3, "view.geometry.watched": 3, "view.selected": ("weight", 3)},
            "selection",
        ),
        ({"view.has_column": False, "view.is_column_chosen": True}, "whole control column off"),
        (
            {"view.weights_picture": "sorted", "view.path.scale": "original"},
            "picture of the weights histograms → sorted and 1 more",
        ),
        ({"view.shows_scores": True}, "accuracy and AUROC on"),
        ({"view.path.output": "b"}, "class of the path"),
        ({"view.variables_order": "name-rising"}, "variables by importance falling → name rising"),
        ({"view.slice": ("a",), "training.lam": 0.1}, "λ 0.01 → 0.1"),
        ({}, ""),
    ],
)
def test_a_change_is_said_as_a_person_would(values: dict[str, Any], words: str) -> None:
    before = Configuration()
    assert choice_words(before, changed_configuration(before, values)) == words


def test_a_long_name_is_cut() -> None:
    before = Configuration()
    words = choice_words(before, changed_configuration(before, {"source.file": f"/{'n' * 200}.csv"}))
    assert len(words) == MOST_CHARACTERS
    assert words.endswith("…")


def test_own_words_are_of_settings_that_say_nothing_of_themselves() -> None:
    unsaid = {setting.path for setting in TABLE if not setting.sentence}
    assert set(OWN_WORDS) <= unsaid
