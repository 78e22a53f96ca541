"""Models that are taken away: their facts, their parameters for other data, and predictions of whole files."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from session_fakes import loaded_from, write_small

from regdesk.core.reading_options import ReadingOptions
from regdesk.core.settings.configuration import Configuration, EndingSettings, SourceSettings
from regdesk.core.stopping import Stopped
from regdesk.core.types import Architecture, DataSettings, TrainSettings
from regdesk.data.errors import DataError
from regdesk.data.files.model_file import SavedModel, write_model
from regdesk.data.formats.reading import FileReader
from regdesk.data.prepare.encoding import prepare_dataset
from regdesk.data.prepare.table_rows import TableRows
from regdesk.data.samples import sample_path
from regdesk.tasks.fit import fit_model
from regdesk.tasks.fitted import model_of_fit
from regdesk.tasks.models.facts import MOST_WEIGHTS, model_facts
from regdesk.tasks.models.opened import OpenedModel, load_data_of, open_model, parameters_for
from regdesk.tasks.models.predict_file import PredictionJob, predict_file
from regdesk.tasks.prediction_tally import MOST_SKIPPED
from regdesk.tasks.provenance import fit_provenance

LASSO = TrainSettings(penalty="l1", lam=0.1)


def saved_from(file: Path, hidden: tuple[int, ...] = (), **settings: Any) -> SavedModel:
    loaded = loaded_from(file, **settings)
    ending = EndingSettings(n_epochs=20) if hidden else EndingSettings()
    configuration = Configuration(loaded.settings, Architecture(hidden), LASSO, ending=ending)
    model = model_of_fit(loaded.dataset, configuration, fit_model(loaded.dataset, configuration))
    words = ("fit", str(file), "--target", loaded.dataset.target)
    return SavedModel(model, fit_provenance(words, loaded.table, loaded.dataset, configuration))


def no_stop() -> bool:
    return False


def ignore(_share: float) -> None:
    pass


def write_rows(path: Path, header: str, rows: list[str]) -> Path:
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write_small(tmp_path)


def test_the_facts_of_a_linear_model_are_its_coefficients_in_both_units(file: Path) -> None:
    saved = saved_from(file)
    facts = model_facts("m.regdesk", saved)
    told = dict(facts.facts)
    assert facts.summary == "y by a linear model, L1 with λ = 0.1"
    assert told["Rows"] == "18 train, 6 validation"
    assert told["Data, sha256"] == saved.provenance["digest"]
    assert told["Solution"].startswith("converged; KKT residual ")
    rows = {row[0]: row[1:] for row in facts.weights.rows}
    weight = saved.model.parameters[0]
    assert float(rows["a"][0]) == pytest.approx(weight, rel=1e-4)
    encoding = saved.model.encoding
    per_unit = weight * encoding.target.scale / encoding.columns[0].scales[0]
    assert float(rows["a"][1]) == pytest.approx(per_unit, rel=1e-4)
    assert [row[0] for row in facts.scores.rows] == ["train", "validation"]


def test_the_facts_of_a_network_are_the_weights_that_leave_each_input(file: Path) -> None:
    saved = saved_from(file, (3,))
    facts = model_facts("m", saved)
    weights = saved.model.network.weights(saved.model.parameters, 0)
    assert [row[0] for row in facts.weights.rows] == ["a", "b", "c"]
    for row, one in zip(facts.weights.rows, weights, strict=True):
        assert row[1] == f"{np.count_nonzero(one)} of 3"
        assert float(row[2]) == pytest.approx(float(np.sqrt(np.square(one.astype(float)).sum())), rel=1e-4)


def test_of_three_classes_each_has_its_columns(tmp_path: Path) -> None:
    labels = ("red", "green", "blue")
    rows = [f"{row % 7},{row % 5},{labels[row % 3]}" for row in range(60)]
    facts = model_facts("m", saved_from(write_rows(tmp_path / "c.csv", "a,b,y", rows)))
    assert facts.weights.header == (
        "", "blue standardised", "blue per unit", "green standardised", "green per unit", "red standardised",
        "red per unit",
    )  # fmt: skip
    assert dict(facts.facts)["Classes"] == "blue, green, red"


def test_of_very_many_inputs_the_largest_are_listed(tmp_path: Path) -> None:
    generator, n = np.random.default_rng(0), MOST_WEIGHTS + 5
    values = generator.integers(0, 9, (12, n))
    names = ",".join(f"x{number}" for number in range(n))
    # Of no two rows the same: else it would be a class.
    rows = [",".join(map(str, [*row, row[3] + 0.001 * number])) for number, row in enumerate(values)]
    facts = model_facts("m", saved_from(write_rows(tmp_path / "w.csv", f"{names},y", rows)))
    assert len(facts.weights.rows) == MOST_WEIGHTS + 1
    assert float(next(row for row in facts.weights.rows if row[0] == "x3")[1]) > 0.1


def test_parameters_for_the_same_data_are_the_same_bits(file: Path) -> None:
    saved = saved_from(file)
    again = loaded_from(file).dataset
    assert parameters_for(saved.model, again, file) is saved.model.parameters


def saved_at(path: Path, source: Path, more: tuple[str, ...] = (), sample: str | None = None) -> Path:
    """A model of ``source``, and of ``more`` below it, as the command line writes it."""
    reading = ReadingOptions(more_files=more)
    table = FileReader(reading).read(source)
    target = "y" if "y" in table.column_names else table.column_names[-1]
    dataset = prepare_dataset(table, DataSettings(target=target), 0)
    chosen = SourceSettings(None if sample else str(source), sample, reading)
    configuration = Configuration(DataSettings(target=target), Architecture(()), LASSO, source=chosen)
    model = model_of_fit(dataset, configuration, fit_model(dataset, configuration))
    write_model(path, SavedModel(model, fit_provenance(("fit", str(source)), table, dataset, configuration)))
    return path


def gone_on(opened: OpenedModel) -> Any:
    """The losses of the model on its data as they are read again, and those that it was saved with."""
    loaded, parameters = load_data_of(opened, no_stop, ignore)
    saved = opened.saved.model
    assert parameters is saved.parameters
    outputs = loaded.dataset.standardized_inputs(loaded.dataset.split.train) @ saved.network.weights(parameters, 0)
    errors = outputs + saved.network.biases(parameters, 0)
    errors -= loaded.dataset.standardized_targets(loaded.dataset.split.train)[:, np.newaxis]
    scores = saved.scores["train"]
    assert scores is not None
    return 0.5 * float(np.square(errors).mean()), scores["loss"]


def test_data_of_several_files_are_found_where_they_were_and_beside_the_model(file: Path, tmp_path: Path) -> None:
    other = write_small(tmp_path, "more.csv", 30)
    model = saved_at(tmp_path / "m.regdesk", file, (str(other),))
    found, expected = gone_on(open_model(model, no_stop))
    assert found == pytest.approx(expected, rel=1e-12)
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    for one in (file, other, model):
        one.rename(folder / one.name)
    opened = open_model(folder / model.name, no_stop)
    assert opened.source is not None
    assert opened.source.path == folder / file.name
    assert opened.source.reading.more_files == (str(folder / other.name),)
    found, expected = gone_on(opened)
    assert found == pytest.approx(expected, rel=1e-12)
    # In the other order they are another table.
    (folder / file.name).rename(tmp_path / "x")
    (folder / other.name).rename(folder / file.name)
    (tmp_path / "x").rename(folder / other.name)
    opened = open_model(folder / model.name, no_stop)
    assert opened.source is None
    assert opened.problem.startswith("small.csv: this file, of which the model was made, has changed since")


def test_data_that_change_after_they_were_found_are_refused(file: Path, tmp_path: Path) -> None:
    opened = open_model(saved_at(tmp_path / "m.regdesk", file), no_stop)
    assert opened.source is not None
    # The same columns, and another target in one row.
    file.write_text(file.read_text().rstrip() + "1\n")
    with pytest.raises(DataError, match=r"small\.csv: it has changed since m\.regdesk was saved"):
        load_data_of(opened, no_stop, ignore)


def test_a_model_of_a_sample_goes_on_with_it(tmp_path: Path) -> None:
    model = saved_at(tmp_path / "m.regdesk", sample_path("sparse-truth"), (), "sparse-truth")
    opened = open_model(model, no_stop)
    assert opened.source is not None
    assert (opened.source.sample, opened.source.title) == ("sparse-truth", "Sparse truth")
    found, expected = gone_on(opened)
    assert found == pytest.approx(expected, rel=1e-12)


def test_a_model_that_does_not_say_of_what_it_was_made_says_so(file: Path, tmp_path: Path) -> None:
    saved = saved_from(file)
    write_model(tmp_path / "m.regdesk", SavedModel(saved.model, {}))
    opened = open_model(tmp_path / "m.regdesk", no_stop)
    assert opened.problem == "m.regdesk: it does not say of which file it was made."
    assert opened.facts.summary == "y by a linear model, L1 with λ = 0.1"


def test_looking_for_data_is_given_up(file: Path, tmp_path: Path) -> None:
    model = saved_at(tmp_path / "m.regdesk", file)
    with pytest.raises(Stopped):
        open_model(model, lambda: True)


@pytest.mark.parametrize("hidden", [(), (3,)])
def test_parameters_for_another_split_predict_the_same(file: Path, hidden: tuple[int, ...]) -> None:
    saved, other = saved_from(file, hidden), loaded_from(file, validation_fraction=0.5)
    moved = parameters_for(saved.model, other.dataset, file)
    assert other.dataset.encoding is not None
    model = replace(saved.model, parameters=moved, encoding=other.dataset.encoding)
    rows = TableRows(other.table)
    assert np.abs(model.predict(rows) - saved.model.predict(rows)).max() < 1e-12


@pytest.mark.parametrize("settings", [{"target": "a"}, {"features": ("a", "b")}])
def test_data_of_another_question_take_no_parameters(file: Path, settings: dict[str, Any]) -> None:
    saved, dataset = saved_from(file), loaded_from(file, **settings).dataset
    with pytest.raises(DataError, match=r"m\.regdesk: its data come to other columns or classes"):
        parameters_for(saved.model, dataset, Path("m.regdesk"))


def test_a_file_is_predicted_counted_and_scored(file: Path, tmp_path: Path) -> None:
    saved = saved_from(file)
    new = write_rows(
        tmp_path / "new.csv", "y,c,b,a,note",
        ["1,0,0,1,=cmd", "2,0,,1,x", "3,0,odd,1,x", ",0,0,1,x", "5,0,0,1.2.3,x"],
    )  # fmt: skip
    out = tmp_path / "out.csv"
    shares: list[float] = []
    found = predict_file(PredictionJob("the live model", new, out, True), saved, no_stop, shares.append)
    assert found.facts.sentences == (
        "4 of 5 rows of new.csv predicted. They are in out.csv.",
        "1 row could not be predicted; the list says why.",
        "b: 1 cell missing, filled as in training.",
        "b: 1 cell with what no training row has, such as 'odd'; taken as missing.",
    )
    assert [(one.line, one.reason) for one in found.facts.skipped] == [(6, "a: '1.2.3' is not a number.")]
    assert found.scores is not None
    assert found.scores.n_rows == 3
    assert found.facts.scores is not None
    assert [row[:2] for row in found.facts.scores.rows] == [("train", "18"), ("validation", "6"), ("new.csv", "3")]
    lines = out.read_text().splitlines()
    assert lines[0] == "y,c,b,a,note,prediction"
    assert lines[1].startswith("1,0,0,1,'=cmd,")
    assert shares[-1] == 1.0
    assert not found.is_known
    provenance = json.loads((tmp_path / "out.csv.provenance.json").read_text())
    assert (provenance["model"], provenance["command"]) == ("the live model", None)


def test_without_a_target_there_are_no_figures_and_the_reason_is_said(file: Path, tmp_path: Path) -> None:
    new = write_rows(tmp_path / "new.csv", "c,b,a", ["1,0,0"])
    found = predict_file(PredictionJob("m", new, None, False), saved_from(file), no_stop, ignore)
    assert found.facts.sentences == (
        "1 of 1 row of new.csv predicted.",
        "Not scored: there is no column 'y' to compare with.",
    )
    assert found.facts.scores is None
    assert found.scores is None


def test_of_very_many_faults_the_first_are_listed(file: Path, tmp_path: Path) -> None:
    new = write_rows(tmp_path / "new.csv", "c,b,a", ["1,0,0", *["1.2.3,0,0"] * (MOST_SKIPPED + 7)])
    facts = predict_file(PredictionJob("m", new, None, False), saved_from(file), no_stop, ignore).facts
    assert (len(facts.skipped), facts.n_skipped) == (MOST_SKIPPED, MOST_SKIPPED + 7)


@pytest.mark.parametrize("after", [0, 1])
def test_what_is_given_up_leaves_the_old_file(file: Path, tmp_path: Path, after: int) -> None:
    out = tmp_path / "out.csv"
    out.write_text("old")
    new = write_rows(tmp_path / "new.csv", "a,b,c,y", ["1,2,3,4"] * 20_000)
    asked = [0]

    def should_stop() -> bool:
        asked[0] += 1
        return asked[0] > after

    with pytest.raises(Stopped):
        predict_file(PredictionJob("m", new, out, True), saved_from(file), should_stop, ignore)
    assert out.read_text() == "old"
    assert list(tmp_path.glob(".regdesk*")) == []


def test_a_folder_that_takes_no_file_is_a_sentence(file: Path, tmp_path: Path) -> None:
    job = PredictionJob("m", file, tmp_path / "none" / "out.csv", True)
    with pytest.raises(DataError, match=r"out\.csv: the predictions could not be written there \(No such file"):
        predict_file(job, saved_from(file), no_stop, ignore)


def test_predictions_are_written_over_neither_model_nor_data(file: Path, tmp_path: Path) -> None:
    saved = saved_from(file)
    new = write_rows(tmp_path / "new.csv", "c,b,a", ["0,0,1"])
    model = tmp_path / "kept.regdesk"
    write_model(model, saved)
    before = {path: path.read_bytes() for path in (file, model, new)}
    for out, what in (
        (file, "the file that the model was fitted on"),
        (model, "a model"),
        (new, "a file that is read"),
    ):
        with pytest.raises(
            DataError, match=rf"{out.name}: this is {what}; it is left as it is\. Choose another name\."
        ):
            predict_file(PredictionJob("m", new, out, False), saved, no_stop, ignore)
    assert {path: path.read_bytes() for path in before} == before
