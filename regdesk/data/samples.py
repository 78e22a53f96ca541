"""The samples that come with the program."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from regdesk.core.types import Architecture, TrainSettings
from regdesk.data.errors import DataError, listing
from regdesk.resources import resource_file


@dataclass(frozen=True)
class Sample:
    """A bundled file, the column to predict in it, and one sentence on what it shows.

    What the sentence says, and the losses it names, hold for ``architecture`` and ``training`` and the seed 0: to open
    the sample puts these in force, opens ``panels``, in which it can be seen, and has them stand as in ``layout``.
    """

    name: str
    title: str
    sentence: str
    file: str
    target: str
    architecture: Architecture = field(default_factory=Architecture)
    training: TrainSettings = field(default_factory=TrainSettings)
    panels: tuple[str, ...] = ("dataFitPanel", "historyPanel")
    layout: str = "explore"


_OVERFITTING = TrainSettings(lam=0.0)
"""Of the texts that begin at λ = 0 and say what to raise it to."""
_SPARSE = TrainSettings(penalty="l1", lam=0.1)
_WEIGHTS = ("histogramPanel", "pathPanel")


_SAMPLES = (
    Sample(
        "noisy-curve",
        "Noisy curve",
        "One day's temperature, measured 48 times with a poor thermometer. Set λ to 0 and press Reset, then Run: the "
        "network overfits. It chases the noise, and within 2,000 epochs its validation loss climbs above 1; at "
        "λ = 0.01 it stays near 0.16.",
        "noisy-curve.csv",
        "temperature",
    ),
    Sample(
        "two-moons",
        "Two moons",
        "Two overlapping half circles. Set λ to 0 and press Reset, then Run: the network overfits. The border winds "
        "around single points, and within 2,000 epochs the validation loss climbs above 1; at λ = 0.01 the border is "
        "smooth and the loss stays near 0.3.",
        "two-moons.csv",
        "moon",
    ),
    Sample(
        "vote-1996",
        "Vote of 1996",
        "Clinton or Dole, from the answers of 944 Americans. At λ = 0 the network overfits: it learns the "
        "voters by heart, and within 1,000 epochs its validation loss climbs above 2; raise λ to 0.03 and it falls to "
        "0.52.",
        "vote-1996.csv",
        "vote",
        training=_OVERFITTING,
    ),
    Sample(
        "diabetes",
        "Diabetes",
        "How far the disease has got a year later, from ten measurements of 442 patients: at λ = 0 the network "
        "overfits, and within 1,000 epochs its validation loss climbs above 0.6; raise λ to 0.03 and it falls to 0.24.",
        "diabetes.csv",
        "progression",
        training=_OVERFITTING,
    ),
    Sample(
        "party-1996",
        "Party of 1996",
        "Democrat, Republican or neither, as 944 Americans saw themselves: at λ = 0 the network overfits, and within "
        "1,000 epochs its validation loss climbs above 4, far worse than a guess; raise λ to 0.03 and it falls to 0.9.",
        "party-1996.csv",
        "party",
        training=_OVERFITTING,
    ),
    Sample(
        "travel-mode",
        "Travel mode",
        "Air, train, bus or car, as 210 travellers chose by time and cost: at λ = 0 the network overfits, "
        "and within 1,000 epochs its validation loss climbs to 1; raise λ to 0.01 and it falls below 0.5.",
        "travel-mode.csv",
        "chosen",
        training=_OVERFITTING,
    ),
    Sample(
        "sparse-truth",
        "Sparse truth",
        "Harvests of 240 farms with twenty columns, of which four matter: in a linear model, without hidden layers, L1 "
        "at λ = 0.1 sets the other sixteen to exactly zero.",
        "sparse-truth.csv",
        "harvest_t_per_ha",
        Architecture(hidden=()),
        _SPARSE,
        _WEIGHTS,
    ),
    Sample(
        "correlated-twins",
        "Correlated twins",
        "A house's heating with two thermometers that nearly agree: in a linear model, without hidden layers, at "
        "λ = 0.1 L1 keeps one thermometer, L2 gives both the same weight and the elastic net keeps both.",
        "correlated-twins.csv",
        "heating_kwh",
        Architecture(hidden=()),
        _SPARSE,
        _WEIGHTS,
    ),
    Sample(
        "two-weights",
        "Two weights",
        "Rents of 120 flats from their size and their height above the street: in a linear model, without hidden "
        "layers, L1 at λ = 0.2 sets the weight of the height to exactly zero, and under L2 it stays: the geometry "
        "shows why.",
        "two-weights.csv",
        "rent_euros",
        Architecture(hidden=()),
        TrainSettings(penalty="l1", lam=0.2),
        ("geometryPanel", "histogramPanel"),
        "geometry",
    ),
)


def samples() -> tuple[Sample, ...]:
    """All samples, the one to start with first."""
    return _SAMPLES


def sample(name: str) -> Sample:
    """The sample called ``name``. Raises DataError, listing those there are."""
    for one in _SAMPLES:
        if one.name == name:
            return one
    known = listing([one.name for one in _SAMPLES])
    raise DataError(f"there is no such sample; the samples are {known}.", file=name)


def sample_path(name: str) -> Path:
    """The file of the sample called ``name``. Raises DataError when it is unknown or was not installed."""
    return _installed("samples", sample(name).file)


def published_path(file: str) -> Path:
    """The data of a printed table that are no sample. Raises DataError when they were not installed."""
    return _installed("published", file)


def _installed(kind: str, file: str) -> Path:
    found = resource_file(kind, file)
    if found is None:
        raise DataError("this file was not installed with the program; install it again.", file=file)
    return found
