"""Options of the command line from the table of settings, and the configuration that they come to."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from regdesk.cli import argument_types as types
from regdesk.core.settings.column_roles import ROLE_PATHS, ROLES
from regdesk.core.settings.configuration import Configuration, value_at
from regdesk.core.settings.configuration_record import changed_configuration
from regdesk.core.settings.run_table import SWEEP
from regdesk.core.settings.setting import Setting
from regdesk.core.settings.setting_kinds import Choice, EncodingName, Mark, Named, Number, Several, Text, Whole
from regdesk.core.settings.settings_table import TABLE, WrongSetting, setting_at
from regdesk.core.settings.text_kinds import QuoteMark

AUTO = "auto"


def add_setting(add: Callable[..., object], path: str, **others: Any) -> None:
    """Add the option of a setting by ``add``; ``others`` override what is added."""
    setting = setting_at(path)
    option = setting.option
    assert option is not None, path
    if option.is_flag:
        add(option.name, action="store_true", help=option.help)
        if option.opposite:
            add(option.opposite, action="store_true", help=option.opposite_help)
        return
    described: dict[str, Any] = {"type": argument_type(setting), "metavar": option.metavar, "help": option.help}
    described["default"] = default_of(setting)
    if is_repeatable(setting):
        described["action"] = "append"
    add(option.name, **(described | others))


def default_of(setting: Setting) -> Any:
    """What a parser has where the option is not said: that of a configuration, auto, or None where each mention adds.

    Of a sweep's settings it is None, too: some of them must not be said beside others.
    """
    assert setting.option is not None, setting.path
    if setting.option.is_flag:
        return False
    if is_repeatable(setting) or setting in SWEEP:
        return None
    return AUTO if AUTO in setting.option.words else value_at(Configuration(), setting.path)


def is_repeatable(setting: Setting) -> bool:
    """Whether each mention of the option gives one of several named values."""
    return isinstance(setting.kind, Several) and isinstance(setting.kind.one, Named)


def argument_type(setting: Setting) -> Callable[[str], Any]:
    """What makes a value within the setting's bounds of the option's text, or refuses it by a sentence.

    Of an option that is mentioned once for each value it makes one of them.
    """
    kind, option = setting.kind, setting.option
    assert option is not None, setting.path
    if isinstance(kind, Several):
        if isinstance(kind.one, Number):
            return types.lambdas(kind)
        if isinstance(kind.one, Text):
            return types.words(option.what, kind)
        if isinstance(kind.one, Named):
            if type(kind.one.one) is Text:
                return types.changed_cell(setting)
            is_word = isinstance(kind.one.one, Choice)
            return types.word_of_column(setting) if is_word else types.penalty_factor
        return types.hidden
    if isinstance(kind, Choice):
        return types.choice((*option.words, *kind.words))
    if isinstance(kind, Mark):
        return types.delimiter(kind)
    if isinstance(kind, QuoteMark):
        return types.quote(kind)
    if isinstance(kind, EncodingName):
        return types.encoding(kind)
    if isinstance(kind, Text):
        return types.name(kind)
    if isinstance(kind, Whole) and kind.word:
        return types.batch_size
    if isinstance(kind, Number) and not option.what:
        return types.speed(kind)
    assert isinstance(kind, Number | Whole), setting.path
    return types.number(option.what, kind)


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
    if "more_files" in found:
        values["source.reading.more_files"] = tuple(found.more_files)
    return changed_configuration(Configuration(), _with_roles_kept(values) | {"source.file": file})


def _with_roles_kept(values: Mapping[str, Any]) -> dict[str, Any]:
    """``values`` with the roles that only one column can have where they are kept, such as ``data.target``.

    Raises WrongSetting where two columns are to have one of them, or one column is to have two.
    """
    found, rest = dict(values), []
    counts = Counter(name for name, _ in values.get(ROLES, ()))
    twice = next((name for name, count in counts.items() if count > 1), None)
    if twice is not None:
        said = f"has {twice!r} more than once"
        raise WrongSetting(f"{ROLES} {said}.", ROLES, said)
    for name, role in values.get(ROLES, ()):
        path = ROLE_PATHS.get(role)
        if path is None:
            rest.append((name, role))
        elif found.get(path) in (None, name):
            found[path] = name
        else:
            said = f"cannot make {name} the {role}, which is {found[path]}"
            raise WrongSetting(f"{ROLES} {said}.", ROLES, said)
    return found | ({ROLES: tuple(rest)} if ROLES in values else {})


def _value_of(setting: Setting, found: Mapping[str, Any]) -> Any:
    assert setting.option is not None
    value = found[setting.option.attribute]
    if setting.option.is_flag:
        opposite = setting.option.opposite.removeprefix("--").replace("-", "_")
        if opposite and found.get(opposite, False):
            if value:
                said = f"is the opposite of {setting.option.opposite}; give one of them"
                raise WrongSetting(f"{setting.path} {said}.", setting.path, said)
            return True
        return False if value else value_at(Configuration(), setting.path)
    if is_repeatable(setting):
        return tuple(value or ())
    return value_at(Configuration(), setting.path) if value == AUTO and AUTO in setting.option.words else value
