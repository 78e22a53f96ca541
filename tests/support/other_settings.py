"""Another value of every setting of the table, and tables in which each of them means something."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import numpy as np

from regdesk.core.settings.setting import Setting
from regdesk.core.settings.setting_kinds import Choice, Kind, Number, Several, Truth, Whole

N_ROWS = 60
OTHER_VALUES: dict[str, Any] = {
    "source.file": "other.csv",
    "source.sample": "two-moons",
    "source.reading.delimiter": ";",
    "source.reading.quote": "|",
    "source.reading.encoding": "cp1252",
    "source.reading.decimal": ".",
    "source.reading.has_header": True,
    "source.reading.missing_words": ("nil",),
    "source.reading.kinds": (("part", "categorical"),),
    "source.reading.sheet": "first.csv",
    "source.reading.more_files": ("other.csv",),
    "data.target": "b",
    "data.features": ("c", "a"),
    "data.roles": (("a", "ignored"),),
    "data.split_column": "part",
    "data.fold_column": "fold",
    "data.weight_column": "weight",
    "data.date_parts": ("all",),
    "data.cells": (("2:a", "9"), ("61:y", "1.5")),
    "data.penalty_factors": (("a", 0.5),),
    "training.penalty": "group-lasso",
    "view.slice": ("c", "a"),
    "view.closed_panels": ("historyPanel", "pathPanel"),
    "view.lecture.panels": ("historyPanel", "lambdaPanel"),
    "view.selected": ("weight", 2),
    "view.path.output": "2",
    "view.calculator_class": "1",
    "view.geometry.x": 2,
    "view.geometry.y": 2,
    "view.geometry.watched": 2,
}
"""Of settings that name columns, files, panels or weights; and a penalty under which there is something to sweep."""
BESIDE: dict[str, dict[str, Any]] = {
    "source.sample": {"source.file": None},
    "source.reading.sheet": {"source.file": "archive.zip"},
    "architecture.activation": {"architecture.hidden": (3,)},
    "training.l1_ratio": {"training.penalty": "elastic-net"},
    "view.geometry.is_principal": {"architecture.hidden": (3,)},
    "view.resamples": {"data.features": ("a", "b")},
    "view.n_resamples": {"data.features": ("a", "b"), "view.resamples": True},
    "view.shows_spread": {"data.features": ("a", "b")},
    "view.path.output": {"data.target": "fold"},
    "view.calculator_class": {"data.target": "fold"},
    "view.lecture.panels": {"view.lecture.is_on": True},
    "view.lecture.text_percent": {"view.lecture.is_on": True},
    "view.lecture.has_column": {"view.lecture.is_on": True},
}
"""What has to be in force for a setting to have an effect."""


def another(kind: Kind, before: Any) -> Any:
    """A value of that kind that differs from the one in force, and that options can say."""
    if isinstance(kind, Choice):
        return next(word for word in kind.words if word != before)
    if isinstance(kind, Truth):
        return not before
    if isinstance(kind, Number):
        offered = [value for value, _ in kind.offers]
        first = 1.5 if before is None else 2.0 * before
        return next(
            one for one in (*offered, first, 0.5, kind.most / 2, kind.most) if one != before and is_one(kind, one)
        )
    if isinstance(kind, Whole):
        return next(one for one in ((before or 0) + 3, kind.low + 2, kind.low) if one != before and is_one(kind, one))
    assert isinstance(kind, Several), f"{kind}: give it another value in this test"
    return tuple(another(kind.one, None) if not before else another(kind.one, before[0]) for _ in range(1))


def is_one(kind: Kind, value: Any) -> bool:
    try:
        kind.check(value)
    except ValueError:
        return False
    return True


def write_tables(folder: Path) -> Path:
    """Two tables with marks of their own between the cells, and one of them in an archive."""
    generator = np.random.default_rng(7)
    for name in ("first.csv", "other.csv"):
        rows = ["a;b;c;y;part;fold;weight"]
        for row in range(N_ROWS):
            a, b, c, noise = generator.normal(size=4).round(3)
            part = ("train", "train", "validation")[row % 3]
            rows.append(f"{a};{b};{c};{round(2 * a - b + 0.3 * noise, 3)};{part};{row % 4};{1 + row % 2}")
        (folder / name).write_text("\n".join(rows) + "\n", encoding="utf-8")
    with zipfile.ZipFile(folder / "archive.zip", "w") as archive:
        archive.write(folder / "first.csv", "first.csv")
    return folder


def values_of(setting: Setting, folder: Path, before: Any) -> Any:
    value = OTHER_VALUES.get(setting.path)
    if setting.path == "source.file":
        return str(folder / value)
    if setting.path == "source.reading.more_files":
        return tuple(str(folder / one) for one in value)
    return another(setting.kind, before) if value is None else value
