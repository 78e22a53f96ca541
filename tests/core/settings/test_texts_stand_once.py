"""What the table says of a setting on the screen stands in the table alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from program_source import all_sources, module_of, reading_of

from regdesk.core.settings.setting import Setting
from regdesk.core.settings.setting_kinds import Choice, Number, Truth
from regdesk.core.settings.settings_table import TABLE

LEAST = 12
"""Characters of a text that nobody writes by chance: "Seed" is a word, too."""


def texts_of(setting: Setting) -> Iterator[str]:
    kind = setting.kind
    yield from (setting.tip, setting.idle, setting.caption)
    if isinstance(kind, Choice):
        yield from (*kind.entries, *kind.tips)
    elif isinstance(kind, Truth):
        yield from kind.entries
    elif isinstance(kind, Number):
        yield from (text for _, text in kind.offers)


@pytest.fixture(scope="module")
def written() -> dict[str, set[str]]:
    """Every text of the program's sources outside of the table, and the modules that it stands in."""
    found: dict[str, set[str]] = {}
    for path in all_sources():
        module = module_of(path)
        if module.startswith("regdesk.core.settings."):
            continue
        for text in reading_of(path.read_text(encoding="utf-8")).texts:
            found.setdefault(text, set()).add(module)
    return found


@pytest.mark.parametrize("setting", TABLE, ids=lambda setting: setting.path)
def test_no_view_says_it_again(setting: Setting, written: dict[str, set[str]]) -> None:
    again = {text: written[text] for text in texts_of(setting) if len(text) >= LEAST and text in written}
    assert not again
