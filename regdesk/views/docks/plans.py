"""Which panels stand where, by the name of the layout and by how many have room; of the others, behind which tabs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from regdesk.core.settings.configuration import LayoutName

Arrangement = Literal["four", "three", "beside", "above", "one"]
"""How many panels are seen at once: two and two, two above one, two side by side or above each other, or one; others
are behind tabs."""
ARRANGEMENTS: tuple[Arrangement, ...] = ("four", "three", "beside", "above", "one")
Place = tuple[str, ...]
"""Object names of the panels that share a place, the one in front first."""
OTHERS = "*"
"""Stands in a place for every panel that a plan does not name."""
FIT, WEIGHTS, HISTORY = "dataFitPanel", "histogramPanel", "historyPanel"
LOSS, PATH, GEOMETRY = "lambdaPanel", "pathPanel", "geometryPanel"
NETWORK, VARIABLES = "networkPanel", "variablesPanel"


@dataclass(frozen=True)
class Plan:
    """Rows of places, or columns of them where the plan goes ``across``; each group has one place or two.

    ``outer`` and ``inner`` are the shares of the groups, and of the two places of a group.
    """

    across: bool
    groups: tuple[tuple[Place, ...], ...]
    outer: tuple[int, int] = (1, 1)
    inner: tuple[int, int] = (1, 1)

    @property
    def places(self) -> tuple[Place, ...]:
        return tuple(place for group in self.groups for place in group)


def _columns(*groups: tuple[Place, ...], outer: tuple[int, int] = (1, 1), inner: tuple[int, int] = (1, 1)) -> Plan:
    return Plan(True, groups, outer, inner)


def _rows(*groups: tuple[Place, ...]) -> Plan:
    return Plan(False, groups, outer=(46, 33))


_LARGE_GEOMETRY = _columns(((GEOMETRY,),), ((FIT, WEIGHTS, HISTORY), (PATH, LOSS, OTHERS)), outer=(3, 2))
_PLANS: dict[LayoutName, dict[Arrangement, Plan]] = {
    "explore": {
        "four": _columns(
            ((FIT,), (WEIGHTS, NETWORK, VARIABLES)), ((LOSS, PATH, GEOMETRY, OTHERS), (HISTORY,)),
            outer=(60, 48), inner=(51, 49),
        ),
        "three": _rows(((FIT, NETWORK), (WEIGHTS, LOSS, PATH, GEOMETRY, OTHERS)), ((HISTORY, VARIABLES),)),
        "beside": _columns(((FIT, NETWORK, HISTORY, VARIABLES),), ((WEIGHTS, LOSS, PATH, GEOMETRY, OTHERS),)),
        "above": _rows(((FIT, WEIGHTS, NETWORK, VARIABLES, LOSS, PATH, GEOMETRY, OTHERS),), ((HISTORY,),)),
        "one": _rows(((FIT, WEIGHTS, NETWORK, VARIABLES, HISTORY, LOSS, PATH, GEOMETRY, OTHERS),)),
    },
    "choose-lambda": {
        "four": _columns(((LOSS,), (PATH,)), ((FIT, WEIGHTS, GEOMETRY, OTHERS), (HISTORY,)), outer=(60, 48)),
        "three": _rows(((LOSS,), (FIT, WEIGHTS, HISTORY, GEOMETRY, OTHERS)), ((PATH,),)),
        "beside": _columns(((LOSS, PATH),), ((FIT, WEIGHTS, HISTORY, GEOMETRY, OTHERS),)),
        "above": _rows(((LOSS, FIT, WEIGHTS, HISTORY, GEOMETRY, OTHERS),), ((PATH,),)),
        "one": _rows(((LOSS, PATH, FIT, WEIGHTS, HISTORY, GEOMETRY, OTHERS),)),
    },
    "geometry": {
        "four": _LARGE_GEOMETRY,
        "three": _LARGE_GEOMETRY,
        "beside": _columns(((GEOMETRY,),), ((FIT, WEIGHTS, PATH, LOSS, HISTORY, OTHERS),)),
        "above": _rows(((GEOMETRY,),), ((FIT, WEIGHTS, PATH, LOSS, HISTORY, OTHERS),)),
        "one": _rows(((GEOMETRY, FIT, WEIGHTS, PATH, LOSS, HISTORY, OTHERS),)),
    },
}  # fmt: skip


def plan_of(layout: LayoutName, arrangement: Arrangement, names: Sequence[str]) -> Plan:
    """The plan of a layout for as many panels as ``arrangement`` shows, with a place for all of ``names``."""
    plan = _PLANS[layout][arrangement]
    return _with_others(plan, names)


def lecture_plan(arrangement: Arrangement, chosen: Sequence[str], names: Sequence[str]) -> Plan:
    """Of a lecture: ``chosen`` panels in their order, as many of them side by side as there are places."""
    places: dict[Arrangement, int] = {"four": 4, "three": 3, "beside": 2, "above": 2, "one": 1}
    first = tuple(chosen) or (OTHERS,)
    n_places = min(places[arrangement], len(first))
    own: list[Place] = [(name,) for name in first[: n_places - 1]]
    # The others are closed; they need a place nevertheless.
    own.append((*first[n_places - 1 :], OTHERS) if chosen else first)
    if n_places == 4:
        plan = _columns((own[0], own[2]), (own[1], own[3]))
    elif n_places == 3:
        plan = _rows((own[0], own[1]), (own[2],))
    else:
        plan = Plan(arrangement != "above", tuple((place,) for place in own))
    return _with_others(plan, names)


def _with_others(plan: Plan, names: Sequence[str]) -> Plan:
    named = {name for place in plan.places for name in place}
    others = tuple(name for name in names if name not in named)

    def filled(place: Place) -> Place:
        found: list[str] = []
        for name in place:
            found += others if name == OTHERS else [name]
        return tuple(name for name in found if name in names)

    groups = tuple(tuple(filled(place) for place in group) for group in plan.groups)
    return Plan(plan.across, groups, plan.outer, plan.inner)
