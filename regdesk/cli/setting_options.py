"""Options of the command line from the table of settings, and the configuration that they come to."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from typing import Any

from regdesk.cli import argument_types as types
from regdesk.core.settings.configuration import Configuration, value_at
from regdesk.core.settings.configuration_record import changed_configuration
from regdesk.core.settings.setting import Setting
from regdesk.core.settings.setting_kinds import Choice, Mark, Named, Number, Several, Text, Whole
from regdesk.core.settings.settings_table import TABLE, setting_at

AUTO = "auto"


def add_setting(add: Callable[..., object], path: str, **others: Any) -> None:
    """Add the option of a setting by ``add``, with the default of a configuration; ``others`` override what is added.

    What must not be said twice, such as the folds and a column that gives them, is None where it is not said.
    """
    setting = setting_at(path)
    option = setting.option
    assert option is not None, path
    if option.is_flag:
        add(option.name, action="store_true", help=option.help)
        return
    parser = argument_type(setting)
    described: dict[str, Any] = {"metavar": option.metavar, "help": option.help}
    if parser is not None:
        described["type"] = parser
    described["default"] = AUTO if AUTO in option.words else value_at(Configuration(), path)
    if is_repeatable(setting):
        described |= {"action": "append", "default": None}
    add(option.name, **(described | others))


def is_repeatable(setting: Setting) -> bool:
    """Whether each mention of the option gives one of several named values."""
    return isinstance(setting.kind, Several) and isinstance(setting.kind.one, Named)


def argument_type(setting: Setting) -> Callable[[str], Any] | None:
    """What makes a value of the option's text, or refuses it by a sentence; None where any text will do."""
    kind, option = setting.kind, setting.option
    assert option is not None, setting.path
    if isinstance(kind, Several):
        several = {
            Number: types.lambdas, Whole: types.hidden, Text: types.features, Named: types.penalty_factor
        }  # fmt: skip
        return several[type(kind.one)]
    if isinstance(kind, Choice):
        return types.choice((*option.words, *kind.words))
    if isinstance(kind, Mark):
        return types.delimiter
    if isinstance(kind, Text):
        return None
    if isinstance(kind, Whole):
        return types.batch_size if kind.word else types.whole(option.what, kind.low)
    assert isinstance(kind, Number), setting.path
    return types.number(option.what, kind.least, kind.most, option.reach) if option.what else types.speed


def configuration_of(found: Namespace, file: str | None) -> Configuration:
    """What the options in ``found`` come to; those that the command does not have keep their defaults."""
    values = {
        setting.path: value
        for setting in TABLE
        if setting.option is not None and setting.option.attribute in found
        for value in (_value_of(setting, vars(found)),)
        if value is not None or setting.kind.is_optional
    }
    if "optimizer" in found:
        values["ending.is_optimizer_chosen"] = found.optimizer != AUTO
    return changed_configuration(Configuration(), values | {"source.file": file})


def _value_of(setting: Setting, found: Mapping[str, Any]) -> Any:
    assert setting.option is not None
    value = found[setting.option.attribute]
    if setting.option.is_flag:
        return not value
    if is_repeatable(setting):
        return tuple(value or ())
    return value_at(Configuration(), setting.path) if value == AUTO and AUTO in setting.option.words else value
