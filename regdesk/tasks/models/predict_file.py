"""Predictions of one file as a person asks for them: written whole or not at all, counted, scored where they can be."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from regdesk import __version__
from regdesk.core.fitted.fitted_model import FittedModel
from regdesk.core.stopping import Stopped
from regdesk.core.words.model_facts import FactTable, PredictionFacts, SkippedFact
from regdesk.data.errors import DataError, shorten
from regdesk.data.files.model_file import SavedModel
from regdesk.data.files.prediction_file import RowWriter, other_format, prediction_file
from regdesk.data.files.result_folder import NotWritable
from regdesk.data.files.result_place import check_result_place
from regdesk.data.files.whole_files import reason_of
from regdesk.tasks.models.facts import score_table
from regdesk.tasks.models.prediction_columns import PredictionColumns
from regdesk.tasks.predict import is_training_file, predict
from regdesk.tasks.prediction_tally import NewScores, PredictionTally, unread_sentence


@dataclass(frozen=True)
class PredictionJob:
    """What is to be predicted, by a model that is called ``title``.

    Attributes:
        out: the CSV file that takes the predictions; None where they are only counted and scored.
        keeps: the predictions stand behind the file's own columns.
        model_file: that of the model, which the predictions must not take the place of; None of the live one.
    """

    title: str
    file: Path
    out: Path | None
    keeps: bool
    model_file: Path | None = None


@dataclass(frozen=True, eq=False)
class PredictedFile:
    """What came of a job. ``scores`` are None where the file has no target; ``is_known``: the model was made of it."""

    job: PredictionJob
    model: FittedModel
    facts: PredictionFacts
    scores: NewScores | None
    is_known: bool


def predict_file(
    job: PredictionJob, saved: SavedModel, should_stop: Callable[[], bool], report: Callable[[float], None]
) -> PredictedFile:
    """Do ``job`` a block of rows at a time; ``report`` hears the share of the file that is read.

    Raises DataError, a sentence, where it cannot be done, and Stopped as ``should_stop`` says: then nothing is written.
    """

    def check(share: float) -> None:
        if should_stop():
            raise Stopped
        report(share)

    check(0.0)
    tally = PredictionTally(saved.model)
    columns = PredictionColumns(saved.model, job.keeps, (job.file,))
    with _writer(job, saved) as writer:
        for block in predict(saved.model, job.file, None, check, told=tally.told):
            if should_stop():
                raise Stopped
            tally.add(block)
            if writer is not None:
                writer.write(columns.rows(job.file, block))
        is_known = is_training_file(job.file, saved.provenance)
        check(1.0)
    return PredictedFile(job, saved.model, _facts(job, saved, tally, is_known), tally.scores(), is_known)


@contextmanager
def _writer(job: PredictionJob, saved: SavedModel) -> Iterator[RowWriter | None]:
    out = job.out
    if out is None:
        yield None
        return
    other = other_format(out)
    if other is not None:
        raise DataError(f"predictions are written as CSV, and this is the name of {other}; choose another.", file=out)
    try:
        check_result_place(out, saved, [job.file])
        with prediction_file(out, _provenance(job, saved)) as writer:
            yield writer
    except NotWritable as problem:
        raise DataError(str(problem).removeprefix(f"{out}: "), file=out) from None
    except (OSError, ValueError) as problem:
        raise DataError(f"the predictions could not be written there ({reason_of(problem)}).", file=out) from None


def _provenance(job: PredictionJob, saved: SavedModel) -> dict[str, Any]:
    command = ["regdesk", "predict", str(job.model_file), str(job.file), "--out", str(job.out)]
    keep = ["--keep"] if job.keeps else []
    return {
        "version": __version__,
        "command": None if job.model_file is None else shlex.join([*command, *keep]),
        "model": job.title if job.model_file is None else str(job.model_file),
        "files": [str(job.file)],
        "trained": dict(saved.provenance),
    }


def _facts(job: PredictionJob, saved: SavedModel, tally: PredictionTally, is_known: bool) -> PredictionFacts:
    where = "" if job.out is None else f" They are in {job.out.name}."
    sentences = [f"{tally.n_predicted:,} of {_rows(tally.n_rows)} of {job.file.name} predicted.{where}"]
    sentences += tally.told_lines
    if tally.n_skipped:
        sentences.append(f"{_rows(tally.n_skipped)} could not be predicted; the list says why.")
    sentences += [
        f"{column}: {_cells(count)} missing, filled as in training." for column, count in tally.imputed.items()
    ]
    sentences += [
        f"{column}: {_cells(count)} with what no training row has, such as {shorten(tally.unseen_labels[column])}; "
        "taken as missing."
        for column, count in tally.unseen.items()
    ]
    scores = tally.scores()
    if scores is None:
        reason = tally.unscored_reason or "no row has both a prediction and a target."
        sentences.append(f"Not scored: {reason}")
    if scores is not None and scores.n_unread:
        sentences.append(unread_sentence(saved.model, scores))
    if scores is not None and is_known:
        sentences.append("This is the file that the model was made of: most of its rows are not new to it.")
    skipped = tuple(SkippedFact(one.row, one.reason) for one in tally.skipped)
    return PredictionFacts(
        tuple(sentences), None if scores is None else _scores(saved, job.file.name, scores), skipped, tally.n_skipped
    )


def _scores(saved: SavedModel, file: str, scores: NewScores) -> FactTable:
    """Those of the model's parts, and below them those of the file, with how many rows they are from."""
    split = saved.provenance.get("split") or {}
    of_parts = {part: values for part, values in saved.model.scores.items() if values is not None}
    table = score_table({**of_parts, file: scores.figures})
    counts = [str(split.get(part, "–")) for part in of_parts] + [str(scores.n_rows)]
    rows = tuple(
        (row[0], figure_count, *row[1:]) for row, figure_count in zip(table.rows, map(_grouped, counts), strict=True)
    )
    return FactTable(("", "rows", *table.header[1:]), rows)


def _grouped(count: str) -> str:
    return f"{int(count):,}" if count.isdigit() else count


def _rows(count: int) -> str:
    return f"{count:,} row" if count == 1 else f"{count:,} rows"


def _cells(count: int) -> str:
    return f"{count:,} cell" if count == 1 else f"{count:,} cells"
