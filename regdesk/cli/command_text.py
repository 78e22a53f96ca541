"""The command that does what was chosen by hand: its options are those of the table of settings."""

from __future__ import annotations

import csv
import io
import shlex
from collections.abc import Iterator
from typing import Any

from regdesk.core.settings.configuration import Configuration, SourceSettings, value_at
from regdesk.core.settings.import_choices import ImportChoices
from regdesk.core.settings.setting import Setting
from regdesk.core.settings.setting_kinds import Named, Several
from regdesk.core.settings.settings_table import DATA, READING

_MARK_NAMES = {"\t": "tab", " ": "blank"}


def command_of(file: str, choices: ImportChoices) -> str:
    """The command line that opens ``file`` with ``choices``, for a shell of Unix."""
    chosen = Configuration(data=choices.data, source=SourceSettings(reading=choices.reading))
    usual = Configuration()
    files = (file, *choices.reading.more_files)
    words = ["regdesk", *(f"./{one}" if one.startswith("-") else one for one in files)]
    # The target first: it is what one looks for.
    for setting in (*DATA, *READING):
        value = value_at(chosen, setting.path)
        if setting.option is not None and value != value_at(usual, setting.path):
            words += _words(setting, value)
    return shlex.join(words)


def _words(setting: Setting, value: Any) -> Iterator[str]:
    """The option and its value in one word, so that a value may begin with a dash."""
    option, kind = setting.option, setting.kind
    assert option is not None
    if option.is_flag:
        yield option.opposite if value else option.name
    elif isinstance(kind, Several) and isinstance(kind.one, Named):
        for name, one in value:
            yield f"{option.name}={name}={one if isinstance(one, str) else repr(one)}"
    elif isinstance(kind, Several):
        yield f"{option.name}={_listed(value)}"
    else:
        yield f"{option.name}={_MARK_NAMES.get(value, value)}"


def _listed(words: tuple[Any, ...]) -> str:
    """Words between commas, those with a comma in double quotes, as the command line reads them."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="").writerow(words)
    return stream.getvalue()
