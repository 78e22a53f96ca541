"""What a person has chosen, as it is said when it can be taken back: short, and of every setting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regdesk.core.settings.configuration import differing_paths, value_at
from regdesk.core.settings.setting_kinds import Choice, Number, Truth, Whole
from regdesk.core.settings.settings_table import SETTINGS, TABLE
from regdesk.core.words.settings_text import value_text

if TYPE_CHECKING:
    from regdesk.core.settings.configuration import Configuration
    from regdesk.core.settings.setting import Setting

MOST_SAID = 2
"""Settings that are named; of a dialog that changes many the rest is counted."""
MOST_CHARACTERS = 60
OWN_WORDS = {
    "data.cells": "points moved",
    "view.selected": "selection",
    "view.closed_panels": "panels shown",
    "view.lecture.panels": "panels of the lecture",
}
"""Of settings whose values a person never reads."""
SOURCE, DATA, VIEW = "source.", "data.", "view."
AXES = {"view.geometry.x", "view.geometry.y"}
CLICKED = {"view.selected", "view.geometry.watched"}


def choice_words(before: Configuration, after: Configuration) -> str:
    """What changed from ``before`` to ``after``, such as "λ 0.01 → 0.1"; empty where nothing did.

    Another source is named alone: what comes with it is its own. A look that goes with another choice is not said.
    """
    differing = set(differing_paths(before, after))
    if "source.file" in differing or "source.sample" in differing:
        return _cut(f"open {_source_name(after)}")
    said = [setting for setting in TABLE if setting.path in differing]
    main = [setting for setting in said if not setting.path.startswith(VIEW)] or said
    if differing >= CLICKED and differing & AXES:
        # What a click selects comes on an axis and is asked why it is zero: that is one thing, wherever it was clicked.
        return OWN_WORDS["view.selected"]
    # What no control chooses goes with what one does.
    main = [one for one in main if one.control] or main
    words = [_setting_words(setting, before, after) for setting in main]
    text = ", ".join(words)
    if len(words) > MOST_SAID or (len(words) > 1 and len(text) > MOST_CHARACTERS):
        text = f"{words[0]} and {len(words) - 1} more"
    return _cut(text)


def _setting_words(setting: Setting, before: Configuration, after: Configuration) -> str:
    if setting.path in OWN_WORDS:
        return OWN_WORDS[setting.path]
    old, new = (value_at(one, setting.path) for one in (before, after))
    if setting.sentence:
        texts = (value_text(setting, value) for value in (old, new))
        sentence = setting.sentence.format(**dict(zip(("before", "after"), texts, strict=True)))
        return sentence if len(sentence) <= MOST_CHARACTERS else setting.label
    name = setting.label[:1].lower() + setting.label[1:]
    if isinstance(setting.kind, Truth):
        return f"{name} {'on' if new else 'off'}"
    if not setting.kind.is_optional and isinstance(setting.kind, Choice | Number | Whole):
        return f"{name} {value_text(setting, old)} → {value_text(setting, new)}"
    return name


def _source_name(configuration: Configuration) -> str:
    source = configuration.source
    if source.sample is not None:
        return f"sample {source.sample}"
    return (source.file or "data").replace("\\", "/").rpartition("/")[2]


def _cut(words: str) -> str:
    return words if len(words) <= MOST_CHARACTERS else f"{words[: MOST_CHARACTERS - 1]}…"


def labels_of(paths: tuple[str, ...]) -> str:
    """The settings at ``paths`` by their names, as many as are read at a glance."""
    names = [SETTINGS[path].label for path in paths]
    return ", ".join(names) if len(names) <= MOST_SAID else f"{names[0]} and {len(names) - 1} more settings"
