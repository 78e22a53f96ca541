"""Options made from the table of settings: said or left out, they come to the configuration of the table."""

from __future__ import annotations

import pytest

from regdesk.cli.arguments import parse_sweep_arguments, parse_window_arguments
from regdesk.core.settings.configuration import Configuration, differing_paths, value_at
from regdesk.core.settings.settings_table import TABLE
from regdesk.core.words.settings_text import configuration_change

SAID = {
    "source.sample": ("two-moons", "two-moons", ""),
    "source.reading.delimiter": ("tab", "\t", "delimiter automatic → tab"),
    "source.reading.encoding": ("cp1252", "cp1252", "encoding automatic → cp1252"),
    "source.reading.quote": ("'", "'", "quote automatic → '"),
    "source.reading.decimal": (",", ",", "decimal mark automatic → ,"),
    "source.reading.has_header": (None, False, "header automatic → no"),
    "source.reading.n_skipped": ("2", 2, "lines skipped automatic → 2"),
    "source.reading.missing_words": ('-999,"a,b"', ("-999", "a,b"), "missing words automatic → -999,a,b"),
    "source.reading.kinds": ("zip=text", (("zip", "text"),), "kinds none → zip=text"),
    "source.reading.sheet": ("2024", "2024", "sheet automatic → 2024"),
    "source.reading.sample_rows": ("1000", 1000, "rows drawn automatic → 1000"),
    "source.reading.sample_seed": ("3", 3, "seed of the rows drawn 0 → 3"),
    "data.target": ("y", "y", "target automatic → y"),
    "data.features": ("a,b", ("a", "b"), "features all usable ones → a,b"),
    "data.roles": ("note=ignored", (("note", "ignored"),), "roles none → note=ignored"),
    "data.task": ("regression", "regression", "task auto → regression"),
    "data.missing": ("drop", "drop", "missing cells impute → drop"),
    "data.cells": ("3:a=b", (("3:a", "b"),), ""),
    "data.degree": ("3", 3, "degree 1 → 3"),
    "data.standardize": (None, False, "inputs standardised yes → no"),
    "data.standardize_target": (None, False, "target standardised yes → no"),
    "data.validation_fraction": ("0.5", 0.5, "validation fraction 0.25 → 0.5"),
    "data.test_fraction": ("0.1", 0.1, "test fraction 0 → 0.1"),
    "data.split_column": ("part", "part", "split column none → part"),
    "data.split_true": ("test", "test", "true in the split column as its name says → test"),
    "data.fold_column": ("fold", "fold", "fold column none → fold"),
    "data.date_parts": ("when,then", ("when", "then"), "parts of dates none → when,then"),
    "data.penalty_factors": ("age=0.5", (("age", 0.5),), "penalty factors none → age=0.5"),
    "data.weight_column": ("w", "w", "weight column none → w"),
    "seed": ("7", 7, "seed 0 → 7"),
    "architecture.hidden": ("8,4", (8, 4), "hidden layers 16,16 → 8,4"),
    "architecture.activation": ("relu", "relu", "tanh → relu"),
    "training.penalty": ("group-lasso", "group-lasso", "L2 → group lasso"),
    "training.lam": ("0.5", 0.5, "λ 0.01 → 0.5"),
    "training.l1_ratio": ("0.25", 0.25, "L1 share 0.5 → 0.25"),
    "training.optimizer": ("sgd", "sgd", "Adam → SGD"),
    "training.learning_rate": ("0.1", 0.1, "learning rate 0.01 → 0.1"),
    "training.batch_size": ("32", 32, "batch size full → 32"),
    "ending.n_epochs": ("9", 9, "epochs to convergence → 9"),
    "ending.tolerance": ("0.001", 0.001, "tolerance automatic → 0.001"),
    "ending.max_epochs": ("50", 50, "most epochs automatic → 50"),
    "sweep.lambdas": ("1,0.5", (1.0, 0.5), "λ of the sweep a grid → 1,0.5"),
    "sweep.n_lambdas": ("20", 20, "points of the sweep 50 → 20"),
    "sweep.n_folds": ("3", 3, "folds 5 → 3"),
    "sweep.n_starts": ("4", 4, "starts of the sweep 1 → 4"),
    "view.steps_per_second": ("max", None, "speed 1000 → flat out"),
}
"""Of each option a text, what it comes to, and how the change from the default is said."""


def parsed(options: list[str], path: str) -> Configuration:
    if path in ("source.sample", "view.steps_per_second"):
        return parse_window_arguments(options).configuration
    options = options if path == "data.target" else [*options, "--target", "z"]
    return parse_sweep_arguments(["a.csv", *options]).configuration


def test_every_setting_with_an_option_is_tried_here() -> None:
    assert [one.path for one in TABLE if one.option is not None] == list(SAID)


@pytest.mark.parametrize("setting", [one for one in TABLE if one.option is not None], ids=lambda one: one.path)
def test_an_option_comes_to_its_setting_and_to_no_other(setting) -> None:
    text, value, sentence = SAID[setting.path]
    found = parsed([setting.option.name] + ([] if text is None else [text]), setting.path)
    assert value_at(found, setting.path) == value
    others = {"source.file", "data.target", "ending.is_optimizer_chosen"} - {setting.path}
    assert set(differing_paths(Configuration(), found)) - others == {setting.path}
    assert found.ending.is_optimizer_chosen == (setting.path == "training.optimizer")
    words = configuration_change(Configuration(), found)
    assert not sentence or sentence in words.split(", ")


def test_the_optimiser_may_be_chosen_by_itself() -> None:
    found = parsed(["--optimizer", "auto"], "training.optimizer")
    assert (found.training.optimizer, found.ending.is_optimizer_chosen) == ("adam", False)
    assert parsed(["--optimizer", "adam"], "training.optimizer").ending.is_optimizer_chosen


def test_a_column_may_be_called_as_the_word_for_no_choice() -> None:
    assert parse_sweep_arguments(["a.csv", "--target", "auto"]).configuration.data.target == "auto"
