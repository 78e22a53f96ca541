"""What a lesson waits for: what conditions mean, what they refuse, and that nothing else is done by them."""

from __future__ import annotations

import pytest

from regdesk.core.lessons.condition_parser import DEEPEST, LONGEST, BadCondition, condition_of, number_expression
from regdesk.core.lessons.figures import NAMES, SHORT, asked, setting_figures
from regdesk.core.lessons.setting_text import setting_of
from regdesk.core.settings.configuration import Configuration, with_values
from regdesk.core.settings.settings_table import SETTINGS

FIGURES = {
    "lam": 0.02, "training.lam": 0.02, "start.lam": 0.01, "penalty": "l1", "hidden": "16,16", "epoch": 100.0,
    "validation_loss": 0.25, "train_loss": 0.125, "is_running": True, "weight(a b)": -0.5, "view.geometry.x": "none",
    "in_sight.geometryPanel": False, "view.steps_per_second": 1000.0,
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("lam >= 0.01", True),
        ("lam < 1e-3", False),
        ("lam > start.lam", True),
        ("lam = 2 * start.lam", True),
        ("validation_loss - train_loss > 0.1 and epoch >= 100", True),
        ("validation_loss − train_loss > 0.2", False),
        ("lam > 1 or epoch / 4 <= 25", True),
        ("lam > 1 or lam > 2 and epoch > 1", False),
        ("(lam > 1 or epoch > 1) and is_running", True),
        ("not is_running", False),
        ("not in_sight.geometryPanel", True),
        ("not (lam > 1 or lam > 2)", True),
        ("penalty = l1", True),
        ("penalty == l1", True),
        ("penalty != l2", True),
        ('hidden = "16,16"', True),
        ("hidden = none", False),
        ("view.geometry.x = none", True),
        ("view.geometry.x != none", False),
        ("view.steps_per_second != none", True),
        ("weight(a b) < -0.4", True),
        ('weight("a b") = -0.5', True),
        ("-lam < 0", True),
        ("1 + 2 * 3 = 7", True),
        ("8 - 2 - 1 = 5", True),
        ("8 / 4 / 2 = 1", True),
    ],
)
def test_a_condition_says_whether_it_is_so(text: str, is_so: bool) -> None:
    condition = condition_of(text)
    assert condition.holds(FIGURES) is is_so
    assert condition.text == text


@pytest.mark.parametrize(
    "text", ["gap < 1", "gap >= 1", "gap != 1", "weight(c) = 0", "lam / 0 > 1", "start.epoch < 5", "is_swept"]
)
def test_what_is_not_there_yet_is_nothing(text: str) -> None:
    assert not condition_of(text).holds(FIGURES)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "it ends where something is missing"),
        ("lam >", "it ends where something is missing"),
        ("(lam > 1", "a parenthesis is not closed"),
        ("lam > 1)", "')' is not expected there"),
        ("epoch", "'epoch' is a number and no condition; compare it, as in epoch > 1"),
        ("penalty", "'penalty' is a word and no condition; compare it, as in penalty > 1"),
        ("lamm > 1", "there is no figure lamm; did you mean lam?"),
        ("start.lamm > 1", "there is no figure start.lamm; did you mean start.lam?"),
        ("in_sight.lamdaPanel", "there is no figure in_sight.lamdaPanel; did you mean in_sight.lambdaPanel?"),
        ("penalty = l3", "penalty is one of none, l1, l2, elastic-net, group-lasso, and never 'l3'"),
        ("penalty > l1", "there is no figure l1"),
        ("lam = none", "there is no figure none"),
        ('lam = "x"', "lam is a number, and 'x' is none"),
        ("lam = penalty", "a number is compared with a word"),
        ("is_running = is_swept", "what is true or not is not compared"),
        ("lam and epoch > 1", "'and' stands between conditions, and a number is none"),
        ("not lam", "'not' stands before a condition, and a number is none"),
        ("penalty + 1 > 2", "'+' calculates with numbers, and a word is none"),
        ("-penalty > 2", "'-' stands before a number, and a word is none"),
        ("weight() > 1", "weight() names no column"),
        ("lam > 1 lam", "'lam' is not expected there"),
        ("and", "'and' is not expected there"),
        ("__import__('os').system('true')", "is not understood"),
        ("lam.__class__ > 1", "there is no figure lam.__class__"),
        ("lam > 1; lam", "'; lam' is not understood"),
        ("lam > 1 and " * 60 + "lam > 1", f"at most {LONGEST} may be"),
        ("(" * (DEEPEST + 1) + "lam > 1" + ")" * (DEEPEST + 1), f"more than {DEEPEST} parentheses"),
        ("not " * (DEEPEST + 1) + "is_running", f"more than {DEEPEST} parentheses"),
    ],
)
def test_what_is_no_condition_is_refused_with_a_reason(text: str, sentence: str) -> None:
    with pytest.raises(BadCondition) as refused:
        condition_of(text)
    assert sentence in str(refused.value)


def test_a_number_can_be_calculated_and_is_no_condition() -> None:
    assert number_expression("validation_loss - train_loss").value(FIGURES) == 0.125
    with pytest.raises(BadCondition, match="is a truth, and a number is wanted"):
        number_expression("lam > 1")


def test_every_setting_and_every_figure_can_be_asked_for() -> None:
    figures = setting_figures(Configuration())
    for path in (*SETTINGS, *SHORT):
        known = asked(path)
        assert known is not None
        value = figures[path]
        assert value == "none" or isinstance(value, {"number": float, "truth": bool, "word": str}[known.type]), path
    assert all(asked(f"start.{name}") is not None for name in NAMES)


@pytest.mark.parametrize(
    ("written", "path", "value"),
    [
        ("lam = 1e-2", "training.lam", 0.01),
        ("training.batch_size = full", "training.batch_size", 0),
        ("training.batch_size = 8", "training.batch_size", 8),
        ("hidden = none", "architecture.hidden", ()),
        ("hidden =", "architecture.hidden", ()),
        ("data.features = a b, c", "data.features", ("a b", "c")),
        ("data.features = none", "data.features", None),
        ("data.penalty_factors = a=0, b = 2", "data.penalty_factors", (("a", 0.0), ("b", 2.0))),
        ("data.standardize = no", "data.standardize", False),
        ("view.steps_per_second = none", "view.steps_per_second", None),
        ("view.selected = input, age, years", "view.selected", ("input", "age, years")),
        ("view.selected = unit, 1, 3", "view.selected", ("unit", 1, 3)),
        ("view.selected = none", "view.selected", ()),
    ],
)
def test_a_setting_is_read_as_people_write_it(written: str, path: str, value: object) -> None:
    assert setting_of(written) == (path, value)


def test_what_is_selected_can_be_asked_for() -> None:
    figures = setting_figures(with_values(Configuration(), {"view.selected": ("input", "age")}))
    assert condition_of('view.selected = "input,age"').holds(figures)
    assert condition_of("view.selected != none").holds(figures)
    assert condition_of("view.selected = none").holds(setting_figures(Configuration()))


def test_a_setting_is_written_as_a_lesson_writes_it() -> None:
    changed = with_values(
        Configuration(),
        {"architecture.hidden": (3, 4), "data.penalty_factors": (("a", 0.5),), "view.steps_per_second": None},
    )
    figures = setting_figures(changed)
    assert (figures["hidden"], figures["data.penalty_factors"]) == ("3,4", "a=0.5")
    assert figures["view.steps_per_second"] == "none"
