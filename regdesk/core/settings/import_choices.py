"""What a person has chosen when a file was opened: how it is read and what its columns are for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from regdesk.core.reading_options import ReadingOptions
from regdesk.core.settings.configuration import Configuration, SourceSettings
from regdesk.core.settings.configuration_record import from_dict, to_dict
from regdesk.core.types import DataSettings


@dataclass(frozen=True)
class ImportChoices:
    """``reading`` and ``data`` as they were when the dialog was accepted."""

    reading: ReadingOptions = field(default_factory=ReadingOptions)
    data: DataSettings = field(default_factory=DataSettings)

    def to_dict(self) -> dict[str, Any]:
        """As JSON holds it: the part of a configuration that differs from the usual."""
        usual = to_dict(Configuration())
        record = to_dict(Configuration(data=self.data, source=SourceSettings(reading=self.reading)))
        reading = _differing(record["source"]["reading"], usual["source"]["reading"])
        data = _differing(record["data"], usual["data"])
        return {"version": record["version"], "source": {"reading": reading}, "data": data}


def choices_from(record: Any) -> ImportChoices:
    """What ``to_dict`` has written. Raises WrongSetting, as ``from_dict`` does for what is no configuration."""
    found = from_dict(record)
    return ImportChoices(found.source.reading, found.data)


def _differing(record: dict[str, Any], usual: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if value != usual[name]}
