"""The command line as typed values, and the sentences that refuse a wrong one."""

from __future__ import annotations

from pathlib import Path

import pytest

from regdesk import __version__
from regdesk.cli.arguments import (
    FitArguments,
    InspectArguments,
    WindowArguments,
    parse_fit_arguments,
    parse_inspect_arguments,
    parse_samples_arguments,
    parse_sweep_arguments,
    parse_window_arguments,
)
from regdesk.core.reading_options import ReadingOptions
from regdesk.core.settings.configuration import Configuration, EndingSettings, SourceSettings
from regdesk.core.types import FULL_BATCH, Architecture, DataSettings, TrainSettings
from regdesk.tasks.ending import MOST_EPOCHS, is_exact, most_epochs

FIT = ["data.csv", "--target", "y"]


def test_a_window_without_arguments_has_the_defaults_of_the_interface() -> None:
    assert parse_window_arguments([]) == WindowArguments(
        configuration=Configuration(),
        starts_running=False,
        screenshot=None,
        after_s=3.0,
        theme=None,
    )


def test_the_defaults_of_a_configuration_are_those_of_the_interface() -> None:
    default = Configuration()
    assert default.architecture == Architecture((16, 16), "tanh")
    assert default.training == TrainSettings("l2", 0.01, 0.5, "adam", 0.01, FULL_BATCH)
    assert (default.data.validation_fraction, default.data.test_fraction, default.seed) == (0.25, 0.0, 0)


def test_a_window_with_everything() -> None:
    arguments = parse_window_arguments(
        ["a.csv", "--target", "y", "--lam", "1e9", "--run", "--speed", "max", "--screenshot", "a.png", "--after", "0.5"]
    )
    assert arguments.configuration.source == SourceSettings(file="a.csv")
    assert arguments.configuration.data.target == "y"
    assert arguments.configuration.training.lam == 1e9
    assert arguments.starts_running
    assert arguments.configuration.view.steps_per_second is None
    assert arguments.screenshot == Path("a.png")
    assert arguments.after_s == 0.5
    assert parse_window_arguments(["--sample", "two-moons"]).configuration.source.sample == "two-moons"
    assert parse_window_arguments(["--speed", "10"]).configuration.view.steps_per_second == 10.0


def test_a_fit_with_every_option() -> None:
    options = (
        "--delimiter semicolon --task regression --missing drop --no-standardize --no-standardize-target "
        "--validation-fraction 0.2 --test-fraction 0.1 --split-column part --seed 7 --hidden 8,4,2 --activation relu "
        "--penalty elastic-net --lam 0.5 --l1-ratio 0.25 --optimizer sgd --learning-rate 0.1 --batch-size 32 "
        "--epochs 9 --json"
    )
    assert parse_fit_arguments([*FIT, "--features", 'age, "income, net",sex', *options.split()]) == FitArguments(
        file=Path("data.csv"),
        configuration=Configuration(
            DataSettings("y", ("age", "income, net", "sex"), "regression", "drop", False, False, 0.2, 0.1, "part"),
            Architecture((8, 4, 2), "relu"),
            TrainSettings("elastic-net", 0.5, 0.25, "sgd", 0.1, 32),
            7,
            SourceSettings("data.csv", reading=ReadingOptions(";")),
            EndingSettings(9, is_optimizer_chosen=True),
        ),
        as_json=True,
    )


def test_when_a_fit_ends() -> None:
    plain = parse_fit_arguments(FIT).configuration
    assert (plain.ending, most_epochs(plain)) == (EndingSettings(), MOST_EPOCHS)
    assert parse_fit_arguments([*FIT, "--optimizer", "auto"]).configuration == plain
    options = ["--optimizer", "adam", "--tol", "1e-6", "--max-epochs", "50"]
    found = parse_fit_arguments([*FIT, *options]).configuration
    assert (found.ending, most_epochs(found)) == (EndingSettings(None, 1e-6, 50, True), 50)
    assert most_epochs(parse_fit_arguments([*FIT, "--epochs", "7"]).configuration) == 7


@pytest.mark.parametrize(
    ("options", "exactly"),
    [
        ([], False),
        (["--hidden", ""], True),
        (["--hidden", "", "--optimizer", "auto", "--max-epochs", "9"], True),
        (["--hidden", "", "--optimizer", "adam"], False),
        (["--hidden", "", "--epochs", "9"], False),
    ],
)
def test_linear_models_are_solved_for_unless_an_optimiser_or_epochs_are_wanted(
    options: list[str], exactly: bool
) -> None:
    assert is_exact(parse_fit_arguments([*FIT, *options]).configuration) is exactly


def test_every_penalty_and_optimizer_can_be_chosen_for_a_fit_and_for_the_window() -> None:
    for penalty in ("none", "l1", "l2", "elastic-net", "group-lasso"):
        for optimizer in ("adam", "momentum", "sgd"):
            options = ["--penalty", penalty, "--optimizer", optimizer]
            expected = TrainSettings(penalty=penalty, optimizer=optimizer)
            assert parse_fit_arguments([*FIT, *options]).configuration.training == expected
            assert parse_window_arguments(options).configuration.training == expected
    assert parse_fit_arguments([*FIT, "--optimizer", "momentum"]).configuration.ending.is_optimizer_chosen


@pytest.mark.parametrize(("text", "hidden"), [("", ()), ("16,16", (16, 16)), ("5", (5,)), ("1024, 1", (1024, 1))])
def test_hidden_layers(text: str, hidden: tuple[int, ...]) -> None:
    assert parse_fit_arguments([*FIT, "--hidden", text]).configuration.architecture.hidden == hidden


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        (",", ","),
        ("comma", ","),
        (";", ";"),
        ("Semicolon", ";"),
        ("tab", "\t"),
        ("\\t", "\t"),
        ("\t", "\t"),
        ("|", "|"),
        ("  ", "  "),
        ("two blanks or more", "  "),
    ],
)
def test_delimiters(text: str, mark: str) -> None:
    assert parse_inspect_arguments(["a.csv", "--delimiter", text]) == InspectArguments(
        (Path("a.csv"),), ReadingOptions(mark), False
    )


def test_full_batch_and_samples() -> None:
    assert parse_fit_arguments([*FIT, "--batch-size", "full"]).configuration.training.batch_size == FULL_BATCH
    assert parse_samples_arguments(["--json"]).as_json


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--lam", "-1"], ["--lam", "from 0 to 1e12", "'-1'"]),
        (["--lam", "1e13"], ["--lam", "from 0 to 1e12"]),
        (["--lam", "nan"], ["--lam", "'nan'"]),
        (["--lam", "inf"], ["--lam", "'inf'"]),
        (["--lam", "much"], ["--lam", "'much'"]),
        (["--l1-ratio", "1.1"], ["--l1-ratio", "from 0 to 1"]),
        (["--learning-rate", "2"], ["--learning-rate", "from 1e-5 to 1"]),
        (["--learning-rate", "1e-6"], ["--learning-rate", "from 1e-5 to 1"]),
        (["--hidden", "16,0"], ["--hidden", "from 1 to 1024", "'16,0'"]),
        (["--hidden", "2000"], ["--hidden", "from 1 to 1024"]),
        (["--hidden", "a"], ["--hidden", "16,16"]),
        (["--hidden", ",".join(["2"] * 11)], ["--hidden", "at most 10"]),
        (["--batch-size", "0"], ["--batch-size", "full or a whole number"]),
        (["--epochs", "-1"], ["--epochs", "from 0 to 1000000000"]),
        (["--epochs", "1.5"], ["--epochs", "'1.5'"]),
        (["--max-epochs", "0"], ["--max-epochs", "from 1 to 1000000000"]),
        (["--tol", "0"], ["--tol", "above 0"]),
        (["--epochs", "5", "--tol", "1e-6"], ["--epochs", "--tol"]),
        (["--seed", "-1"], ["--seed", "whole number from 0 to 9007199254740992"]),
        (["--validation-fraction", "1"], ["--validation-fraction", "below 1"]),
        (["--validation-fraction", "0.6", "--test-fraction", "0.4"], ["nothing to train on"]),
        (["--delimiter", "ab"], ["--delimiter", "'ab'"]),
        (["--features", "a,,b"], ["--features", "'a,,b'"]),
        (["--penalty", "group"], ["--penalty", "did you mean group-lasso?"]),
        (["--penalty", "elastic"], ["--penalty", "did you mean elastic-net?"]),
        (["--penalty", "xyz"], ["--penalty", "choose none, l1, l2, elastic-net or group-lasso"]),
        (["--optimizer", "newton"], ["--optimizer", "choose auto, adam, momentum or sgd"]),
        (["--activation", "sigmoid"], ["--activation", "choose tanh or relu"]),
        (["--lam", "-1e3"], ["--lam: λ is a number from 0 to 1e12, not '-1e3'."]),
        (["--lam", "-inf"], ["--lam: λ is a number from 0 to 1e12, not '-inf'."]),
        (["--tol", "1e300"], ["--tol: a tolerance is a number above 0 to 1e12, not '1e300'."]),
        (["--json=1"], ["regdesk: --json takes no value."]),
        (["--no-standardize=yes"], ["regdesk: --no-standardize takes no value."]),
        (["--foo"], ["there is no option --foo here; 'regdesk fit --help' lists what there is."]),
        (["--features", "a,b,a"], ["--features: ", "it has 'a' more than once."]),
        (["--features", "a" * 200_000], ["--features: ", "aaa…'."]),
        (["--penalty-factor", "a=1", "--penalty-factor", "a=2"], ["--penalty-factor: it has 'a' more than once."]),
        (["--split-column", ""], ["--split-column: the name is empty; give one."]),
        (["--fold-column", "x" * 5000], ["--fold-column: a name has at most 4096 characters, and this one has 5000."]),
        (["--lamda", "1"], ["--lamda", "did you mean --lam?"]),
        (["--lambda=1"], ["--lambda", "did you mean --lam?"]),
        (["--alph" + "a", "1"], ["there is no option"]),
        (["--encoding", "latin-99"], ["--encoding: an encoding is a text encoding such as", "not 'latin-99'."]),
        (["extra"], ["there is no argument extra"]),
        (["--lam"], ["--lam needs a value after it."]),
    ],
)
def test_a_wrong_option_is_refused_in_one_sentence(
    options: list[str], words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        parse_fit_arguments([*FIT, *options])
    assert stop.value.code == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("regdesk: ")
    assert err.count("\n") == 1
    assert err.rstrip().endswith((".", "?"))
    for word in words:
        assert word in err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["a.csv", "--sample", "two-moons"], ["FILE or --sample"]),
        (["--sample", "three-moons"], ["--sample", "two-moons", "sparse-truth"]),
        (["--speed", "9"], ["--speed", "from 10 to 1e12"]),
        (["--speed", "fast"], ["--speed", "max"]),
        (["--after", "2"], ["--after", "--screenshot"]),
        (["--theme", "mauve"], ["--theme", "mauve", "system", "light", "dark"]),
        (["--screenshot", "a.png", "--after", "-1"], ["--after"]),
        (["--screenshot", ""], ["--screenshot: the name is empty; give one."]),
        ([""], ["FILE: the name is empty; give one."]),
    ],
)
def test_a_wrong_window_option_is_refused_in_one_sentence(
    options: list[str], words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        parse_window_arguments(options)
    assert stop.value.code == 2
    err = capsys.readouterr().err
    assert err.startswith("regdesk: ")
    assert err.count("\n") == 1
    for word in words:
        assert word in err


def test_no_command_takes_an_empty_name_for_the_current_folder(capsys: pytest.CaptureFixture[str]) -> None:
    sweep = ["data.csv", "--target", "y", "--penalty", "l1", "--out", ""]
    for parse, options, name in [
        (parse_sweep_arguments, sweep, "--out"),
        (parse_fit_arguments, ["", "--target", "y"], "FILE"),
        (parse_inspect_arguments, ["data.csv", ""], "FILE"),
    ]:
        with pytest.raises(SystemExit) as stop:
            parse(options)
        assert stop.value.code == 2
        assert capsys.readouterr().err == f"regdesk: {name}: the name is empty; give one.\n"


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (["data.csv"], "--target is missing; 'regdesk fit --help' lists what there is."),
        ([], "FILE and --target are missing; 'regdesk fit --help' lists what there is."),
        (["a", "b"], "--target is missing; 'regdesk fit --help' lists what there is."),
        (["a", "--lamda=1"], "there is no option --lamda here; did you mean --lam?"),
    ],
)
def test_a_fit_needs_a_file_and_a_target(argv: list[str], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        parse_fit_arguments(argv)
    assert stop.value.code == 2
    assert capsys.readouterr().err == f"regdesk: {sentence}\n"


def test_help_and_version(capsys: pytest.CaptureFixture[str]) -> None:
    for parse in (parse_window_arguments, parse_fit_arguments, parse_inspect_arguments, parse_samples_arguments):
        with pytest.raises(SystemExit) as stop:
            parse(["--help"])
        assert stop.value.code == 0
        out, err = capsys.readouterr()
        assert out.startswith("usage: regdesk")
        assert "alpha" not in out
        assert err == ""
    with pytest.raises(SystemExit) as stop:
        parse_window_arguments(["--version"])
    assert stop.value.code == 0
    assert capsys.readouterr().out == f"regdesk {__version__}\n"


def test_help_of_a_fit_names_every_option_of_the_interface(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse_fit_arguments(["-h"])
    out = capsys.readouterr().out
    for option in [
        "--target",
        "--delimiter",
        "--features",
        "--task",
        "--missing",
        "--no-standardize",
        "--no-standardize-target",
        "--seed",
        "--validation-fraction",
        "--test-fraction",
        "--split-column",
        "--hidden",
        "--activation",
        "--penalty",
        "--lam",
        "--l1-ratio",
        "--optimizer",
        "--learning-rate",
        "--batch-size",
        "--epochs",
        "--tol",
        "--max-epochs",
        "--json",
        "none|l1|l2|elastic-net|group-lasso",
        "auto|adam|momentum|sgd",
        "Σ √|g| ‖W_g‖₂",
    ]:
        assert option in out
    words = " ".join(out.split())
    assert "momentum is damped: it steps along 0.9 of its last direction + 0.1 of the gradient" in words


@pytest.mark.parametrize(
    "text", ["threads:2", "processes:3", "dask:tcp://127.0.0.1:8786", "dask:localhost:8786", "dask:tls://[::1]:1"]
)
def test_who_does_a_sweep(text: str) -> None:
    assert parse_sweep_arguments(FIT).workers is None
    assert str(parse_sweep_arguments([*FIT, "--workers", text]).workers) == text


@pytest.mark.parametrize(
    "text",
    ["ants:3", "threads", "threads:0", "threads:1025", "threads:٣", "threads:1_0", "processes:-1", "dask:", "dask:x",
     "dask:x:0", "dask:x:65536", "dask:http://x:1", "dask:tcp://:8786", "dask:a b:1", ""],
)  # fmt: skip
def test_workers_that_do_not_exist_are_refused_in_a_sentence(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        parse_sweep_arguments([*FIT, "--workers", text])
    assert capsys.readouterr().err == (
        "regdesk: --workers: workers are threads:N or processes:N with N from 1 to 1024, or dask:HOST:PORT of a "
        f"scheduler, such as dask:tcp://127.0.0.1:8786, not '{text}'.\n"
    )


def test_workers_in_thousands_of_digits_are_refused_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        parse_sweep_arguments([*FIT, "--workers", "threads:" + "9" * 5000])
    assert capsys.readouterr().err.endswith("not 'threads:" + "9" * 52 + "…'.\n")
