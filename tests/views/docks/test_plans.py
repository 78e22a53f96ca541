"""Which panels stand where: each of them once, whatever the layout, the room, and the panels that there will be."""

from __future__ import annotations

from collections import Counter

import pytest

from regdesk.core.settings.configuration import LAYOUTS, LayoutName
from regdesk.core.settings.view_table import PANELS
from regdesk.views.docks.plans import ARRANGEMENTS, Arrangement, lecture_plan, plan_of

SEEN = {"four": 4, "three": 3, "beside": 2, "above": 2, "one": 1}
IN_FRONT: dict[LayoutName, str] = {
    "explore": "dataFitPanel", "choose-lambda": "lambdaPanel", "geometry": "geometryPanel",
}  # fmt: skip
NAMES = (*PANELS, "aPanelOfLater", "anotherOne")


@pytest.mark.parametrize("arrangement", ARRANGEMENTS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_panel_has_one_place(layout: LayoutName, arrangement: Arrangement) -> None:
    plan = plan_of(layout, arrangement, NAMES)
    assert Counter(name for place in plan.places for name in place) == Counter(NAMES)
    assert plan.places[0][0] == IN_FRONT[layout]
    wanted = 3 if (layout, arrangement) == ("geometry", "four") else SEEN[arrangement]
    assert len(plan.places) == wanted
    assert not any(place[0].startswith("a") for place in plan.places), "what no plan names is behind a tab"


@pytest.mark.parametrize("arrangement", ARRANGEMENTS)
@pytest.mark.parametrize("n_chosen", range(8))
def test_a_lecture_shows_the_chosen_panels_first(arrangement: Arrangement, n_chosen: int) -> None:
    chosen = PANELS[2:][:n_chosen]
    plan = lecture_plan(arrangement, chosen, NAMES)
    assert Counter(name for place in plan.places for name in place) == Counter(NAMES)
    assert len(plan.places) == max(1, min(SEEN[arrangement], len(chosen)))
    fronts = [place[0] for place in plan.places]
    assert set(fronts) <= set(chosen or NAMES)
    behind = [name for place in plan.places for name in place if name in chosen]
    assert sorted(behind) == sorted(chosen)
