"""The command of what was chosen by hand, read again by the command line itself."""

from __future__ import annotations

import shlex

import pytest

from regdesk.cli.arguments import parse_window_arguments
from regdesk.cli.command_text import command_of
from regdesk.core.reading_options import ReadingOptions
from regdesk.core.settings.import_choices import ImportChoices
from regdesk.core.types import DataSettings

CHOICES = [
    ImportChoices(),
    ImportChoices(ReadingOptions(), DataSettings(target="y")),
    ImportChoices(
        ReadingOptions(
            delimiter="\t", encoding="cp1252", quote="'", decimal=",", has_header=False, n_skipped=3,
            missing_words=("-999", "a, b", 'say "no"'), kinds=(("a=b", "text"), ("zip", "categorical")), sheet="Q 1",
        ),
        DataSettings(
            target="-y", task="regression", missing="drop", split_column="is test", fold_column="k", weight_column="w",
            roles=(("id", "ignored"), ("note", "feature")), penalty_factors=(("a", 0.5),), validation_fraction=0.1,
            standardize=False,
        ),
    ),
    ImportChoices(
        ReadingOptions(delimiter=" ", has_header=True), DataSettings(target="price $", features=("a", "b, c"))
    ),
]  # fmt: skip


@pytest.mark.parametrize("choices", CHOICES)
@pytest.mark.parametrize("file", ["a.csv", "with 'quotes' and $HOME.csv", "-dash.csv", "ein Ordner/größe 😀.csv"])
def test_the_command_opens_the_file_with_the_same_choices(file: str, choices: ImportChoices) -> None:
    program, *words = shlex.split(command_of(file, choices))
    assert program == "regdesk"
    configuration = parse_window_arguments(words).configuration
    assert configuration.source.file == (f"./{file}" if file.startswith("-") else file)
    assert ImportChoices(configuration.source.reading, configuration.data) == choices


def test_several_files_are_named_one_after_the_other() -> None:
    choices = ImportChoices(ReadingOptions(more_files=("b 2.csv", "c.csv")), DataSettings(target="y"))
    command = command_of("a.csv", choices)
    assert command == "regdesk a.csv 'b 2.csv' c.csv --target=y"
    found = parse_window_arguments(shlex.split(command)[1:]).configuration
    assert (found.source.file, ImportChoices(found.source.reading, found.data)) == ("a.csv", choices)


def test_what_is_as_usual_is_not_said() -> None:
    assert command_of("a.csv", ImportChoices(data=DataSettings(target="y"))) == "regdesk a.csv --target=y"
