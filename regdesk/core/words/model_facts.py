"""What there is to say of a model that can be taken away, and of its predictions: values that windows show."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FactTable:
    """Words in rows; the first column holds names, the others figures."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class ModelFacts:
    """All that ``regdesk show`` says of a model.

    Attributes:
        name: of its file, or that it is the live one.
        summary: what predicts what, in a sentence.
        facts: a name and what there is to say under it, each.
        scores: a row for each part of the data that has rows.
        weights: of a linear model its coefficients, of a network what leaves each input.
        weights_title: which of the two.
    """

    name: str
    summary: str
    facts: tuple[tuple[str, str], ...]
    scores: FactTable
    weights: FactTable
    weights_title: str


@dataclass(frozen=True)
class SkippedFact:
    """A row without a prediction, by its line of the file, and why."""

    line: int
    reason: str


@dataclass(frozen=True)
class PredictionFacts:
    """What came of the predictions for a file.

    Attributes:
        sentences: how many rows, what was filled, what no training row has, and why there are no figures.
        scores: those of the model's own parts, and of the rows of the file; None where it has no target.
        skipped: the first of the ``n_skipped`` rows without a prediction.
    """

    sentences: tuple[str, ...]
    scores: FactTable | None
    skipped: tuple[SkippedFact, ...]
    n_skipped: int


@dataclass(frozen=True)
class ExportLanguage:
    """What a model can be written in: ``key`` tells it from the others, ``title`` is its name for people."""

    key: str
    title: str


@dataclass(frozen=True)
class ExportPreview:
    """A model, written down.

    Attributes:
        text: all of it; None where it is a file that is no text.
        n_bytes: of its file.
        suffix: how the name of its file ends, such as ``.py``.
        notes: sentences on how it is used, and what it cannot do.
    """

    text: str | None
    n_bytes: int
    suffix: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class ModelChoice:
    """A model that can be asked: ``key`` tells it from the others, ``title`` is for a person."""

    key: str
    title: str
