"""Every option of the table of settings with values that nobody should give: taken as they are, or one sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from regdesk.cli.arguments import parse_fit_arguments, parse_sweep_arguments, parse_window_arguments
from regdesk.core.settings.configuration import Configuration, value_at
from regdesk.core.settings.run_table import SWEEP
from regdesk.core.settings.setting import Setting
from regdesk.core.settings.setting_kinds import EncodingName, Mark, Named, Number, Several, Text, Whole
from regdesk.core.settings.settings_table import TABLE
from regdesk.core.settings.text_kinds import QuoteMark

NO_NUMBERS = (
    "", " ", "1_0", "٣", "１", "½", "nan", "inf", "-inf", "Infinity", "1e400", "-1e400", "9" * 5000, "-" + "9" * 5000,
    "0x10", "1,5,", "1 0", "ten", "−1", "1e", ".", "+", "\udcff", "1\n2",
)  # fmt: skip
NO_NAMES = ("", "x" * 5000)
OPTIONS = [setting for setting in TABLE if setting.option is not None and not setting.option.is_flag]


def configuration_under(setting: Setting, text: str) -> Configuration:
    """Of the command that has the option."""
    assert setting.option is not None
    said = f"{setting.option.name}={text}"
    if setting.path.startswith(("view.", "source.sample")):
        return parse_window_arguments([said]).configuration
    target = [] if setting.path == "data.target" else ["--target", "y"]
    parse: Callable[[list[str]], Any] = parse_sweep_arguments if setting in SWEEP else parse_fit_arguments
    return parse(["data.csv", *target, said]).configuration  # type: ignore[no-any-return]


def number_kind(setting: Setting) -> Number | Whole | None:
    """The kind of the setting's number, or of each of its numbers."""
    kind = setting.kind
    if isinstance(kind, Several):
        kind = kind.one.one if isinstance(kind.one, Named) else kind.one
    return kind if isinstance(kind, Number | Whole) else None


def sentence_about(setting: Setting, text: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What is said where ``text`` is refused; it has to be one sentence that names the option, and no more."""
    with pytest.raises(SystemExit) as stop:
        configuration_under(setting, text)
    assert stop.value.code == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert setting.option is not None
    assert err.startswith(f"regdesk: {setting.option.name}: ")
    assert err.count("\n") == 1
    assert err.endswith((".\n", "?\n"))
    assert len(err) < 400
    assert f"{setting.path} (" not in err
    assert "or null" not in err
    return err


@pytest.mark.parametrize("setting", [one for one in OPTIONS if number_kind(one)], ids=lambda one: one.path)
def test_what_is_no_number_in_ascii_digits_is_refused_and_bounds_are_said(setting, capsys):
    kind = number_kind(setting)
    assert kind is not None
    least, most = (kind.low, kind.high) if isinstance(kind, Whole) else (kind.least, kind.most)
    beyond = [repr(most * 2 + 1), repr(-1 - abs(least)), "1" + "0" * 30]
    for text in [*NO_NUMBERS, *beyond]:
        if setting.path == "architecture.hidden" and not text.strip():
            continue
        named = f"a={text}" if isinstance(setting.kind, Several) and isinstance(setting.kind.one, Named) else text
        said = sentence_about(setting, named, capsys)
        assert any(word in said for word in ("number", "numbers"))
        # Where it ends is said, whatever it is: nobody has to guess.
        assert f"{most}" in said or f"{most:g}".replace("e+0", "e").replace("e+", "e") in said, said


@pytest.mark.parametrize("setting", [one for one in OPTIONS if not number_kind(one)], ids=lambda one: one.path)
def test_what_is_no_name_or_word_is_refused(setting, capsys):
    for text in NO_NAMES:
        sentence_about(setting, text, capsys)
    takes_any_name = isinstance(setting.kind, Text) and not isinstance(setting.kind, Mark | EncodingName | QuoteMark)
    if takes_any_name and setting.path != "source.sample":
        for text in ("größe", "名前", "٣", "nan", "-1", "a\nb"):
            assert value_at(configuration_under(setting, text), setting.path) == text
        assert "half a character" in sentence_about(setting, "a\udcff", capsys)
    elif not isinstance(setting.kind, Several):
        for text in ("größe", "1_0", "\udcff\udcff", "a\nb", "9" * 5000):
            sentence_about(setting, text, capsys)


def test_a_value_more_than_once_is_refused_where_each_has_a_name(capsys):
    repeated = [one for one in OPTIONS if isinstance(one.kind, Several) and one.kind.is_distinct]
    assert [one.path for one in repeated] == [
        "source.reading.missing_words", "source.reading.kinds", "data.features", "data.roles", "data.cells",
        "data.date_parts", "data.penalty_factors",
    ]  # fmt: skip
    for one in (repeated[0], repeated[2]):
        assert "it has 'a' more than once" in sentence_about(one, "a,b,a", capsys)


def test_more_values_than_there_is_room_for_are_refused(capsys):
    for setting in OPTIONS:
        if isinstance(setting.kind, Several) and not isinstance(setting.kind.one, Named):
            assert setting.kind.most <= 100_000
            parts = (f"{number + 1}" for number in range(setting.kind.most + 1))
            assert f"{setting.kind.most}" in sentence_about(setting, ",".join(parts), capsys)
