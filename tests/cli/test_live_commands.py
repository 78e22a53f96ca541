"""What is taken away of a live model: its tables by hand, its caption, and a command that means the same settings."""

from __future__ import annotations

import shlex
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from canned import Canned
from tables import write_kinds, write_sparse

from regdesk.cli.arguments import parse_fit_arguments, parse_sweep_arguments
from regdesk.cli.command_text import fit_words
from regdesk.cli.live_commands import live_commands, live_fit_words, live_sweep_words
from regdesk.core.reading_options import ReadingOptions
from regdesk.core.run.changes import SettingsChange
from regdesk.core.settings.configuration import Configuration
from regdesk.core.types import Architecture, DataSettings, TrainSettings
from regdesk.data.source import Source
from regdesk.tasks.live_moment import LiveMoment
from regdesk.tasks.live_provenance import (
    AGAIN,
    AGAIN_EXACT,
    AT_THE_MINIMUM,
    BETWEEN,
    CHANGED,
    OF_FILE,
    OF_FILE_AGAIN,
    OF_FILE_ALONE,
    PUT_IN,
    again_sentence,
    caption_of,
    changed_sentence,
    live_provenance,
    short_provenance,
)
from regdesk.tasks.live_tables import (
    coefficient_rows,
    history_rows,
    path_coefficient_rows,
    path_rows,
    prediction_rows,
)
from regdesk.tasks.loading import load
from regdesk.tasks.models.live import saved_of_snapshot
from regdesk.tasks.models.made_with import model_of_file

LOWERED = SettingsChange(1, 1.0, 1.0, TrainSettings("l1", 0.1), TrainSettings("l1", 0.01))


def moment_of(
    file: Path, target: str, hidden: tuple[int, ...] = (), seed: int = 3, training: TrainSettings | None = None
) -> tuple[LiveMoment, Canned]:
    settings = DataSettings(target=target)
    loaded = load(Source.of_file(file, ReadingOptions()), settings, seed, lambda: False)
    training = training or TrainSettings("l1", 0.0123)
    model = Canned.of(loaded.dataset, hidden, settings=training)
    configuration = Configuration(
        data=loaded.settings, architecture=Architecture(hidden, "tanh"), training=training, seed=seed
    )
    frame = model.frame()
    return LiveMoment(loaded, configuration, frame.snapshot, frame.history, ()), model


@pytest.fixture
def sparse(tmp_path: Path) -> Path:
    return write_sparse(tmp_path / "a b; rm -rf $HOME 'x'.csv")


def columns_of(rows: list[list[Any]]) -> dict[str, list[Any]]:
    return {name: [row[place] for row in rows[1:]] for place, name in enumerate(rows[0])}


def test_coefficients_per_original_unit_predict_the_same(sparse: Path) -> None:
    moment, model = moment_of(sparse, "y")
    table = columns_of(coefficient_rows(moment))
    assert table["feature"] == ["(intercept)", *moment.dataset.input_names]
    assert set(table["lambda"]) == {0.0123}
    intercept, *weights = table["original"]
    by_hand = intercept + moment.dataset.inputs @ np.array(weights)
    np.testing.assert_allclose(by_hand, model.numbers(moment.dataset.inputs), rtol=1e-6, atol=1e-8)


def test_of_several_classes_each_has_its_own(tmp_path: Path) -> None:
    moment, model = moment_of(write_kinds(tmp_path / "kinds.csv"), "kind")
    table = columns_of(coefficient_rows(moment))
    classes = moment.dataset.classes
    assert table["class"] == list(classes) * (1 + moment.dataset.n_inputs)
    original = np.array(table["original"]).reshape(-1, len(classes))
    logits = original[0] + moment.dataset.inputs @ original[1:]
    np.testing.assert_allclose(logits, model.outputs(moment.dataset.inputs), rtol=1e-5, atol=1e-5)
    predictions = columns_of(prediction_rows(moment))
    shares = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    for number, label in enumerate(classes):
        np.testing.assert_allclose(predictions[f"probability {label}"], shares[:, number], atol=1e-5)
    assert predictions["actual"] == [classes[int(one)] for one in moment.dataset.targets]


def test_a_network_has_every_weight_by_its_ends(sparse: Path) -> None:
    moment, model = moment_of(sparse, "y", (3, 2))
    table = columns_of(coefficient_rows(moment))
    assert len(table["weight"]) == model.network.n_parameters
    ends = dict(zip(zip(table["layer"], table["from"], table["to"], strict=True), table["weight"], strict=True))
    first = moment.dataset.input_names[1]
    assert ends[1, first, "unit 3"] == float(model.network.weights(model.parameters, 0)[1, 2])
    assert ends[2, "(bias)", "unit 2"] == float(model.network.biases(model.parameters, 1)[1])
    assert ends[3, "unit 2", "y"] == float(model.network.weights(model.parameters, 2)[1, 0])


def test_predictions_have_line_part_and_residual(sparse: Path) -> None:
    moment, model = moment_of(sparse, "y", (4,))
    table, split = columns_of(prediction_rows(moment)), moment.dataset.split
    assert table["line"] == list(range(2, len(moment.dataset.targets) + 2))
    assert [number for number, part in enumerate(table["split"]) if part == "validation"] == sorted(split.validation)
    np.testing.assert_allclose(table["prediction"], model.numbers(moment.dataset.inputs), rtol=1e-5, atol=1e-6)
    expected = moment.dataset.targets - np.array(table["prediction"])
    np.testing.assert_array_equal(table["residual"], expected)


def test_history_and_nothing_of_a_sweep_without_one(sparse: Path) -> None:
    moment, _ = moment_of(sparse, "y")
    history = history_rows(moment)
    assert history is not None
    np.testing.assert_array_equal(columns_of(history)["train_loss"], moment.history.train_loss)
    assert path_rows(moment) is None
    assert path_coefficient_rows(moment) is None
    assert live_sweep_words(moment) is None


@pytest.mark.parametrize(
    "training",
    [
        TrainSettings("l1", 0.0123),
        TrainSettings("elastic-net", 1e-7, 0.25, "sgd", 0.3, 16),
        TrainSettings("none", 5.0, optimizer="momentum"),
    ],
)
def test_the_command_means_the_settings_of_the_moment(sparse: Path, training: TrainSettings) -> None:
    moment, _ = moment_of(sparse, "y", (5, 4), training=training)
    moment = replace(moment, snapshot=replace(moment.snapshot, epoch=70.0, settings=training))
    found = parse_fit_arguments(live_fit_words(moment)[1:]).configuration
    wanted = moment.configuration
    assert found.training == wanted.training
    assert (found.data, found.seed, found.architecture) == (wanted.data, wanted.seed, wanted.architecture)
    assert found.ending.n_epochs == 70
    assert found.source.file == str(sparse.resolve())
    assert parse_fit_arguments(live_fit_words(moment)[1:]).file == sparse.resolve()
    assert live_commands(moment)[0].startswith("regdesk fit '/")


def test_what_the_command_makes_again_is_said(sparse: Path) -> None:
    moment, _ = moment_of(sparse, "y")
    snapshot = moment.snapshot
    assert again_sentence(moment) == AGAIN
    assert again_sentence(replace(moment, changes=(LOWERED,))) == CHANGED
    between = replace(moment, snapshot=replace(snapshot, epoch=3.25))
    assert again_sentence(between) == BETWEEN
    assert parse_fit_arguments(live_fit_words(between)[1:]).configuration.ending.n_epochs == 3
    exact = replace(moment, snapshot=replace(snapshot, stands_for=snapshot))
    assert again_sentence(exact) == AGAIN_EXACT
    assert parse_fit_arguments(live_fit_words(exact)[1:]).configuration.ending.n_epochs is None
    assert live_provenance(exact, ["fit"])["optimizer"] == "exact"


def test_weights_that_were_put_in_are_no_change_of_settings(sparse: Path) -> None:
    moment, _ = moment_of(sparse, "y", (3,))
    words = "weights of a.regdesk, sha256 0123456789ab"
    begun = replace(LOWERED, after=LOWERED.before, loaded=words)
    lived = replace(moment, changes=(begun, LOWERED))
    assert again_sentence(lived) == PUT_IN.format(words=words)
    found = live_provenance(lived, ["fit"])["moment"]
    assert (found["settings_changed"], found["weights_put_in"], found["again"]) == (1, [words], again_sentence(lived))
    saved = saved_of_snapshot(lived.loaded, lived.configuration, lived.snapshot, lived.changes, fit_words)
    assert saved.provenance["note"] == PUT_IN.format(words=words)
    # The last of many, and each once.
    many = [replace(begun, loaded=f"weights {place // 2}") for place in range(10)]
    assert changed_sentence(many) == PUT_IN.format(words="weights 2; weights 3; weights 4")


def test_of_a_model_that_is_as_its_file_has_it_the_command_is_that_of_the_file(sparse: Path) -> None:
    moment, _ = moment_of(sparse, "y")
    saved = saved_of_snapshot(moment.loaded, moment.configuration, moment.snapshot, (), fit_words)
    typed, source = saved.provenance["file"], replace(moment.loaded.source, path=Path("/else where/b.csv"))

    def of_file(command: object, **more: str) -> LiveMoment:
        origin = {**saved.provenance, "command": command, **more}
        return replace(moment, file=model_of_file("m.regdesk", replace(saved, provenance=origin), source))

    there = of_file(shlex.join(["regdesk", "sweep", typed, "--target", "y", "--at", "1se"]))
    assert live_commands(there)[0] == "regdesk sweep '/else where/b.csv' --target y --at 1se"
    assert again_sentence(there) == f"{OF_FILE.format(name='m.regdesk')} {OF_FILE_AGAIN}"
    noted = of_file("regdesk fit x.csv --target y", note="Settings were changed.")
    assert again_sentence(noted).endswith("in that file. Settings were changed.")
    # What a shell would take for more than one command of ours is given to nobody.
    for command in ("regdesk fit x; rm -rf /", "regdesk fit $(x)", "regdesk fit 'x", "rm fit x", "regdesk reset", 7,
                    "regdesk fit 'a\nb'", "regdesk fit x > y", None):  # fmt: skip
        alone = of_file(command)
        assert live_fit_words(alone) == live_fit_words(moment)
        assert again_sentence(alone) == OF_FILE_ALONE.format(name="m.regdesk")


def test_of_a_linear_model_at_its_minimum_the_command_solves_for_it(sparse: Path) -> None:
    moment, _ = moment_of(sparse, "y")
    snapshot = replace(moment.snapshot, is_converged=True)
    there = replace(moment, snapshot=snapshot, changes=(LOWERED,) * 3)
    assert again_sentence(there) == AT_THE_MINIMUM
    found = parse_fit_arguments(live_fit_words(there)[1:]).configuration
    assert (found.ending.n_epochs, found.ending.is_optimizer_chosen) == (None, False)
    saved = saved_of_snapshot(there.loaded, there.configuration, snapshot, there.changes, fit_words)
    assert saved.provenance["note"] == AT_THE_MINIMUM
    assert not any(word.startswith(("--epochs", "--optimizer")) for word in saved.provenance["command"])
    # A network that has converged, and a moment that was not measured, are what they have trained to.
    network, _ = moment_of(sparse, "y", (3,))
    arrived = replace(network, snapshot=replace(network.snapshot, is_converged=True))
    assert again_sentence(arrived) == AGAIN
    unmeasured = replace(there, snapshot=replace(snapshot, last_measured=moment.snapshot))
    assert again_sentence(unmeasured) == CHANGED


def test_caption_and_provenance_tell_two_moments_apart(sparse: Path) -> None:
    moment, _ = moment_of(sparse, "y", (4, 2))
    caption = caption_of(moment)
    for part in (sparse.name, "target y", "hidden layers 4–2, tanh", "L1, λ 0.0123", "epoch 200", "seed 3"):
        assert part in caption
    assert moment.loaded.table.digest[:12] in caption
    full, short = live_provenance(moment, ["fit", "x"]), short_provenance(moment, ["fit", "x"])
    assert full["digest"] == moment.loaded.table.digest
    assert full["split"]["validation_lines"]
    assert "validation_lines" not in short["split"]
    assert short["split"]["validation"] == len(moment.dataset.split.validation)
    assert "encoding" not in short
    other = replace(moment, snapshot=replace(moment.snapshot, parameters=moment.snapshot.parameters + 1.0))
    assert short_provenance(other, ["fit", "x"])["moment"] != short["moment"]


def test_sweep_words_are_read_as_a_sweep(sparse: Path) -> None:
    moment, _ = moment_of(sparse, "y")
    swept = replace(moment, curve=object())
    words = live_sweep_words(swept)
    assert words is not None
    configuration = parse_sweep_arguments(words[1:]).configuration
    assert configuration.training.penalty == "l1"
    assert len(live_commands(swept)) == 2
