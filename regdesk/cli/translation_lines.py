"""λ for other programs in the report of a fit, in a few words: the JSON and the window have the snippets."""

from __future__ import annotations

from typing import Any

from regdesk.core.words.figures import figure_text


def translation_lines(record: dict[str, Any]) -> list[str]:
    """A line for each program that has a number; none where nothing is pressed on."""
    if record["penalty"]["kind"] == "none" or record["penalty"]["lam"] == 0.0:
        return []
    numbers: dict[str, list[str]] = {}
    for one in record["translations"]:
        if one["value"] is not None:
            numbers.setdefault(one["program"], []).append(f"{one['name']} = {figure_text(one['value'])}")
    rows = [f"    {program:<14}{', '.join(parts)}" for program, parts in numbers.items()]
    return ["", "  This λ for other programs (--json has the lines of code):", *rows] if rows else []
