"""The command that does what was chosen by hand: its options are those of the table of settings."""

from __future__ import annotations

import csv
import io
import shlex
from collections.abc import Iterator, Sequence
from typing import Any

from regdesk.core.settings.configuration import Configuration, SourceSettings, value_at
from regdesk.core.settings.data_table import DATA
from regdesk.core.settings.import_choices import ImportChoices
from regdesk.core.settings.run_table import ENDING, MODEL, STARTS, SWEEP
from regdesk.core.settings.setting import Setting
from regdesk.core.settings.setting_kinds import Named, Several, Whole
from regdesk.core.settings.settings_table import READING

_OPTIMIZER = "training.optimizer"
"""``auto`` stands in no configuration: whether the optimiser was chosen does."""
_MARK_NAMES = {"\t": "tab", " ": "blank"}


def command_of(file: str, choices: ImportChoices) -> str:
    """The command line that opens ``file`` with ``choices``, for a shell of Unix."""
    chosen = Configuration(data=choices.data, source=SourceSettings(reading=choices.reading))
    return shlex.join(["regdesk", *command_words("", file, chosen, (*DATA, *READING))])


def fit_words(file: str, configuration: Configuration) -> list[str]:
    """What follows the program's name where ``regdesk fit`` does what ``configuration`` says with ``file``."""
    return command_words("fit", file, configuration, (*DATA, *MODEL, *ENDING, *STARTS, *READING))


def sweep_words(file: str, configuration: Configuration) -> list[str]:
    """As ``fit_words``, of ``regdesk sweep``."""
    return command_words("sweep", file, configuration, (*DATA, *MODEL, *ENDING, *SWEEP, *READING))


def command_words(verb: str, file: str, chosen: Configuration, settings: Sequence[Setting]) -> list[str]:
    """``verb``, ``file`` and the options of those of ``settings`` that are not as usual."""
    usual = Configuration()
    files = (file, *chosen.source.reading.more_files)
    words = [*([verb] if verb else []), *(f"./{one}" if one.startswith("-") else one for one in files)]
    # The target first: it is what one looks for.
    for setting in settings:
        value = value_at(chosen, setting.path)
        is_usual = value == value_at(usual, setting.path)
        if setting.path == _OPTIMIZER:
            is_usual = not chosen.ending.is_optimizer_chosen
        if setting.option is not None and not is_usual:
            words += _words(setting, value)
    return words


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
    elif isinstance(kind, Whole) and kind.word and value == 0:
        yield f"{option.name}={kind.word}"
    else:
        yield f"{option.name}={_MARK_NAMES.get(value, value)}"


def _listed(words: tuple[Any, ...]) -> str:
    """Words between commas, those with a comma in double quotes, as the command line reads them."""
    stream = io.StringIO()
    # What is no text is written so that it is read as the same number.
    csv.writer(stream, lineterminator="").writerow([one if isinstance(one, str) else repr(one) for one in words])
    return stream.getvalue()
