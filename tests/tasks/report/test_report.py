"""What a report says: numbers against what is computed elsewhere, and sentences where something is amiss."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tables import write_classes, write_csv, write_kinds, write_sparse

from regdesk.core.report.values import Code, Paragraph, Picture, Points, Report, Table
from regdesk.core.settings.configuration import Configuration, SweepSettings
from regdesk.core.types import Architecture, DataSettings, TrainSettings
from regdesk.data.csv.reader import read_table
from regdesk.data.csv.table import Table as DataTable
from regdesk.data.files.model_file import SavedModel
from regdesk.tasks.fit_record import part_record
from regdesk.tasks.fitted import model_of_sweep
from regdesk.tasks.linear_sweep import sweep_table
from regdesk.tasks.predict import predict
from regdesk.tasks.provenance import sweep_provenance
from regdesk.tasks.report.making import ReportPlan, subject_of_model, subject_of_table
from regdesk.tasks.report.report import report_of
from regdesk.tasks.report.subject import ReportSubject

LINEAR = Architecture(hidden=())


def configured(target: str, lam: float = 0.05, penalty: str = "l1", **data: object) -> Configuration:
    settings = DataSettings(target=target, **data)
    return Configuration(
        data=settings,
        architecture=LINEAR,
        training=TrainSettings(penalty=penalty, lam=lam),
        sweep=SweepSettings(n_lambdas=12),
    )


def subject_of(path: Path, configuration: Configuration, at: str | float | None = "best") -> ReportSubject:
    sweep = None if configuration.training.penalty == "none" else sweep_table
    return subject_of_table(read_table(path), configuration, ReportPlan(["report", str(path)], at, sweep))


def blocks_of(report: Report, kind: type, title: str = "") -> list:
    return [
        one for section in report.sections if title in section.title for one in section.blocks if isinstance(one, kind)
    ]


def words_of(report: Report, title: str = "") -> str:
    found = [one.text for one in blocks_of(report, Paragraph, title)]
    return "\n".join([*found, *(item for one in blocks_of(report, Points, title) for item in one.items)])


def number(text: str) -> float:
    return float(text.replace("−", "-").replace(",", ""))


def evaluated(equation: str, inputs: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """What a reader gets who types the equation in: names in brackets, with doubled brackets in them."""
    known: dict[str, np.ndarray] = {}
    names = {**inputs}
    for line in re.sub(r"\n    ", " ", equation).split("\n"):
        result, _, formula = line.partition(" = ")
        holders: dict[str, np.ndarray] = {}

        def hold(match: re.Match[str], holders: dict[str, np.ndarray] = holders) -> str:
            holders[f"h{len(holders)}"] = names[match[1].replace("[[", "[").replace("]]", "]")]
            return f"h{len(holders) - 1}"

        formula = re.sub(r"\[((?:[^\[\]]|\[\[|\]\])*)\](?!\])", hold, formula)
        known[result] = eval(formula, {"exp": np.exp, **known, **holders})
    return known


def inputs_of(subject: ReportSubject) -> dict[str, np.ndarray]:
    assert subject.dataset is not None
    return dict(zip(subject.dataset.input_names, subject.dataset.inputs.T, strict=True))


def predictions_of(subject: ReportSubject, path: Path) -> np.ndarray:
    blocks = list(predict(subject.model, read_table(path)))
    return np.concatenate([one.predictions.values if one.predictions.values is not None else
                           one.predictions.probabilities for one in blocks])  # fmt: skip


def test_the_equation_of_a_regression_predicts_what_the_model_predicts(tmp_path):
    generator = np.random.default_rng(2)
    names = ["a [b] c", "=cmd", "x]]>y", "z[", "sex", "y"]
    columns = [*generator.normal(size=(4, 80)).round(3), generator.choice(["F", "M"], 80)]
    y = (columns[0] - 3 * columns[1] + columns[2] - 2 * columns[3] + 4 * (columns[4] == "M")).round(3)
    path = write_csv(tmp_path / "t.csv", names, [*columns, y])
    subject = subject_of(path, configured("y", 0.01), None)
    equation = blocks_of(report_of(subject), Code, "weights")[0].text
    found = evaluated(equation, inputs_of(subject))["[y]"]
    expected = predictions_of(subject, path)
    order = np.argsort(subject.dataset.row_lines)
    np.testing.assert_allclose(found[order], expected, atol=1e-12 * np.std(expected))
    assert "An input such as [sex=M] is 1 where the cell has this label" in words_of(report_of(subject), "weights")


@pytest.mark.parametrize("n_classes", [2, 3])
def test_the_equation_of_classes_gives_their_probabilities(tmp_path, n_classes):
    path = write_classes(tmp_path / "t.csv") if n_classes == 2 else write_kinds(tmp_path / "t.csv")
    subject = subject_of(path, configured("colour" if n_classes == 2 else "kind", 0.01), None)
    found = evaluated(blocks_of(report_of(subject), Code, "weights")[0].text, inputs_of(subject))
    expected = predictions_of(subject, path)
    order = np.argsort(subject.dataset.row_lines)
    for number_of_class, label in enumerate(subject.model.classes):
        own = found.get(f"probability of [{label}]")
        if own is None:
            assert (n_classes, number_of_class) == (2, 0)
            continue
        np.testing.assert_allclose(own[order], expected[:, number_of_class], atol=1e-12)


def test_surviving_weights_are_listed_largest_first_and_the_others_by_name(tmp_path):
    subject = subject_of(write_sparse(tmp_path / "t.csv"), configured("y", 0.3), None)
    report = report_of(subject)
    rows = blocks_of(report, Table, "weights")[0].rows
    assert [row[0] for row in rows] == ["(intercept)", "a", "b"]
    # A standardised target has none: what rounding leaves of that is not shown as a number.
    assert rows[0][1] == "0"
    assert 0.0 < abs(subject.model.network.biases(subject.model.parameters, 0)[0]) < 1e-14
    weights = subject.weights[:2, 0]
    np.testing.assert_allclose([number(row[1]) for row in rows[1:]], weights, rtol=5e-4)
    scales = subject.dataset.input_scaler.scale[:2] / subject.dataset.target_scaler.scale[0]
    np.testing.assert_allclose([number(row[2]) for row in rows[1:]], weights / scales, rtol=1e-3)
    assert "2 of 8 weights are not zero" in words_of(report, "weights")
    assert "not in the model: c, d, e, f, g and h." in words_of(report, "weights")


@pytest.mark.parametrize("at", ["best", "1se"])
def test_the_lambda_of_a_rule_is_chosen_by_the_sweep_and_its_cost_is_told(tmp_path, at):
    subject = subject_of(write_sparse(tmp_path / "t.csv"), configured("y", 123.0), at)
    curve = subject.curve
    chosen = curve.best if at == "best" else curve.one_standard_error
    assert subject.lam == curve.lambdas[chosen]
    section = words_of(report_of(subject), "λ")
    assert f"λ_{at} = " in section
    share, n_fewer = curve.cost_of(curve.one_standard_error)
    assert f"{100 * share:.1f} % more loss, {n_fewer} fewer" in section
    table = blocks_of(report_of(subject), Table, "λ")[0]
    (marked,) = table.marked
    assert "in this report" in table.rows[marked][0]
    assert number(table.rows[marked][3]) == pytest.approx(float(curve.validation_loss[chosen]), rel=5e-4)
    assert len(blocks_of(report_of(subject), Picture, "λ")) == 2


def test_of_many_lambdas_a_page_of_them_is_shown_with_those_that_are_named(tmp_path):
    configuration = replace(configured("y"), sweep=SweepSettings(n_lambdas=60))
    table = blocks_of(report_of(subject_of(write_sparse(tmp_path / "t.csv"), configuration)), Table, "λ")[0]
    assert table.caption.endswith(f"; {len(table.rows)} of 60 λ.")
    assert 12 <= len(table.rows) <= 16
    assert len({row[1] for row in table.rows}) == len(table.rows)


def test_a_lambda_of_ones_own_is_compared_with_the_nearest_that_was_tried(tmp_path):
    subject = subject_of(write_sparse(tmp_path / "t.csv"), configured("y", 0.3), None)
    assert subject.lam == 0.3
    section = words_of(report_of(subject), "λ")
    assert "λ = 0.3, which was given by hand" in section
    table = blocks_of(report_of(subject), Table, "λ")[0]
    (marked,) = table.marked
    nearest = min(subject.curve.lambdas, key=lambda lam: abs(math.log(lam / 0.3)))
    assert number(table.rows[marked][1]) == pytest.approx(nearest, rel=5e-3)
    assert "nearest to this report" in table.rows[marked][0]


def test_scores_are_those_of_a_fit_with_the_intervals_around_them(tmp_path):
    path = write_sparse(tmp_path / "t.csv")
    subject = subject_of(path, configured("y", 0.1, test_fraction=0.25), None)
    rows = blocks_of(report_of(subject), Table, "good")[0].rows
    assert [row[0] for row in rows if row[0]] == ["training", "validation", "test"]
    for start, part in ((0, "train"), (3, "validation"), (6, "test")):
        own = getattr(subject.dataset.split, part)
        outputs = subject.model.outputs(subject.dataset.inputs)
        scores = part_record(subject.dataset, outputs, own)
        assert int(rows[start][2]) == len(own)
        for row, value in zip(rows[start : start + 3], scores.values(), strict=True):
            assert number(row[3]) == pytest.approx(value, rel=5e-4)
            assert number(row[4]) < value < number(row[5])
    assert "On the test rows: R² " in words_of(report_of(subject), "asked")


def test_what_is_amiss_is_among_the_warnings(tmp_path):
    generator = np.random.default_rng(0)
    names = [f"x{place}" for place in range(30)]
    path = write_csv(tmp_path / "t.csv", [*names, "y"], generator.normal(size=(31, 40)).round(3))
    found = words_of(report_of(subject_of(path, configured("y", 0.1), None)), "Warnings")
    assert "There are few rows: 30 train a model of 30 inputs." in found
    assert "There are only 10 validation rows: their scores are uncertain." in found
    assert "No rows were held back as a test." in found


def test_classes_that_can_be_told_apart_without_a_penalty_are_a_warning(tmp_path):
    x = np.linspace(-1, 1, 60).round(3)
    path = write_csv(tmp_path / "t.csv", ["x", "y"], [x, np.where(x > 0, "up", "down")])
    report = report_of(subject_of(path, configured("y", 0.1, "none"), None))
    assert "The model has not converged: " in words_of(report, "Warnings")
    assert "The model has not converged; see the warnings." in words_of(report, "asked")
    assert "There is no penalty, and so there is no λ to choose." in words_of(report, "λ")


def saved_of(path: Path) -> SavedModel:
    table, configuration = read_table(path), configured("y")
    sweep = sweep_table(table, configuration)
    provenance = sweep_provenance(["sweep", str(path)], table, sweep.folds, configuration)
    chosen = {"chosen": {"at": "1se", "lambda": sweep.points[sweep.one_standard_error].lam}}
    return SavedModel(model_of_sweep(sweep, configuration, sweep.one_standard_error), {**provenance, **chosen})


def never(_: Path) -> DataTable:
    raise AssertionError("nothing is to be read")


def test_a_saved_model_with_its_data_has_all_of_it(tmp_path):
    path = write_sparse(tmp_path / "t.csv")
    subject = subject_of_model("m.regdesk", saved_of(path), read_table, tmp_path, sweep_table)
    report = report_of(subject)
    assert [section.title for section in report.sections].count("What cannot be shown") == 0
    assert "λ_1se" in words_of(report, "λ")
    assert blocks_of(report, Table, "good")[0].rows[0][2] == "120"
    assert "No rows validate this very model" in words_of(report, "good")


def test_a_saved_model_finds_its_data_beside_it_and_takes_no_other_file_for_them(tmp_path):
    saved = saved_of(write_sparse(tmp_path / "t.csv"))
    beside = tmp_path / "beside"
    beside.mkdir()
    (tmp_path / "t.csv").rename(beside / "t.csv")
    assert subject_of_model("m.regdesk", saved, read_table, beside, None).dataset is not None
    (beside / "t.csv").write_text((beside / "t.csv").read_text().replace("1", "2", 1))
    subject = subject_of_model("m.regdesk", saved, read_table, beside, None)
    assert subject.dataset is None
    assert "it has another sha256" in words_of(report_of(subject), "cannot be shown")


def test_without_its_data_a_saved_model_says_what_is_known_and_what_is_not(tmp_path):
    path = write_sparse(tmp_path / "t.csv")
    saved = saved_of(path)
    path.unlink()
    report = report_of(subject_of_model("m.regdesk", saved, never, tmp_path, sweep_table))
    absent = words_of(report, "cannot be shown")
    assert "The data are not there: there is no file" in absent
    assert "the intervals of the scores need the rows" in absent
    assert "was chosen along a sweep by the one-standard-error rule" in words_of(report, "λ")
    value = saved.model.scores["train"]["r2"]
    scores = blocks_of(report, Table, "good")[0]
    assert scores.header == ("part", "score", "value")
    assert number(scores.rows[1][2]) == pytest.approx(value, rel=5e-4)
    assert len(blocks_of(report, Picture)) == 1
    assert blocks_of(report, Code, "weights")[0].text.startswith("[y] = ")
    columns = blocks_of(report, Table, "data")[0]
    assert [row[0] for row in columns.rows] == list("abcdefgh")


def test_the_same_is_written_each_time(tmp_path):
    path = write_sparse(tmp_path / "t.csv")
    configuration = configured("y", 0.1)
    assert report_of(subject_of(path, configuration)) == report_of(subject_of(path, configuration))


def test_dates_are_shown_as_dates(tmp_path):
    days = [f"2020-01-{1 + place % 28:02d}" for place in range(56)]
    y = [place % 28 + 0.1 * (place % 3) for place in range(56)]
    path = write_csv(tmp_path / "t.csv", ["when", "y"], [days, y])
    subject = subject_of(path, configured("y", 0.01, features=("when",)), None)
    columns = blocks_of(report_of(subject), Table, "data")[0]
    fill = np.median(inputs_of(subject)["when"][subject.dataset.split.train])
    assert columns.rows[0][3] == str(np.datetime64("1970-01-01") + int(fill // 1))
    assert "A date is its number of days since 1970-01-01, in UTC." in words_of(report_of(subject), "weights")
    without = report_of(subject.without_data("gone"))
    ends = blocks_of(without, Table, "data")[0].rows[0][4:]
    assert all(one.startswith("2020-01-") for one in ends)
    assert ends[0] < ends[1]
