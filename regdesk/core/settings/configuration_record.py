"""A configuration to and from JSON, and the check that every value is within its bounds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from regdesk.core.reading_options import ReadingOptions
from regdesk.core.settings.configuration import Configuration, value_at, with_values
from regdesk.core.settings.setting_kinds import OutOfReach
from regdesk.core.settings.settings_table import SETTINGS, TABLE, WrongSetting, setting_at

VERSION = 1
"""Of the form: it rises where a path gets another meaning. A new setting leaves it, since what is absent has its
default.
"""
FILE, SAMPLE, READING = "source.file", "source.sample", "source.reading"
TWO_SOURCES = f"Data come from a file or from a bundled sample: {FILE} and {SAMPLE} cannot both be given."


def checked(path: str, value: Any) -> Any:
    """``value`` as the program uses it. Raises WrongSetting, which names ``path`` and its bounds."""
    setting = setting_at(path)
    try:
        return setting.kind.check(value)
    except OutOfReach as problem:
        said = setting.kind.refusal_of(value, problem)
        raise WrongSetting(f"{path} ({setting.label}) {said}.", path, said) from None


def changed_configuration(configuration: Configuration, values: Mapping[str, Any]) -> Configuration:
    """``configuration`` with ``values``, by the paths of settings or of whole groups, all of them checked.

    A file takes the place of a sample, and a sample that of a file. Raises WrongSetting for an unknown path, a value
    out of bounds, and for both a file and a sample; then nothing has changed.
    """
    after = configuration
    for path, value in values.items():
        if path not in SETTINGS and any(one.startswith(f"{path}.") for one in SETTINGS):
            if not isinstance(value, type(value_at(configuration, path))):
                raise WrongSetting(f"{path} is a group of settings, which {value!r:.60} is not.")
            parts = [one for one in SETTINGS if one.startswith(f"{path}.")]
            own = with_values(configuration, {path: value})
            after = with_values(after, {one: checked(one, value_at(own, one)) for one in parts})
        else:
            after = with_values(after, {path: checked(path, value)})
    return _of_one_source(after, values)


def _of_one_source(after: Configuration, values: Mapping[str, Any]) -> Configuration:
    """``after`` with the source that ``values`` ask for alone: the other one was in force before.

    Raises WrongSetting where both are asked for.
    """
    if after.source.file is None or after.source.sample is None:
        return after
    asked = [path for path in (FILE, SAMPLE) if values.get(path) is not None]
    if asked == [FILE]:
        return with_values(after, {SAMPLE: None})
    if asked == [SAMPLE]:
        # How the text of the file is read says nothing of the sample's.
        is_said = any(path.startswith(READING) for path in values)
        others: dict[str, Any] = {FILE: None} | ({} if is_said else {READING: ReadingOptions()})
        return with_values(after, others)
    raise WrongSetting(TWO_SOURCES)


def to_dict(configuration: Configuration) -> dict[str, Any]:
    """``configuration`` as JSON holds it, with the ``version`` of the form; ``from_dict`` reads it."""
    record: dict[str, Any] = {"version": VERSION}
    for setting in TABLE:
        *groups, name = setting.path.split(".")
        place = record
        for group in groups:
            place = place.setdefault(group, {})
        place[name] = setting.kind.to_json(value_at(configuration, setting.path))
    return record


def from_dict(record: Any) -> Configuration:
    """The configuration that ``record`` holds; settings that it lacks have their defaults.

    Raises WrongSetting, one sentence, for another version, an unknown setting, a value out of its bounds, and for both
    a file and a sample.
    """
    if not isinstance(record, Mapping):
        raise WrongSetting(f"A configuration is an object of settings, not {record!r:.60}.")
    version = record.get("version")
    if isinstance(version, bool) or version != VERSION:
        raise WrongSetting(f"This program reads version {VERSION} of a configuration, not {version!r:.60}.")
    rest = {name: value for name, value in record.items() if name != "version"}
    found = with_values(Configuration(), {path: checked(path, value) for path, value in _flat(rest, "").items()})
    return _of_one_source(found, {})


def _flat(record: Mapping[Any, Any], prefix: str) -> dict[str, Any]:
    """Values by path. Raises WrongSetting where a group is no object."""
    found: dict[str, Any] = {}
    for name, value in record.items():
        path = f"{prefix}{name}"
        if any(one.startswith(f"{path}.") for one in SETTINGS):
            if not isinstance(value, Mapping):
                raise WrongSetting(f"{path} is a group of settings, which {value!r:.60} is not.")
            found |= _flat(value, f"{path}.")
        else:
            found[path] = value
    return found
