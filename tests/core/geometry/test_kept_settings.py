"""Weights that were chosen for the geometry, when the model gets others."""

from __future__ import annotations

import pytest

from regdesk.core.geometry.view import GeometryChoice, kept_settings
from regdesk.core.settings.configuration import GeometrySettings
from regdesk.core.weights.names import WeightList

BEFORE = WeightList((0, 1, 4), ("a", "b", "c"))
CHOSEN = GeometrySettings(x=1, y=4, reading="profile", is_sum=True, watched=0)


@pytest.mark.parametrize(
    ("now", "kept"),
    [
        (BEFORE, (1, 4, 0)),
        (WeightList((0, 1, 2), ("a", "b", "c")), (1, None, 0)),
        (WeightList((0, 1, 4), ("b", "a", "c")), (None, 4, None)),
        (WeightList(), (None, None, None)),
    ],
)
def test_one_stays_where_it_has_the_same_name(now: WeightList, kept: tuple[int | None, ...]) -> None:
    found = kept_settings(CHOSEN, BEFORE, now)
    assert (found.x, found.y, found.watched) == kept
    assert (found.reading, found.is_sum) == ("profile", True)


def test_before_there_were_any_all_are_meant() -> None:
    assert kept_settings(CHOSEN, None, BEFORE) == CHOSEN


def test_one_beyond_the_list_stays_while_the_list_does() -> None:
    assert kept_settings(GeometrySettings(x=9), BEFORE, BEFORE).x == 9
    assert kept_settings(GeometrySettings(x=9), BEFORE, WeightList((9,), ("z",))).x is None


def test_a_choice_is_the_settings_in_their_place() -> None:
    choice = GeometryChoice.of(CHOSEN, 0.75)
    assert (choice.settings, choice.aspect) == (CHOSEN, 0.75)
