"""A configuration as text: what differs from the usual, read back the same, and each wrong line named by its number."""

from __future__ import annotations

import tomllib
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regdesk.core.settings.configuration import Configuration, value_at
from regdesk.core.settings.configuration_record import changed_configuration
from regdesk.core.settings.setting_kinds import (
    Choice,
    EncodingName,
    Kind,
    Mark,
    Named,
    Number,
    Several,
    Text,
    Truth,
    Whole,
)  # fmt: skip
from regdesk.core.settings.settings_lines import FILES, PERSONAL, SIGNATURE, is_settings_text, settings_text
from regdesk.core.settings.settings_table import SETTINGS
from regdesk.core.settings.settings_text_reading import (
    MOST_CHARACTERS,
    MOST_FAULTS,
    WrongText,
    configuration_of_text,
)
from regdesk.core.settings.text_kinds import QuoteMark

HEAD = f"{SIGNATURE}1\n"
NAMES = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=12)


def values_of(kind: Kind) -> st.SearchStrategy[Any]:
    """Any value that ``kind`` lets through."""
    found = _values_of(kind)
    return st.none() | found if kind.is_optional else found


def _values_of(kind: Kind) -> st.SearchStrategy[Any]:
    if isinstance(kind, Number):
        low, high = max(kind.least, -1e12), min(kind.most, 1e12)
        beside = kind.least_beside_zero
        return st.floats(max(low, beside), high) | (st.just(0.0) if beside else st.nothing())
    if isinstance(kind, Whole):
        return st.integers(kind.low, kind.high)
    if isinstance(kind, Choice):
        return st.sampled_from(kind.words)
    if isinstance(kind, Truth):
        return st.booleans()
    if isinstance(kind, Mark):
        return st.sampled_from([",", "||", "\t", "\x7f", "¦"])
    if isinstance(kind, QuoteMark):
        return st.sampled_from(["'", '"', "none"])
    if isinstance(kind, EncodingName):
        return st.sampled_from(["utf-8", "cp1252"])
    if isinstance(kind, Text):
        return NAMES
    if isinstance(kind, Named):
        return st.tuples(NAMES, values_of(kind.one))
    if isinstance(kind, Several):
        if isinstance(kind.one, Named):
            return st.lists(values_of(kind.one), max_size=3, unique_by=lambda one: one[0]).map(tuple)
        one = values_of(kind.one)
        return st.lists(one, min_size=kind.least, max_size=min(kind.most, 3), unique=kind.is_distinct).map(tuple)
    return st.sampled_from([(), ("input", 'a "b"'), ("weight", 17), ("unit", 1, 3)])


CHANGED = st.dictionaries(st.sampled_from(sorted(set(SETTINGS) - set(FILES) - set(PERSONAL))), st.none(), max_size=6)


@given(st.data())
def test_any_choice_is_read_back_the_same(data: st.DataObject) -> None:
    paths = data.draw(CHANGED)
    values = {path: data.draw(values_of(SETTINGS[path].kind)) for path in paths}
    wanted = changed_configuration(Configuration(), values)
    text = settings_text(wanted)
    assert configuration_of_text(text) == wanted
    # As it comes back by mail.
    assert configuration_of_text("\ufeff" + text.replace("\n", "\r\n")) == wanted
    assert is_settings_text(text)


def test_what_is_as_usual_or_personal_is_not_said() -> None:
    assert settings_text(Configuration()).count("\n") == 2
    wanted = changed_configuration(Configuration(), {"training.lam": 0.1, "view.text_percent": 150, "seed": 3})
    lines = settings_text(wanted).splitlines()[2:]
    assert lines == ["", "seed = 3", "", "training.lam = 0.1"]


def test_a_file_loses_its_folder_and_all_but_none_is_toml() -> None:
    values = {
        "source.file": "/home/jane/My houses.csv",
        "source.reading.more_files": ("/elsewhere/b.csv", "C:\\data\\c.csv"),
        "data.cells": (("3:size", "1,5\n"),),
        "architecture.hidden": (),
    }
    text = settings_text(changed_configuration(Configuration(), values))
    assert "jane" not in text
    read = tomllib.loads(text)
    assert read["source"] == {"file": "My houses.csv", "reading": {"more_files": ["b.csv", "c.csv"]}}
    assert read["data"]["cells"] == [["3:size", "1,5\n"]]
    assert read["architecture"]["hidden"] == []


def test_a_name_that_no_text_can_hold_is_left_out() -> None:
    text = settings_text(changed_configuration(Configuration(), {"source.file": "houses/a\udcffb.csv", "seed": 2}))
    assert text.encode()
    assert configuration_of_text(text) == changed_configuration(Configuration(), {"seed": 2})


@pytest.mark.parametrize(
    ("line", "path", "value"),
    [
        ("training.penalty = l1", "training.penalty", "l1"),
        ("training.penalty = none", "training.penalty", "none"),
        ('training.penalty="l1"   # the lasso', "training.penalty", "l1"),
        ("training.lam = 1", "training.lam", 1.0),
        ("training.lam=1e-3 # small", "training.lam", 0.001),
        ("view.steps_per_second = none", "view.steps_per_second", None),
        ("data.target = größe", "data.target", "größe"),
        ('data.target = "none"', "data.target", "none"),
        ("architecture.hidden = [8, 4]", "architecture.hidden", (8, 4)),
        ("data.standardize = false", "data.standardize", False),
        ('view.selected = ["unit", 1, 3]', "view.selected", ("unit", 1, 3)),
    ],
)
def test_what_people_write(line: str, path: str, value: Any) -> None:
    assert value_at(configuration_of_text(f"{HEAD}\n# a note\n  {line}\n"), path) == value


def faults_of(text: str) -> list[tuple[int, str]]:
    with pytest.raises(WrongText) as caught:
        configuration_of_text(text)
    return [(fault.line, fault.sentence) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("training.lam = 0,1", "has no value that can be read: '0,1'"),
        ("training.lam = -1", "must be a number from 0 to 1e12, not -1"),
        ("training.lam = nan", "must be a number"),
        ("training.lam = 2020-01-01", "must be a number"),
        ("training.lam =", "has no value that can be read"),
        ('training.penalty = "l3"', "must be one of none, l1"),
        ("training.lamb = 1", "did you mean training.lam?"),
        ("lam", "is no setting; write PATH = VALUE"),
        ("[training]", "is no setting"),
        ('source.file = "../../secret.csv"', "names a file without its folder"),
        ('source.file = "C:secret.csv"', "names a file without its folder"),
        (r"source.file = '\\host\share\a.csv'", "names a file without its folder"),
        ('source.file = ".."', "names a file without its folder"),
        ('source.reading.more_files = ["a.csv", "/b.csv"]', "names a file without its folder"),
        (f"training.lam = {'9' * 5000}", "has no value that can be read"),
        ("training.lam = " + "[" * 5000, "has no value that can be read"),
        ('data.target = "a', "has no value that can be read"),
        ("training.lam = 1\\nseed = 3", "has no value that can be read"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(line: str, said: str) -> None:
    ((number, sentence),) = faults_of(f"{HEAD}seed = 2\n\n{line}\n")
    assert number == 4
    assert said in sentence
    assert len(sentence) < 400


def test_all_that_is_wrong_is_said_and_not_without_end() -> None:
    assert faults_of(f"{HEAD}seed = 1\nseed = 2\n")[0] == (3, "seed is said in line 2 already.")
    both = f'{HEAD}source.sample = "two-moons"\nsource.file = "a.csv"\n'
    assert [number for number, _ in faults_of(both)] == [2]
    assert len(faults_of(HEAD + "lam\n" * 5000)) == MOST_FAULTS
    assert "at most" in faults_of(HEAD + "#" * MOST_CHARACTERS)[0][1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the first line has to be"),
        ("seed = 2\n", "the first line has to be"),
        (f"{SIGNATURE}2\nseed = 2\n", "a newer regdesk reads it"),
        (f"{SIGNATURE}x\n", "this is version 'x'"),
        (f"{SIGNATURE}{'9' * 10_000}\n", "this program reads version 1"),
    ],
)
def test_another_form_is_not_guessed_at(text: str, said: str) -> None:
    ((_, sentence),) = faults_of(text)
    assert said in sentence
    assert len(sentence) < 200


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    for one in (text, HEAD + text, f"{HEAD}training.lam = {text}"):
        with suppress(WrongText):
            assert isinstance(configuration_of_text(one), Configuration)
