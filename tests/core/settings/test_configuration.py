"""The configuration and its table: complete, within bounds, and the same again from JSON."""

from __future__ import annotations

import json
import math
from dataclasses import FrozenInstanceError
from typing import Any

import pytest
from covering import covering_rows

from regdesk.core.reading_options import ReadingOptions
from regdesk.core.settings.configuration import (
    Configuration,
    SweepSettings,
    ViewSettings,
    differing_paths,
    paths_of,
    value_at,
    with_values,
)
from regdesk.core.settings.configuration_record import VERSION, changed_configuration, checked, from_dict, to_dict
from regdesk.core.settings.selected import PartOfModel
from regdesk.core.settings.setting import Setting
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
)
from regdesk.core.settings.settings_table import SETTINGS, TABLE, WrongSetting
from regdesk.core.settings.text_kinds import QuoteMark
from regdesk.core.types import TrainSettings


def good_values(kind: Kind) -> list[Any]:
    """Values at the bounds of a kind and within."""
    found: list[Any] = [None] if kind.is_optional else []
    if isinstance(kind, Number):
        found += [kind.least, kind.most, (kind.least + kind.most) / 3.0]
    elif isinstance(kind, Whole):
        found += [kind.low, kind.low + 1, kind.high]
    elif isinstance(kind, Choice):
        found += list(kind.words)
    elif isinstance(kind, Truth):
        found += [False, True]
    elif isinstance(kind, Mark):
        found += [";", "\t"]
    elif isinstance(kind, QuoteMark):
        found += ['"', "'", "none", "|"]
    elif isinstance(kind, EncodingName):
        found += ["utf-8", "UTF-16", "cp1252"]
    elif isinstance(kind, PartOfModel):
        found += [(), ("input", "größe, in „cm“"), ("weight", 0), ("unit", 1, 2)]
    elif isinstance(kind, Text):
        found += ["a", "größe, in „cm“", "x" * kind.most]
    elif isinstance(kind, Named):
        found += [(f"größe {place}, in „cm“", one) for place, one in enumerate(good_values(kind.one))]
    elif isinstance(kind, Several):
        ones = [one for one in good_values(kind.one) if one is not None]
        found += [tuple(ones[:1]), tuple(ones[: kind.most])] + ([()] if not kind.least else [])
    return found


def is_said_apart(value: Any) -> bool:
    """Whether it is two good values with one name, or too many values, which is said in other words."""
    return isinstance(value, tuple) and len(value) > 1 and all(one == value[0] for one in value)


def wrong_values(kind: Kind) -> list[Any]:
    """Values beside the bounds of a kind, and of other types."""
    found: list[Any] = [{}, object(), b"a"] + ([] if kind.is_optional else [None])
    if isinstance(kind, Number):
        found += [math.nextafter(kind.least, -math.inf), math.nextafter(kind.most, math.inf)]
        found += [math.nan, math.inf, -math.inf, "0.5", True, 10**400, [0.5]]
    elif isinstance(kind, Whole):
        found += [kind.low - 1, kind.high + 1, 2.5, math.nan, math.inf, "2", True, [2]]
    elif isinstance(kind, Choice):
        found += [
            "",
            kind.words[0] * 2,
            *(word.upper() for word in kind.words if word.islower()),
            1,
            True,
            [kind.words[0]],
        ]
    elif isinstance(kind, Truth):
        found += [0, 1, "true"]
    elif isinstance(kind, Mark):
        found += ["", "ab", "a", "7", ".", '"', 1]
    elif isinstance(kind, QuoteMark):
        found += ["", "ab", "a", "7", ".", ",", " ", "\n", "\\", 1]
    elif isinstance(kind, PartOfModel):
        found += ["ab", 1, ("input",), ("weight", -1), ("weight", 0, 1), ("unit", 0, 1), ("layer", 1)]
    elif isinstance(kind, Text):
        found += ["", "x" * (kind.most + 1), 1, ["a"]]
    elif isinstance(kind, Named):
        found += ["ab", ("a",), ("", 1.0), (1, 1.0)] + [("a", wrong) for wrong in wrong_values(kind.one)]
    elif isinstance(kind, Several):
        one = next(value for value in good_values(kind.one) if value is not None)
        found += ["ab", 1] + [(wrong,) for wrong in wrong_values(kind.one)]
        found += [(one,) * (kind.most + 1)] + ([()] if kind.least else []) + ([(one, one)] if kind.is_distinct else [])
    return found


def test_every_field_has_a_line_of_the_table_and_every_line_a_field():
    assert sorted(paths_of(Configuration())) == sorted(SETTINGS)
    assert len(SETTINGS) == len(TABLE)


@pytest.mark.parametrize("setting", TABLE, ids=lambda setting: setting.path)
def test_a_line_says_all_there_is_to_say_or_why_not(setting: Setting):
    assert checked(setting.path, value_at(Configuration(), setting.path)) == value_at(Configuration(), setting.path)
    assert setting.label
    for said, reason in (
        (setting.sentence, setting.unsaid),
        (setting.option, setting.no_option),
        (setting.control, setting.no_control),
    ):
        assert bool(said) != bool(reason), setting.path
    if setting.sentence:
        assert "{before} → {after}" in setting.sentence


@pytest.mark.parametrize("has_pairs", [False, pytest.param(True, marks=pytest.mark.full)])
def test_configurations_come_back_from_json_as_they_were(has_pairs: bool):
    values = [good_values(setting.kind) for setting in TABLE]
    counts = [len(one) for one in values]
    most = max(counts)
    # Each value twice, the second time among others; all pairs are many.
    few = [[(row + place * (row // most)) % n for place, n in enumerate(counts)] for row in range(2 * most)]
    rows = covering_rows(counts) if has_pairs else few
    assert len(rows) >= most
    for count, row in enumerate(rows):
        chosen = {
            setting.path: values[place][number] for place, (setting, number) in enumerate(zip(TABLE, row, strict=True))
        }
        if None not in (chosen["source.file"], chosen["source.sample"]):
            # One of the two alone may be; each in turn.
            chosen["source.sample" if count % 2 else "source.file"] = None
        configuration = changed_configuration(Configuration(), chosen)
        assert {path: value_at(configuration, path) for path in SETTINGS} == chosen
        again = from_dict(json.loads(json.dumps(to_dict(configuration), allow_nan=False)))
        assert again == configuration
        assert hash(again) == hash(configuration)
        for path in SETTINGS:
            assert type(value_at(again, path)) is type(value_at(configuration, path)), path


@pytest.mark.parametrize("setting", TABLE, ids=lambda setting: setting.path)
def test_whatever_is_wrong_is_refused_by_a_sentence(setting: Setting):
    for value in wrong_values(setting.kind):
        with pytest.raises(WrongSetting) as caught:
            changed_configuration(Configuration(), {setting.path: value})
        sentence = str(caught.value)
        said = "has " if is_said_apart(value) else f"must be {setting.kind.reach}, not "
        assert sentence.startswith(f"{setting.path} ({setting.label}) {said}")
        assert sentence.endswith(".")
        assert "\n" not in sentence


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        ("training.lam", -1, "training.lam (λ) must be a number from 0 to 1e12, not -1."),
        (
            "training.penalty", "l3",
            "training.penalty (Penalty) must be one of none, l1, l2, elastic-net, group-lasso, not 'l3'.",
        ),
        ("data.test_fraction", 1, "data.test_fraction (Test fraction) must be a number from 0 to below 1, not 1."),
        (
            "architecture.hidden", (16, 0),
            "architecture.hidden (Hidden layers) must be a list of 0 to 10 values, each a whole number from 1 to 1024, "
            "not (16, 0).",
        ),
        (
            "view.steps_per_second", 9.5,
            "view.steps_per_second (Speed) must be a number from 10 to 1e12 or null, not 9.5.",
        ),
        ("data.features", ("a", "b", "a"), "data.features (Features) has 'a' more than once."),
        (
            "data.features", ("a", "b\ud800"),
            r"data.features (Features) has half a character in it (a lone surrogate), which no table holds: 'b\ud800'.",
        ),
        (
            "data.penalty_factors", (("a", 1.0), ("a", 2.0)),
            "data.penalty_factors (Penalty factors) has 'a' more than once.",
        ),
        (
            "data.penalty_factors", (("a", 1e-10),),
            "data.penalty_factors (Penalty factors) must be a list of 0 to 100000 different values, each a name and 0 "
            "or a number from 1e-9 to 1e9, not (('a', 1e-10),).",
        ),
        (
            "sweep.n_lambdas", 10**11,
            "sweep.n_lambdas (Points of the sweep) must be a whole number from 2 to 10000, not 100000000000.",
        ),
        ("training.lamb", 1.0, "There is no setting training.lamb; did you mean training.lam?"),
        ("nothing", 1.0, "There is no setting nothing; see the table of settings."),
        ("training", 1.0, "training is a group of settings, which 1.0 is not."),
    ],
)  # fmt: skip
def test_sentences_name_the_path_and_the_bounds(path: str, value: Any, sentence: str):
    with pytest.raises(WrongSetting) as caught:
        changed_configuration(Configuration(), {path: value})
    assert str(caught.value) == sentence


def test_a_whole_number_that_python_does_not_write_is_refused_by_a_sentence():
    with pytest.raises(WrongSetting) as caught:
        changed_configuration(Configuration(), {"seed": 10**5000})
    assert str(caught.value) == f"seed (Seed) must be a whole number from 0 to {2**53}, not this int."


def test_one_wrong_value_keeps_the_others_out():
    before = Configuration()
    with pytest.raises(WrongSetting):
        changed_configuration(before, {"training.lam": 1.0, "seed": -1})
    assert before == Configuration()


def test_numbers_are_of_their_kind():
    configuration = changed_configuration(Configuration(), {"training.lam": 1, "seed": 7.0})
    assert (repr(configuration.training.lam), repr(configuration.seed)) == ("1.0", "7")


def test_a_group_is_put_in_force_whole():
    training = TrainSettings("l1", 0.5)
    configuration = changed_configuration(Configuration(), {"training": training, "view": ViewSettings(smoothing=0.5)})
    assert configuration == Configuration(training=training, view=ViewSettings(smoothing=0.5))
    assert differing_paths(Configuration(), configuration) == ("training.penalty", "training.lam", "view.smoothing")
    with pytest.raises(WrongSetting, match=r"training\.lam .* not -1"):
        changed_configuration(Configuration(), {"training": TrainSettings(lam=-1)})


def test_what_does_not_differ_stays_the_same_object():
    before = Configuration()
    after = with_values(before, {"view.geometry.x": 3, "training.lam": 0.01})
    assert after.training is before.training
    assert after.view.geometry.x == 3
    assert with_values(before, {"seed": 0}) is before


def test_nobody_can_change_it():
    with pytest.raises(FrozenInstanceError):
        Configuration().training.lam = 1.0  # type: ignore[misc]


def test_what_a_file_lacks_has_its_default():
    assert from_dict({"version": VERSION}) == Configuration()
    assert from_dict({"version": VERSION, "sweep": {"n_folds": 3}}) == Configuration(sweep=SweepSettings(n_folds=3))


@pytest.mark.parametrize(
    ("record", "sentence"),
    [
        ([], "A configuration is an object of settings, not []."),
        ({}, "This program reads version 1 of a configuration, not None."),
        ({"version": 2}, "This program reads version 1 of a configuration, not 2."),
        ({"version": True}, "This program reads version 1 of a configuration, not True."),
        ({"version": 1, "training": 3}, "training is a group of settings, which 3 is not."),
        ({"version": 1, "traning": {}}, "There is no setting traning; did you mean training.lam?"),
        ({"version": 1, "training": {"lamda": 1}}, "There is no setting training.lamda; did you mean training.lam?"),
        ({"version": 1, "seed": -1}, f"seed (Seed) must be a whole number from 0 to {2**53}, not -1."),
        ({"version": 1, "view": {"geometry": {"x": 0.5}}},
         f"view.geometry.x (Weight on the horizontal axis) must be a whole number from 0 to {2**53} or null, not 0.5."),
    ],
)  # fmt: skip
def test_a_file_that_holds_none_is_refused_by_a_sentence(record: Any, sentence: str):
    with pytest.raises(WrongSetting) as caught:
        from_dict(record)
    assert str(caught.value) == sentence


def test_a_file_and_a_sample_cannot_both_be_given():
    record = to_dict(Configuration()) | {"source": {"file": "a.csv", "sample": "two-moons"}}
    with pytest.raises(WrongSetting, match=r"a file or from a bundled sample"):
        from_dict(record)


def test_a_sample_in_place_of_a_file_leaves_nothing_of_how_that_was_read():
    before = changed_configuration(
        Configuration(), {"source.file": "a.csv", "source.reading.delimiter": ";", "source.reading.sheet": "2024"}
    )
    after = changed_configuration(before, {"source.sample": "two-moons"}).source
    assert (after.file, after.sample, after.reading) == (None, "two-moons", ReadingOptions())
    said = changed_configuration(before, {"source.sample": "two-moons", "source.reading.decimal": ","}).source
    assert (said.file, said.reading.decimal) == (None, ",")
