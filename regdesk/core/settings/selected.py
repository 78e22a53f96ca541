"""What of a model is selected, and shown in one colour by every panel: an input, a weight or a hidden unit.

A value of the setting ``view.selected`` is a tuple, so that a file holds it as a list: ``("input", "age")`` with the
name of an input or of a column, ``("weight", 17)`` with a place in the row of all parameters, ``("unit", 1, 3)`` with a
hidden layer and a unit of it, both counted from 1; the empty tuple is nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from regdesk.core.settings.entries import LARGEST_WHOLE
from regdesk.core.settings.setting_kinds import Kind, OutOfReach, Text, Whole
from regdesk.core.types import MOST_LAYERS, MOST_UNITS

Selected = tuple[str | int, ...]
NOTHING: Selected = ()


def selected_input(name: str) -> Selected:
    """The input of that name; that of a column is all of its inputs."""
    return ("input", name)


def selected_weight(position: int) -> Selected:
    """The weight at ``position`` in the row of all parameters."""
    return ("weight", int(position))


def selected_unit(layer: int, unit: int) -> Selected:
    """A unit of a hidden layer, both counted from 1."""
    return ("unit", int(layer), int(unit))


def name_in(selected: Selected) -> str | None:
    """The name of the input or the column that is selected; None where something else is, or nothing."""
    return str(selected[1]) if selected and selected[0] == "input" else None


def position_in(selected: Selected) -> int | None:
    """The place among all parameters of the weight that is selected; None where something else is, or nothing."""
    return int(selected[1]) if selected and selected[0] == "weight" else None


def unit_in(selected: Selected) -> tuple[int, int] | None:
    """Hidden layer and unit that are selected, both from 1; None where something else is, or nothing."""
    return (int(selected[1]), int(selected[2])) if selected and selected[0] == "unit" else None


_PARTS: dict[str, tuple[Kind, ...]] = {
    "input": (Text(),),
    "weight": (Whole(high=LARGEST_WHOLE),),
    "unit": (Whole(low=1, high=MOST_LAYERS), Whole(low=1, high=MOST_UNITS)),
}


@dataclass(frozen=True)
class PartOfModel(Kind):
    """An input by its name, a weight by its place, a hidden unit by its layer and number, or nothing."""

    @property
    def _reach(self) -> str:
        return (
            'an empty list, ["input", a name], ["weight", a place among the parameters] or ["unit", a hidden layer '
            "from 1, a unit from 1]"
        )

    def _check(self, value: Any) -> Selected:
        if not isinstance(value, list | tuple):
            raise OutOfReach
        if not value:
            return NOTHING
        word, *places = value
        kinds = _PARTS.get(word) if isinstance(word, str) else None
        if kinds is None or len(kinds) != len(places):
            raise OutOfReach
        try:
            return (str(word), *(kind.check(place) for kind, place in zip(kinds, places, strict=True)))
        except OutOfReach:
            raise OutOfReach from None
