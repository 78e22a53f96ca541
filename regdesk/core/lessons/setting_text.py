"""The value of a setting as a lesson writes it: ``training.lam = 0.01``, ``architecture.hidden = 16, 16``."""

from __future__ import annotations

from typing import Any

from regdesk.core.lessons.figures import NONE, SHORT
from regdesk.core.settings.configuration_record import checked
from regdesk.core.settings.entries import number_of, whole_of
from regdesk.core.settings.selected import NOTHING, PartOfModel, Selected
from regdesk.core.settings.setting_kinds import Kind, Named, Number, Several, Truth, Whole
from regdesk.core.settings.settings_table import WrongSetting, setting_at

TRUTHS = {"yes": True, "true": True, "no": False, "false": False}


class BadSetting(ValueError):
    """``str()`` is a sentence on what is wrong with it."""


def setting_of(text: str) -> tuple[str, Any]:
    """Path and checked value of ``PATH = VALUE``. Raises BadSetting."""
    name, mark, written = text.partition("=")
    if not mark:
        raise BadSetting(f"'{text}' has no '='; write PATH = VALUE, such as training.lam = 0.01")
    path = SHORT.get(name.strip(), name.strip())
    try:
        kind = setting_at(path).kind
        if path.startswith("source."):
            raise BadSetting(f"{path} is not for lessons: the header says sample: or file:")
        return path, checked(path, _value(written.strip(), kind))
    except WrongSetting as problem:
        raise BadSetting(str(problem).removesuffix(".")) from None


def _value(written: str, kind: Kind) -> Any:
    """What ``written`` is where a value of ``kind`` is wanted; where it is none, the text, which is refused later."""
    if kind.is_optional and written == NONE:
        return None
    if isinstance(kind, PartOfModel):
        return _selected(written)
    if isinstance(kind, Several):
        parts = [part.strip() for part in written.split(",")] if written not in ("", NONE) else []
        return tuple(_value(part, kind.one) for part in parts)
    if isinstance(kind, Named):
        name, mark, rest = written.partition("=")
        return (name.strip(), _value(rest.strip(), kind.one)) if mark else written
    if isinstance(kind, Truth):
        return TRUTHS.get(written, written)
    if isinstance(kind, Whole) and kind.word and written == kind.word:
        return kind.low
    try:
        if isinstance(kind, Whole):
            return whole_of(written)
        if isinstance(kind, Number):
            return number_of(written)
    except ValueError:
        return written
    return written


def _selected(written: str) -> Selected:
    """``input, age``, ``weight, 17`` or ``unit, 1, 3``."""
    if written == NONE:
        return NOTHING
    what, _, rest = (part.strip() for part in written.partition(","))
    if what == "input":
        return what, rest
    return (what, *(int(part) if part.strip().isdecimal() else part for part in rest.split(",")))
