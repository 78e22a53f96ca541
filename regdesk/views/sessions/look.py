"""How a window looks besides its settings, as JSON holds it: where panels stand, their axes, folds that are open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QAbstractButton

from regdesk.core.settings.settings_table import TABLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regdesk.views.docks.panel_docks import PanelDocks
    from regdesk.views.explain.door import ExplainDoor
    from regdesk.views.plots.panel import Panel

_OF_SETTINGS = {setting.control for setting in TABLE}
LONGEST_LAYOUT = 1_000_000
"""Characters; those of nine panels are a few thousand."""
WIDEST_PX = 10_000


def layout_look(docks: PanelDocks) -> dict[str, Any]:
    """Where the panels stand."""
    state = bytes(docks.layout_state().data()).hex()
    return {"state": state, "arrangement": docks.own_arrangement, "in_front": list(docks.in_front)}


def bring_back_layout(docks: PanelDocks, look: Any) -> None:
    """Have the panels where ``layout_look`` has found them; anything else leaves them where they are."""
    found = look if isinstance(look, dict) else {}
    state, arrangement, in_front = found.get("state"), found.get("arrangement"), found.get("in_front")
    if not isinstance(state, str) or len(state) > LONGEST_LAYOUT or not isinstance(arrangement, str):
        return
    try:
        content = bytes.fromhex(state)
    except ValueError:
        return
    before = docks.layout_state(), docks.own_arrangement
    if not docks.restore_layout(QByteArray(content), arrangement):
        docks.restore_layout(*before)
    if isinstance(in_front, list):
        docks.raise_panels([one for one in in_front if isinstance(one, str)])


def bring_back_explain(door: ExplainDoor, open_px: Any) -> None:
    """Have Explain as ``ExplainDoor.open_px`` found it, for it takes room from panels; anything else leaves it."""
    if isinstance(open_px, int) and not isinstance(open_px, bool) and 0 <= open_px <= WIDEST_PX:
        door.bring_back(open_px)


def pictures_look(panels: Sequence[Panel]) -> dict[str, Any]:
    """By the names of ``panels`` what their pictures depend on, and which buttons that are no settings are down."""
    return {
        panel.objectName(): {"picture": panel.picture_memory(), "down": _down(panel), "readout": panel.readout}
        for panel in panels
    }


def _down(panel: Panel) -> dict[str, bool]:
    return {one.objectName(): one.isChecked() for one in _buttons(panel)}


def bring_back_buttons(panels: Sequence[Panel], look: Any) -> None:
    """Press what was down; a button that is gone, or not possible now, is left."""
    for panel, found in _found(panels, look):
        down = found.get("down")
        for button in _buttons(panel):
            wanted = down.get(button.objectName()) if isinstance(down, dict) else None
            if isinstance(wanted, bool) and wanted != button.isChecked() and button.isEnabled():
                button.setChecked(wanted)


def bring_back_pictures(panels: Sequence[Panel], look: Any) -> None:
    """Have the axes of ``panels`` where they stood; one that nobody sees says what it said last."""
    for panel, found in _found(panels, look):
        panel.bring_back_picture(found.get("picture"))
        if panel.is_seen:
            panel.show_again()
        elif isinstance(found.get("readout"), str):
            panel.set_readout(found["readout"])


def _found(panels: Sequence[Panel], look: Any) -> list[tuple[Panel, dict[str, Any]]]:
    by_name = look if isinstance(look, dict) else {}
    pairs = [(panel, by_name.get(panel.objectName())) for panel in panels]
    return [(panel, found) for panel, found in pairs if isinstance(found, dict)]


def _buttons(panel: Panel) -> list[QAbstractButton]:
    """Those that stay down, and have a name, but for those of settings, which come back by themselves."""
    buttons = [one for one in panel.findChildren(QAbstractButton) if one.isCheckable()]
    return [one for one in buttons if one.objectName() not in _OF_SETTINGS | {""}]
