"""What is said about columns and settings before they are applied."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from regdesk.core.types import DataSettings
from regdesk.core.words.data_facts import Consequences
from regdesk.data.csv.reader import read_table
from regdesk.data.csv.table import Table
from regdesk.data.prepare.column_facts import column_facts
from regdesk.data.prepare.consequences import inputs_text, rows_text, task_text
from regdesk.data.source import Source
from regdesk.tasks.loading import Loaded, prepare

N_ROWS = 40


@pytest.fixture
def table(tmp_path: Path) -> Table:
    generator = np.random.default_rng(0)
    columns = {
        "key": [f"k{row}" for row in range(N_ROWS)],
        "day": [f"2021-02-{1 + row % 28:02d}" for row in range(N_ROWS)],
        "same": [7] * N_ROWS,
        "empty": [""] * N_ROWS,
        "is_on": ["yes" if row % 3 else "no" for row in range(N_ROWS)],
        "gaps": [f"{row * 0.5}" if row < 12 else "" for row in range(N_ROWS)],
        "x": generator.normal(size=N_ROWS).round(3),
        "colour": [("red", "green", "blue", "grey")[row % 4] for row in range(N_ROWS)],
        "y": generator.normal(size=N_ROWS).round(3),
    }
    path = tmp_path / "table.csv"
    rows = [",".join(map(str, cells)) for cells in zip(*columns.values(), strict=True)]
    path.write_text("\n".join([",".join(columns), *rows]) + "\n", encoding="utf-8")
    return read_table(path)


def loaded(table: Table, **changes: object) -> Loaded:
    settings = replace(DataSettings(target="y"), **changes)
    return prepare(Source(table.path, "table"), table, settings, 0, lambda: False)


def said(table: Table, **changes: object) -> Consequences:
    return loaded(table, **changes).consequences


def test_facts_of_each_kind(table):
    facts = {fact.name: fact for fact in column_facts(table)}
    assert {name: (fact.kind, fact.becomes, fact.n_missing) for name, fact in facts.items()} == {
        "key": ("identifier", "40 inputs", 0),
        "day": ("date", "days", 0),
        "same": ("constant", "a number", 0),
        "empty": ("constant", "nothing", 40),
        "is_on": ("yes or no", "0 or 1", 0),
        "gaps": ("numeric", "a number", 28),
        "x": ("numeric", "a number", 0),
        "colour": ("categorical", "4 inputs", 0),
        "y": ("numeric", "a number", 0),
    }
    assert [name for name, fact in facts.items() if fact.is_default] == ["is_on", "gaps", "x", "colour", "y"]
    assert not facts["empty"].can_be_feature
    assert facts["key"].reason


def test_two_labels_become_one_input(tmp_path):
    path = tmp_path / "sex.csv"
    path.write_text("sex,x,y\n" + "F,1.5,2\nM,2.5,3\nF,3.5,1.5\nM,0.5,2.5\n" * 3, encoding="utf-8")
    table = read_table(path)
    assert column_facts(table)[0].becomes == "0 or 1"
    assert loaded(table).dataset.input_names == ("sex=M", "x")
    assert "2 columns become 2 inputs." in " ".join(said(table).sentences)


def test_what_each_column_becomes_is_what_it_then_is(table):
    for fact in column_facts(table):
        if fact.name == "y" or not fact.can_be_feature:
            continue
        dataset = loaded(table, features=(fact.name,), validation_fraction=0.0).dataset
        becomes = {"days": 1, "0 or 1": 1, "a number": 1}.get(fact.becomes) or int(fact.becomes.split()[0])
        assert dataset.n_inputs == becomes


def test_the_most_important_comes_first(table):
    target, sizes, *notes = said(table).sentences
    y = table.column("y").numbers
    assert target == f"Predicts y, a number from {y.min():.6g} to {y.max():.6g}."
    assert sizes == "All 40 rows are used; 4 columns become 7 inputs."
    assert any(note.startswith("Rows: 30 for training, 10 for validation, 0 for test") for note in notes)
    assert said(table, target="colour").sentences[0] == "Predicts colour, one of 4 classes: blue, green, grey, red."
    assert said(table, target="colour").task == "classification"


@pytest.mark.parametrize(
    ("changes", "warning"),
    [
        ({"features": ("x", "day")}, "day is a date: dates are days since 1970"),
        ({"features": ("x", "same")}, "same is constant: it is the same in every row."),
        ({"features": ("x", "key")}, "key is an identifier: it numbers or names the rows"),
        ({"features": ("gaps", "x")}, "gaps is missing in 28 of 40 rows."),
        ({"missing": "drop"}, "28 of 40 rows are lost to missing cells."),
        ({"features": ("x", "key")}, "31 inputs and 30 training rows: even a linear model can fit them exactly."),
        (
            {"validation_fraction": 0.0},
            "No row validates: the validation loss, and with it the gap (validation − training), cannot be seen.",
        ),
    ],
)
def test_warnings(table, changes, warning):
    assert any(one.startswith(warning) for one in said(table, **changes).warnings), said(table, **changes).warnings


def test_no_warning_without_a_cause(table):
    assert said(table, features=("x", "colour")).warnings == ()
    constant = [one for one in said(table, features=("x", "same")).warnings if "same" in one]
    assert len(constant) == 1, "said once"


def test_a_column_that_stands_still_in_training_is_named(tmp_path):
    path = tmp_path / "rare.csv"
    rows = [
        f"{row % 5}.5,{1 if row == 0 else 0},{row * 0.7:.1f},{'validation' if row < 9 else 'train'}"
        for row in range(36)
    ]
    path.write_text("\n".join(["a,rare,y,part", *rows]) + "\n", encoding="utf-8")
    assert said(read_table(path), split_column="part").warnings == ("rare is the same in every training row.",)


def test_the_words_of_the_control_column(table):
    dataset = loaded(table, target="colour", test_fraction=0.1).dataset
    assert task_text(dataset) == "classification, 4 classes"
    assert rows_text(dataset) == "26 train, 10 validate, 4 test"
    assert inputs_text(dataset) == "4, from 4 columns"
    assert inputs_text(loaded(table, features=("x",)).dataset) == "1, from 1 column"
