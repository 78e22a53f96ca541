"""Session files from before some looks were settings: their windows kept them as buttons that were down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from regdesk.core.settings.configuration import Configuration, with_values
from regdesk.core.settings.setting_kinds import Truth
from regdesk.core.settings.settings_table import TABLE


def with_looks_of_buttons(configuration: Configuration, record: Any, look: Mapping[str, Any]) -> Configuration:
    """``configuration``, of which the file holds ``record``, with what that lacks and buttons of ``look`` say.

    So a file of an earlier version opens with the same picture.
    """
    down: dict[str, Any] = {}
    panels = look.get("panels")
    for panel in panels.values() if isinstance(panels, Mapping) else ():
        found = panel.get("down") if isinstance(panel, Mapping) else None
        down |= found if isinstance(found, Mapping) else {}
    values = {
        setting.path: down[setting.control]
        for setting in TABLE
        if isinstance(setting.kind, Truth)
        and isinstance(down.get(setting.control), bool)
        and not _has(record, setting.path.split("."))
    }
    return with_values(configuration, values)


def _has(record: Any, names: list[str]) -> bool:
    for name in names:
        if not isinstance(record, Mapping) or name not in record:
            return False
        record = record[name]
    return True
