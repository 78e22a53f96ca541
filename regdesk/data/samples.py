"""The samples that come with the program."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from regdesk.data.errors import DataError, listing
from regdesk.resources import resource_file


@dataclass(frozen=True)
class Sample:
    """A bundled file, the column to predict in it, and one sentence on what it shows."""

    name: str
    title: str
    sentence: str
    file: str
    target: str


_SAMPLES = (
    Sample(
        "noisy-curve",
        "Noisy curve",
        "One day's temperature, measured 48 times with a poor thermometer: a wide network chases the noise until λ "
        "holds it back.",
        "noisy-curve.csv",
        "temperature",
    ),
    Sample(
        "sparse-truth",
        "Sparse truth",
        "Harvests of 240 farms with twenty columns, of which four matter: L1 on a linear model sets the others to "
        "exactly zero.",
        "sparse-truth.csv",
        "harvest_t_per_ha",
    ),
    Sample(
        "two-moons",
        "Two moons",
        "Two overlapping half circles: without a penalty the border winds around single points, with one it is smooth.",
        "two-moons.csv",
        "moon",
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
    file = sample(name).file
    found = resource_file("samples", file)
    if found is None:
        raise DataError("this sample was not installed with the program; install it again.", file=file)
    return found
