"""The command lines of what is done with a saved model: ``show``, ``predict`` and ``export``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from regdesk.cli import argument_types as types
from regdesk.cli.argument_options import OneSentenceParser, add_json, make_parser
from regdesk.cli.arguments import checked_configuration
from regdesk.cli.setting_options import add_setting
from regdesk.core.reading_options import ReadingOptions
from regdesk.data.files.prediction_file import other_format
from regdesk.exports.exported import LANGUAGES

_LAYOUT = tuple(
    f"source.reading.{name}"
    for name in ("delimiter", "encoding", "quote", "decimal", "has_header", "n_skipped", "sheet")
)
"""How a file is laid out. What its cells are the model knows: kinds, words of missing cells."""


@dataclass(frozen=True)
class ShowArguments:
    """``regdesk show``."""

    model: Path
    as_json: bool


@dataclass(frozen=True)
class ReplayArguments:
    """``regdesk replay``."""

    session: Path
    as_json: bool


@dataclass(frozen=True)
class PredictArguments:
    """``regdesk predict``: rows of which files, how these are read, and where the predictions go.

    ``out`` is None for standard output; ``keeps`` puts the predictions behind the files' own columns.
    """

    model: Path
    files: tuple[Path, ...]
    reading: ReadingOptions
    out: Path | None
    keeps: bool
    as_json: bool


@dataclass(frozen=True)
class ExportArguments:
    """``regdesk export``: which model, in which language, and where it goes; ``out`` None for standard output."""

    model: Path
    to: str
    out: Path | None


def parse_show_arguments(argv: Sequence[str]) -> ShowArguments:
    """The arguments after ``show``. Raises SystemExit: 2, having said why, or 0 after ``--help``."""
    parser = make_parser(
        "regdesk show", "What is in a saved model or session: its weights, its scores, where it comes from."
    )
    _add_model(parser)
    add_json(parser)
    found = parser.parse(argv)
    return ShowArguments(Path(found.model), found.json)


def parse_replay_arguments(argv: Sequence[str]) -> ReplayArguments:
    """The arguments after ``replay``. Raises SystemExit as ``parse_show_arguments``."""
    parser = make_parser(
        "regdesk replay",
        "The run of a saved session once more, from its data and its timeline alone: whether it comes to the same\n"
        "weights, to the last bit, and where it departs if it does not. Status 0 where it does, 1 where not.",
    )
    parser.add_argument("session", type=types.path, metavar="SESSION", help="session that the window has written")
    add_json(parser)
    found = parser.parse(argv)
    return ReplayArguments(Path(found.session), found.json)


def parse_predict_arguments(argv: Sequence[str]) -> PredictArguments:
    """The arguments after ``predict``. Raises SystemExit as ``parse_show_arguments``."""
    parser = make_parser(
        "regdesk predict",
        "Predictions of a saved model for the rows of files, in their order, as CSV on standard output.\n"
        "Where a file has the target too, the model is scored on it.",
    )
    _add_model(parser)
    parser.add_argument(
        "files", type=types.path, nargs="+", metavar="FILE", help="file with the columns that the model needs"
    )
    parser.add_argument(
        "--out",
        type=types.path_or_output,
        metavar="CSV",
        help=f"write the predictions to this file instead; {types.REPLACED}",
    )
    parser.add_argument("--keep", action="store_true", help="put the predictions behind the file's own columns")
    add_json(parser)
    reading = parser.add_argument_group("reading")
    for path in _LAYOUT:
        add_setting(reading.add_argument, path)
    found = parser.parse(argv)
    found.more_files = ()
    configuration = checked_configuration(found, None, parser.error)
    out = None if found.out is None else Path(found.out)
    if found.keep and out is None and found.json:
        parser.error("--keep is for CSV, and --json alone writes none; give --out too")
    other = None if out is None else other_format(out)
    if other is not None:
        parser.error(f"--out writes CSV, and {out} has the name of {other}; give a name such as predictions.csv")
    files = tuple(Path(file) for file in found.files)
    return PredictArguments(Path(found.model), files, configuration.source.reading, out, found.keep, found.json)


def parse_export_arguments(argv: Sequence[str]) -> ExportArguments:
    """The arguments after ``export``. Raises SystemExit as ``parse_show_arguments``."""
    parser = make_parser(
        "regdesk export",
        "A saved model in another language: all that lies between the raw cells of a row and its prediction.\n"
        "Without --out it goes to standard output. Excel is the formula of one cell, or a workbook where the name of "
        "the file ends in .xlsx.",
    )
    _add_model(parser)
    parser.add_argument("--to", required=True, choices=tuple(LANGUAGES), help="the language")
    parser.add_argument(
        "--out", type=types.path_or_output, metavar="FILE", help=f"write it to this file; {types.REPLACED}"
    )
    found = parser.parse(argv)
    return ExportArguments(Path(found.model), found.to, None if found.out is None else Path(found.out))


def _add_model(parser: OneSentenceParser) -> None:
    parser.add_argument(
        "model", type=types.path, metavar="MODEL", help="model or session that --save or the window has written"
    )
