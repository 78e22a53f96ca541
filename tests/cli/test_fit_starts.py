"""``fit --n-starts K``: the lowest of K seeds, what is said of it, and that it is the same in every run."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fit_command import fit, write_csv

from regdesk import api
from regdesk.cli import headless
from regdesk.cli.arguments import parse_fit_arguments
from regdesk.data.csv.reader import read_table
from regdesk.data.prepare.encoding import prepare_dataset
from regdesk.data.samples import sample_path
from regdesk.tasks.fit import fit_model
from regdesk.tasks.fit_record import fit_record
from regdesk.tasks.fits.starts import Start, lowest_of, starts_record, starts_sentence

SMALL = ("--hidden", "3", "--activation", "relu", "--lam", "0.001", "--epochs", "60")


@pytest.fixture(scope="module")
def wave(tmp_path_factory: pytest.TempPathFactory) -> Path:
    x = np.linspace(-2.0, 2.0, 60)
    path = tmp_path_factory.mktemp("starts") / "wave.csv"
    # Named parts: so every seed has the same rows.
    part = ["validation" if number % 4 == 0 else "train" for number in range(60)]
    return write_csv(path, ["x", "y", "part"], [x, np.sin(3.0 * x), part])


def test_the_lowest_of_the_seeds_alone_is_kept(wave: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = fit(capsys, wave, "y", *SMALL, "--split-column", "part", "--seed", "2", "--n-starts", "3")
    said = ["data.csv", "--target", "y", *SMALL, "--split-column", "part", "--seed", "2"]
    configuration = parse_fit_arguments(said).configuration
    # The rows of seed 2, in their order, and the weights of each seed.
    dataset = prepare_dataset(read_table(wave), configuration.data, 2)
    alone = [fit_model(dataset, replace(configuration, seed=seed)) for seed in (2, 3, 4)]
    records = [fit_record(dataset, configuration, one) for one in alone]
    objectives = [one["objective"] for one in records]
    assert len(set(objectives)) == 3
    best = int(np.argmin(objectives))
    assert (record["n_starts"], record["seed_of_best"]) == (3, 2 + best)
    assert [one["seed"] for one in record["starts"]] == [2, 3, 4]
    assert [one["objective"] for one in record["starts"]] == pytest.approx(objectives, rel=1e-14)
    for name in ("objective", "weights_digest", "layers", "kkt_residual", "converged", "epochs"):
        assert record[name] == records[best][name], name
    assert all("starts" not in one and "n_starts" not in one for one in records)


def test_rows_are_drawn_once_and_numbers_are_those_of_every_run(
    wave: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    options = (*SMALL, "--n-starts", "2", "--seed", "5")
    first = fit(capsys, wave, "y", *options, "--save", str(tmp_path / "one.regdesk"))
    again = fit(capsys, wave, "y", *options)
    assert first["starts"] == again["starts"]
    assert first["weights_digest"] == again["weights_digest"]
    assert first["provenance"]["split"] == fit(capsys, wave, "y", *SMALL, "--seed", "5")["provenance"]["split"]
    assert headless.run(["show", str(tmp_path / "one.regdesk"), "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["weights_digest"] == first["weights_digest"]
    assert shown["configuration"]["sweep"]["n_starts"] == 2
    assert "--n-starts" in shown["provenance"]["command"]


def test_a_reader_is_told_how_far_the_starts_lie_apart(wave: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = fit(capsys, wave, "y", *SMALL, "--n-starts", "3")
    assert headless.run(["fit", str(wave), "--target", "y", *SMALL, "--n-starts", "3"]) == 0
    told = capsys.readouterr().out
    assert f"The lowest of 3 starts, that of seed {record['seed_of_best']}: their J goes from" in told
    assert "global" not in told
    assert headless.run(["fit", str(wave), "--target", "y", "--hidden", "", "--n-starts", "3"]) == 0
    assert "One start was made and not several: a linear model is solved for" in capsys.readouterr().out


def test_a_linear_model_is_solved_once(wave: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = fit(capsys, wave, "y", "--hidden", "")
    several = fit(capsys, wave, "y", "--hidden", "", "--n-starts", "4")
    assert several["weights_digest"] == one["weights_digest"]
    assert list(several) == list(one)


def test_what_diverges_is_told_and_never_kept(capsys: pytest.CaptureFixture[str]) -> None:
    starts = [
        Start(0, np.nan, np.nan, False, 0),
        Start(1, np.inf, 1.0, False, 9),
        Start(2, 0.25, 0.1, False, 9),
        Start(3, 0.2505, 0.1, True, 9),
    ]
    assert [lowest_of(starts[:end]) for end in (1, 2, 3, 4)] == [0, 1, 2, 2]
    record = starts_record(starts)
    assert [one["objective"] for one in record["starts"]] == [None, None, 0.25, 0.2505]
    sentence = starts_sentence(record)
    assert sentence.endswith("goes from 0.25 to 0.251, and 2 are within 1 % of the lowest. 2 of them left all bounds.")
    assert starts_record(starts[:1]) == {}
    moons = str(sample_path("noisy-curve"))
    wild = ["--optimizer", "sgd", "--learning-rate", "1", "--lam", "0", "--no-standardize-target", "--no-standardize"]
    argv = ["fit", moons, "--target", "temperature", *wild, "--epochs", "200", "--n-starts", "2"]
    assert headless.run(argv) == 1
    assert "training diverged" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["0", "-1", "2.5", "ten", "", "1e9"])
def test_a_bad_number_of_starts_is_one_sentence(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        parse_fit_arguments(["data.csv", "--target", "y", f"--n-starts={text}"])
    assert stop.value.code == 2
    err = capsys.readouterr().err
    assert err.startswith("regdesk: --n-starts: ")
    assert err.count("\n") == 1
    with pytest.raises(api.UsageError, match=r"^n_starts: .*[.?]$"):
        api.fit(api.read(sample_path("noisy-curve")), "temperature", n_starts=0)


def test_a_notebook_gets_the_same_model(wave: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = fit(capsys, wave, "y", *SMALL, "--n-starts", "3")
    table = api.read(wave)
    model = api.fit(table, "y", hidden=(3,), activation="relu", lam=0.001, epochs=60, n_starts=3)
    weights = np.concatenate([np.ravel(layer["weights"]) for layer in record["layers"]])
    np.testing.assert_array_equal(model.model.parameters[model.model.network.is_weight], weights)


def test_a_saved_model_and_its_report_say_which_start_won(wave, tmp_path, capsys):
    model, page = tmp_path / "m.regdesk", tmp_path / "r.html"
    record = fit(capsys, wave, "y", *SMALL, "--split-column", "part", "--n-starts", "3", "--save", str(model))
    best = record["seed_of_best"]
    words = f"lowest of 3 starts (seeds 0–2), seed {best}"
    assert headless.run(["show", str(model)]) == 0
    assert f"Made from the {words}." in capsys.readouterr().out
    assert headless.run(["show", str(model), "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["provenance"]["starts"] == {"n": 3, "seeds": [0, 2], "best": best}
    assert headless.run(["report", str(model), "--out", str(page)]) == 0
    assert words in page.read_text(encoding="utf-8")
