"""An encoding as JSON-able values, and back: a number read again is the same number, bit for bit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from regdesk.core.fitted.column_encoding import ColumnEncoding, FillRule
from regdesk.core.fitted.encoding import Encoding, TargetEncoding
from regdesk.core.fitted.json_form import Form, FormError
from regdesk.core.powers import MOST_DEGREE
from regdesk.core.types import MissingPolicy, Task

VERSION = 1
POWERS_VERSION = 2
"""Of an encoding with powers of numbers; any other is written as one that older programs read, too."""
_FILL_RULES: tuple[FillRule, ...] = ("median", "most frequent", "own level", "nothing known")
_POLICIES: tuple[MissingPolicy, ...] = ("impute", "drop", "level")
_TASKS: tuple[Task, ...] = ("regression", "classification")


def encoding_to_dict(encoding: Encoding) -> dict[str, Any]:
    """``encoding`` as values of JSON."""
    target = encoding.target
    return {
        "version": POWERS_VERSION if any(column.degree > 1 for column in encoding.columns) else VERSION,
        "missing": encoding.missing,
        "columns": [_column_to_dict(column) for column in encoding.columns],
        "target": {
            "name": target.name,
            "kind": target.kind,
            "task": target.task,
            "classes": list(target.classes),
            "numbers": None if target.numbers is None else list(target.numbers),
            "words": None if target.words is None else dict(target.words),
            "mean": target.mean,
            "scale": target.scale,
            **({} if target.number_form is None else {"number_form": target.number_form}),
            **({} if target.missing_words is None else {"missing_words": list(target.missing_words)}),
        },
    }


def _column_to_dict(column: ColumnEncoding) -> dict[str, Any]:
    return {
        "name": column.name,
        "role": "feature",
        "kind": column.kind,
        "levels": list(column.levels),
        "seen": list(column.seen),
        "fill": column.fill,
        "fill_rule": column.fill_rule,
        "words": None if column.words is None else dict(column.words),
        "date_form": column.date_form,
        **({} if column.number_form is None else {"number_form": column.number_form}),
        **({} if column.missing_words is None else {"missing_words": list(column.missing_words)}),
        **({} if column.source is None else {"source": column.source, "part": column.part}),
        **({} if column.degree == 1 else {"degree": column.degree}),
        "input_names": list(column.input_names),
        "level_names": list(column.level_names),
        "means": list(column.means),
        "scales": list(column.scales),
    }


def encoding_from_dict(values: Mapping[str, Any]) -> Encoding:
    """What ``encoding_to_dict`` was given. Raises FormError where ``values`` are no encoding."""
    whole = Form("encoding", values)
    version = whole.number("version")
    if version not in (VERSION, POWERS_VERSION):
        raise FormError(
            f"the encoding has version {version:g}, and only versions {VERSION} and {POWERS_VERSION} can be read."
        )
    missing = whole.choice("missing", _POLICIES)
    columns = tuple(
        _column_from(Form(f"encoding.columns[{place}]", one)) for place, one in enumerate(whole.items("columns"))
    )
    if not columns:
        raise FormError("encoding.columns is empty: a model has at least one column.")
    names = [name for column in columns for name in column.input_names]
    if len(set(names)) != len(names):
        raise FormError("encoding.columns: two inputs have the same name.")
    return Encoding(columns, _target_from(Form("encoding.target", whole.value("target"))), missing)


def _column_from(form: Form) -> ColumnEncoding:
    fill = form.value("fill")
    levels = form.texts("levels")
    if levels and not (fill is None or isinstance(fill, str)):
        raise form.wrong("fill", "a label or null")
    column = ColumnEncoding(
        name=form.text("name"),
        kind=form.text("kind"),
        levels=levels,
        seen=form.texts("seen"),
        fill=fill if levels else form.number("fill"),
        fill_rule=form.choice("fill_rule", _FILL_RULES),
        words=form.words("words"),
        date_form=None if form.value("date_form") is None else form.text("date_form"),
        input_names=form.texts("input_names"),
        level_names=form.texts("level_names"),
        means=form.numbers("means"),
        scales=form.numbers("scales"),
        number_form=form.text_or_none("number_form"),
        missing_words=form.texts_or_none("missing_words"),
        source=form.text_or_none("source"),
        part=form.text_or_none("part"),
        degree=_degree(form, levels),
    )
    n_inputs = len(column.input_levels)
    for name in ("input_names", "means", "scales"):
        if len(getattr(column, name)) != n_inputs:
            raise form.wrong(name, f"a list of {n_inputs}, one for each input")
    if len(column.level_names) != len(levels):
        raise form.wrong("level_names", f"a list of {len(levels)}, one for each level")
    if not set(column.seen) <= set(levels):
        raise form.wrong("seen", "some of the levels")
    if not all(scale > 0.0 for scale in column.scales):
        raise form.wrong("scales", "numbers above 0")
    return column


def _degree(form: Form, levels: tuple[str, ...]) -> int:
    if "degree" not in form.names:
        return 1
    degree = form.number("degree")
    if degree != int(degree) or not 1 <= degree <= MOST_DEGREE or (degree > 1 and levels):
        raise form.wrong("degree", f"a whole number from 1 to {MOST_DEGREE}, and 1 for labels")
    return int(degree)


def _target_from(form: Form) -> TargetEncoding:
    task, classes = form.choice("task", _TASKS), form.texts("classes")
    if not (len(classes) >= 2 if task == "classification" else not classes):
        raise form.wrong("classes", "at least two labels for a classification, none for a regression")
    scale = form.number("scale")
    if scale <= 0.0:
        raise form.wrong("scale", "a number above 0")
    numbers = None if form.value("numbers") is None else form.numbers("numbers")
    if numbers is not None and len(numbers) != len(classes):
        raise form.wrong("numbers", "one number for each class, or null")
    return TargetEncoding(
        name=form.text("name"),
        kind=form.text("kind"),
        task=task,
        classes=classes,
        numbers=numbers,
        words=form.words("words"),
        mean=form.number("mean"),
        scale=scale,
        number_form=form.text_or_none("number_form"),
        missing_words=form.texts_or_none("missing_words"),
    )
