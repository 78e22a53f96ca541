"""Options as keywords of Python, by the table of settings; they come to what a parser makes of the same text."""

from __future__ import annotations

from argparse import ArgumentTypeError, Namespace
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import replace
from typing import Any, NoReturn

import numpy as np

from regdesk.cli.argument_options import closest_option
from regdesk.cli.argument_types import said_kind, workers
from regdesk.cli.setting_options import argument_type, default_of, is_repeatable
from regdesk.core.settings.setting import Option, Setting
from regdesk.core.settings.setting_kinds import Kind, Named, OutOfReach, Several, Whole, shown
from regdesk.crews.choice import CrewChoice

Refuse = Callable[[str], NoReturn]


def namespace_of(
    keywords: Mapping[str, Any], settings: Sequence[Setting], unsaid: Mapping[str, Any], refuse: Refuse
) -> Namespace:
    """What ``keywords`` say of ``settings``, with ``unsaid`` and the settings' defaults for the rest.

    A keyword is an option's name with underscores. Text is read as the command line reads it. None is as if the keyword
    were not there, where that is a choice of its own, such as all usable features; elsewhere it would be a value that
    nobody sees. ``refuse`` is called with a sentence that names the keyword where its value cannot be.
    """
    known = {one.option.attribute: one for one in settings if one.option is not None}
    found = {name: default_of(setting) for name, setting in known.items()} | dict(unsaid)
    for name, value in keywords.items():
        if name not in known:
            close = closest_option(name, list(known))
            refuse(f"there is no option {name} here" + (f"; did you mean {close}?" if close else "."))
        if value is not None or not _may_be_none(known[name]):
            found[name] = value_of(name, known[name], value, refuse)
    return Namespace(**found)


def _may_be_none(setting: Setting) -> bool:
    """Whether None is a value of its own: automatic, none, all, a full batch, or a flag that is not set."""
    kind = setting.kind
    assert setting.option is not None
    return (
        setting.option.is_flag
        or kind.is_optional
        or is_repeatable(setting)
        or (isinstance(kind, Whole) and bool(kind.word))
    )


def value_of(name: str, setting: Setting, given: Any, refuse: Refuse) -> Any:
    """The value of ``setting`` that the keyword ``name`` gives; ``refuse`` is called where there is none."""
    try:
        return _value_of(setting, given)
    except ArgumentTypeError as problem:
        refuse(f"{name}: {problem}.")


def workers_of(text: Any, refuse: Refuse) -> CrewChoice | None:
    """Who does a sweep; None where nobody is named."""
    if text is None:
        return None
    if not isinstance(text, str):
        refuse(f"workers: they must be a text, such as 'processes:2', not {shown(text)}.")
    try:
        return workers(text)
    except ArgumentTypeError as problem:
        refuse(f"workers: {problem}.")


def _value_of(setting: Setting, given: Any) -> Any:
    """The value of ``setting`` that ``given`` is. Raises ArgumentTypeError with what it has to be."""
    value = _plain(given)
    option = setting.option
    assert isinstance(option, Option), setting.path
    if option.is_flag:
        if not isinstance(value, bool):
            raise ArgumentTypeError(f"it must be True or False, not {shown(given)}")
        return value
    if isinstance(value, str):
        found = argument_type(setting)(value)
        return (found,) if is_repeatable(setting) else found
    kind = replace(said_kind(setting), is_optional=False)
    if isinstance(kind, Several):
        value = _several(setting, value)
    try:
        return kind.check(value)
    except OutOfReach as problem:
        raise ArgumentTypeError(f"it {kind.refusal_of(given, problem)}") from None


def _several(setting: Setting, value: Any) -> Any:
    """``value`` as a tuple where it holds several, or is one number; anything else as it is."""
    if is_repeatable(setting) and isinstance(value, Mapping):
        return tuple((name, _checked_of(name, said_kind(setting), one)) for name, one in value.items())
    if isinstance(value, int | float):
        return (value,)
    # A set has no order, and dicts and bytes are no lists of names.
    if isinstance(value, Iterable) and not isinstance(value, Mapping | Set | bytes | bytearray):
        return tuple(_plain(one) for one in value)
    return value


def _checked_of(name: Any, kind: Kind, given: Any) -> Any:
    """``given``, which ``name`` has among several values of ``kind``. Raises ArgumentTypeError that names it."""
    assert isinstance(kind, Several)
    assert isinstance(kind.one, Named)
    value, own = _plain(given), kind.one.one
    try:
        own.check(value)
    except OutOfReach as problem:
        raise ArgumentTypeError(f"of {shown(name)} it {own.refusal_of(given, problem)}") from None
    return value


def _plain(value: Any) -> Any:
    """Numbers and arrays of numpy as Python has them."""
    if isinstance(value, np.ndarray):
        return value.tolist()
    return value.item() if isinstance(value, np.generic) else value
