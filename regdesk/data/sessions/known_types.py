"""The types that a session file can hold: names in annotations, kinds of penalties, values with forms of their own."""

from __future__ import annotations

import typing
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from regdesk.core import types as core_types
from regdesk.core.model.elastic_net import ElasticNet
from regdesk.core.model.group_lasso import GroupLasso
from regdesk.core.model.penalty import Penalty
from regdesk.core.run import changes, collapse_recovery, history, hysteresis_tour, live_trail, moment, trainer_state
from regdesk.core.settings import configuration_record
from regdesk.core.settings.configuration import Configuration
from regdesk.core.settings.configuration_record import changed_configuration
from regdesk.core.timeline import form
from regdesk.core.timeline.timeline import Timeline
from regdesk.core.types import TrainSettings

_NAMES: dict[str, Any] = {
    name: value
    for module in (changes, collapse_recovery, history, hysteresis_tour, live_trail, moment, trainer_state)
    for name, value in vars(module).items()
    if isinstance(value, type)
} | {
    **{name: value for name, value in vars(core_types).items() if not name.startswith("_")},
    **{"np": np, "NDArray": NDArray, "Mapping": Mapping, "Any": Any},
}
"""What annotations are written with, also where their module imports it for annotations alone."""


class Special(NamedTuple):
    """A type with a form of its own: ``write`` makes JSON of a value, ``read`` a value of it, or raises ValueError."""

    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


def hints_of(kind: Any) -> dict[str, Any]:
    """The types of the fields of a frozen value."""
    return _hints_of(kind)


@cache
def _hints_of(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind, localns=_NAMES)


def kinds_of(hint: Any) -> tuple[Any, ...] | None:
    """What a value of an abstract type can be; None where it is not abstract."""
    return (ElasticNet, GroupLasso) if hint is Penalty else None


def special_of(hint: Any) -> Special | None:
    """How values of this type are written; None where it is field by field."""
    return _SPECIAL.get(hint) if isinstance(hint, type) else None


def _read_settings(record: Any) -> TrainSettings:
    """As a configuration would have them: within their bounds."""
    if not isinstance(record, Mapping):
        raise ValueError("they are no settings")
    return configuration_record.from_dict({"version": configuration_record.VERSION, "training": record}).training


def _write_settings(settings: TrainSettings) -> Any:
    found = changed_configuration(Configuration(), {"training": settings})
    return configuration_record.to_dict(found)["training"]


_SPECIAL = {
    Configuration: Special(configuration_record.to_dict, configuration_record.from_dict),
    Timeline: Special(form.to_written, form.from_dict),
    TrainSettings: Special(_write_settings, _read_settings),
}
