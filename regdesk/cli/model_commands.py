"""The commands ``show`` and ``predict``, and how ``fit`` and ``sweep`` save a model."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import gettempdir
from typing import Any

from regdesk import __version__
from regdesk.cli.command_parts import DONE, DrawPanels, json_text, write_result
from regdesk.cli.model_arguments import PredictArguments, parse_predict_arguments, parse_show_arguments
from regdesk.cli.model_report import prediction_lines, show_report
from regdesk.cli.replacing import ask_to_replace, replacing
from regdesk.cli.session_commands import session_of, session_report
from regdesk.core.fitted.fitted_model import FittedModel
from regdesk.data.errors import DataError
from regdesk.data.files.json_pieces import json_pieces
from regdesk.data.files.model_file import SavedModel, read_model, write_model
from regdesk.data.files.prediction_file import RowWriter, prediction_file, provenance_file
from regdesk.data.files.result_folder import NotWritable
from regdesk.data.files.result_place import check_result_place
from regdesk.data.files.whole_files import reason_of
from regdesk.system import signals
from regdesk.system.terminal import ProgressBar, write_error, write_rows
from regdesk.tasks.model_record import model_record
from regdesk.tasks.models.prediction_columns import PredictionColumns, check_alike
from regdesk.tasks.models.prediction_json import PredictionLists
from regdesk.tasks.predict import PredictedBlock, is_training_file, names_of_file, predict
from regdesk.tasks.prediction_tally import PredictionTally


def run_show(argv: list[str], _: DrawPanels | None) -> int:
    """Say what is in a model or a session. Raises DataError."""
    arguments = parse_show_arguments(argv)
    record = model_record(read_model(arguments.model))
    session = session_of(arguments.model)
    if arguments.as_json:
        write_result(json_text(record if session is None else record | {"session": session}))
        return DONE
    text = show_report(arguments.model.name, record)
    write_result(text if session is None else f"{text}\n\n{session_report(session)}")
    return DONE


def run_predict(argv: list[str], _: DrawPanels | None) -> int:
    """Predict the rows of files. Raises DataError and NotWritable."""
    arguments = parse_predict_arguments(argv)
    saved = read_model(arguments.model)
    if arguments.keeps and len(arguments.files) > 1:
        # Before the first row is written: where rows go to standard output nobody takes them back.
        first, *others = arguments.files
        names = names_of_file(first, saved.model, arguments.reading)
        for file in others:
            check_alike(file, names_of_file(file, saved.model, arguments.reading), names)
    if arguments.out is None:
        if arguments.as_json:
            _predict_files(arguments, saved, None, argv)
        else:
            _predict_files(arguments, saved, RowWriter(write_rows), argv)
        return DONE
    _check_out(arguments, saved)
    written = (arguments.out, provenance_file(arguments.out))
    ask_to_replace(*written)
    try:
        with replacing(*written), prediction_file(arguments.out, _provenance(argv, arguments, saved)) as writer:
            _predict_files(arguments, saved, writer, argv)
    except OSError as problem:
        raise NotWritable(
            f"{arguments.out}: the predictions could not be written there ({reason_of(problem)})."
        ) from None
    return DONE


def save_model(path: Path, model: FittedModel, provenance: Mapping[str, Any]) -> bool:
    """Whether ``model`` could be written as the file ``path``; why not is said: what was found is not lost by it."""
    try:
        with replacing(path), signals.held():
            write_model(path, SavedModel(model, provenance))
    except DataError as problem:
        write_error(str(problem))
        return False
    return True


def _check_out(arguments: PredictArguments, saved: SavedModel) -> None:
    out = arguments.out
    assert out is not None
    try:
        check_result_place(out, saved, arguments.files)
    except (OSError, ValueError) as problem:
        raise NotWritable(f"{out}: the predictions could not be written there ({reason_of(problem)}).") from None


def _predict_files(
    arguments: PredictArguments, saved: SavedModel, writer: RowWriter | None, argv: Sequence[str]
) -> None:
    """Predict one file after the other; what is said of each goes to standard output, or aside where rows go there."""
    columns = PredictionColumns(saved.model, arguments.keeps, arguments.files)
    for file in arguments.files:
        tally = PredictionTally(saved.model)
        is_known = is_training_file(file, saved.provenance)
        with PredictionLists(saved.model) as lists:
            with _bar(file) as bar:
                for block in predict(saved.model, file, arguments.reading, bar, told=tally.told):
                    tally.add(block)
                    if writer is not None:
                        writer.write(columns.rows(file, block))
                    if arguments.as_json:
                        _keep(lists, block)
            if arguments.as_json:
                record = {"file": str(file), "is_training_file": is_known, "rows": tally.n_rows, **lists.record()}
                record |= _tally_record(tally) | {"provenance": _provenance(argv, arguments, saved)}
                for piece in json_pieces(record):
                    write_rows(piece.encode("ascii"))
                write_rows(b"\n")
                continue
        lines = prediction_lines(arguments.model.name, file.name, tally, is_known)
        if arguments.out is None:
            for line in lines:
                write_error(line)
        else:
            write_result("\n".join(lines))


def _keep(lists: PredictionLists, block: PredictedBlock) -> None:
    try:
        lists.add(block.predictions)
    except OSError as problem:
        raise NotWritable(
            f"{gettempdir()}: the predictions could not be kept there until all are known ({reason_of(problem)})."
        ) from None


def _tally_record(tally: PredictionTally) -> dict[str, Any]:
    scores = tally.scores()
    record: dict[str, Any] = {
        "n_skipped": tally.n_skipped,
        "skipped": [{"row": one.row, "reason": one.reason} for one in tally.skipped],
        "warnings": [{"row": one.row, "column": one.column, "message": one.message} for one in tally.told],
        "unseen": dict(tally.unseen),
        "imputed": dict(tally.imputed),
    }
    return record if scores is None else record | {"scores": scores.to_dict()}


def _provenance(argv: Sequence[str], arguments: PredictArguments, saved: SavedModel) -> dict[str, Any]:
    """Where predictions come from: this command, and the model with all that it comes from."""
    return {
        "version": __version__,
        "command": shlex.join(["regdesk", "predict", *argv]),
        "model": str(arguments.model),
        "files": [str(file) for file in arguments.files],
        "trained": {**saved.provenance},
    }


@contextmanager
def _bar(file: Path) -> Iterator[Callable[[float], None]]:
    """What shows how far ``file`` is."""
    bar = ProgressBar("predicting")
    try:
        yield lambda share: bar.show(share, f"{share:.0%} of {file.name}")
    finally:
        bar.clear()
