"""The whole experiment as one frozen value: what a person can choose, and how it is looked at.

``settings_table.py`` has a line for each field, with its bounds; a field without a line fails a test. With the file
that ``source`` names, a configuration reproduces a run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any, Literal

from regdesk.core.reading_options import ReadingOptions
from regdesk.core.settings.selected import NOTHING, Selected
from regdesk.core.types import DEFAULT_STEPS_PER_SECOND, Architecture, DataSettings, TrainSettings

Reading = Literal["slice", "profile"]
LayoutName = Literal["explore", "choose-lambda", "geometry"]
"""Where panels stand: for watching, for choosing λ, for the constraint and what it touches."""
LAYOUTS: tuple[LayoutName, ...] = ("explore", "choose-lambda", "geometry")


WeightsPicture = Literal["histograms", "sorted", "penalties"]
PathAxis = Literal["lambda", "norm", "explained"]
PathScale = Literal["standardised", "original"]
CalculatorOrder = Literal["file", "added"]
VARIABLES_COLUMNS = ("name", "importance", "permuted", "sign", "enters", "state")
"""Of the table of the variables, from the left."""


@dataclass(frozen=True)
class SourceSettings:
    """Where the data come from, a file or a bundled sample and not both, and how the text is read."""

    file: str | None = None
    sample: str | None = None
    reading: ReadingOptions = field(default_factory=ReadingOptions)


@dataclass(frozen=True)
class EndingSettings:
    """When training ends without a window: after ``n_epochs`` passes over the rows, or else at convergence.

    ``tolerance`` is the largest KKT residual of a converged model, and ``max_epochs`` where it ends at the latest;
    None is what suits the model. ``is_optimizer_chosen`` is false where the optimiser may be left for an exact solver.
    """

    n_epochs: int | None = None
    tolerance: float | None = None
    max_epochs: int | None = None
    is_optimizer_chosen: bool = False


@dataclass(frozen=True)
class SweepSettings:
    """Which λ (None is a grid of ``n_lambdas``), how many folds, and from how many seeds a network starts."""

    lambdas: tuple[float, ...] | None = None
    n_lambdas: int = 50
    n_folds: int = 5
    n_starts: int = 1


@dataclass(frozen=True)
class GeometrySettings:
    """How the geometry is looked at; weights are positions in the row of all parameters, None for the default.

    ``is_sum`` shows contours of data loss + λR instead of constraint and contours, ``compares`` L1, L2 and elastic net,
    ``is_principal`` the plane of the trajectory instead of two weights (networks). ``watched`` is the weight that is
    asked why it is zero.
    """

    x: int | None = None
    y: int | None = None
    reading: Reading = "slice"
    is_sum: bool = False
    compares: bool = False
    is_principal: bool = False
    watched: int | None = None


@dataclass(frozen=True)
class PathSettings:
    """How the path of the weights is looked at.

    ``output`` is the class whose weights are drawn, None or one that the sweep does not know for the norm over all of
    them; ``lists_events`` whether the list of events stands beside the plot, None as the panel has room for it.
    """

    axis: PathAxis = "lambda"
    scale: PathScale = "standardised"
    output: str | None = None
    lists_events: bool | None = None


@dataclass(frozen=True)
class LectureSettings:
    """The window as a room full of people sees it; while it ``is_on`` these stand in for those of ``ViewSettings``.

    Nothing else changes meanwhile, so that leaving it brings back what was. ``panels`` are object names of those that
    are seen.
    """

    is_on: bool = False
    panels: tuple[str, ...] = ("dataFitPanel", "histogramPanel")
    text_percent: int = 150
    has_column: bool = False


@dataclass(frozen=True)
class ViewSettings:
    """How all of it is looked at.

    Attributes:
        slice: the one or two columns of a slice through the fit; none is the picture that suits the data.
        span_share, span_epochs: the end of the run that the history shows, a share of all epochs or so many of them;
            neither is all.
        smoothing: share of the history's axis over which losses are averaged; 0 is off.
        is_log_loss: whether the history's loss axis is logarithmic.
        shows_changes: whether the history marks the moments at which settings were changed.
        steps_per_second: the pace; None is as fast as possible.
        closed_panels: object names of the panels that are closed.
        weights_picture: what the weights panel draws.
        shows_prior: whether its histograms have the prior that the penalty stands for behind them.
        shows_norms: whether it draws norms over time in their place.
        compares_paths: whether the path panel draws the paths of three penalties, and not that of the sweep.
        shows_training_rows, shows_validation_rows: which rows the fit is drawn among.
        resamples: whether fits of other samples are drawn over the fit.
        n_resamples: how many of them.
        shows_spread: whether a map of the fit shows how far these lie apart, and not where each of them parts it.
        shows_scores: whether accuracy and AUROC stand beneath loss versus λ; None is as it has room for them.
        shows_band: whether loss versus λ shows where sweeps of a network up and down end apart.
        variables_order: by which column the table of the variables is sorted, and which way.
        calculator_order: in which order the calculator lists its inputs.
        calculator_class: the class whose probability it explains; None, or one that the model has not, is the likeliest
            of three and more, and the second of two.
        layout: where the panels stand that nobody has moved by hand.
        text_percent: size of all text, in percent of what the system has.
        has_column: whether the control column is there as a whole; else it is folded to the penalty and λ.
        is_column_chosen: whether a person has said so; else a column that takes too much of a narrow window is folded.
        selected: what every panel shows in the colour of the selection; ``selected.py`` says how it is written.
    """

    slice: tuple[str, ...] = ()
    span_share: float | None = None
    span_epochs: float | None = None
    smoothing: float = 0.0
    is_log_loss: bool = False
    shows_changes: bool = True
    steps_per_second: float | None = DEFAULT_STEPS_PER_SECOND
    closed_panels: tuple[str, ...] = ()
    weights_picture: WeightsPicture = "histograms"
    shows_prior: bool = False
    shows_norms: bool = False
    compares_paths: bool = False
    shows_training_rows: bool = True
    shows_validation_rows: bool = True
    resamples: bool = False
    n_resamples: int = 30
    shows_spread: bool = False
    shows_scores: bool | None = None
    shows_band: bool = False
    variables_order: str = "importance-falling"
    calculator_order: CalculatorOrder = "file"
    calculator_class: str | None = None
    layout: LayoutName = "explore"
    text_percent: int = 100
    has_column: bool = True
    is_column_chosen: bool = False
    selected: Selected = NOTHING
    path: PathSettings = field(default_factory=PathSettings)
    geometry: GeometrySettings = field(default_factory=GeometrySettings)
    lecture: LectureSettings = field(default_factory=LectureSettings)

    @property
    def seen_text_percent(self) -> int:
        """The size of text that is in force, in a lecture or not."""
        return self.lecture.text_percent if self.lecture.is_on else self.text_percent

    @property
    def is_column_seen(self) -> bool:
        """Whether the control column is there as a whole now."""
        return self.lecture.has_column if self.lecture.is_on else self.has_column


@dataclass(frozen=True)
class Configuration:
    """Everything that a person can choose. ``seed`` is of the split, the initial weights and the batches."""

    data: DataSettings = field(default_factory=DataSettings)
    architecture: Architecture = field(default_factory=Architecture)
    training: TrainSettings = field(default_factory=TrainSettings)
    seed: int = 0
    source: SourceSettings = field(default_factory=SourceSettings)
    ending: EndingSettings = field(default_factory=EndingSettings)
    sweep: SweepSettings = field(default_factory=SweepSettings)
    view: ViewSettings = field(default_factory=ViewSettings)


def value_at(configuration: Configuration, path: str) -> Any:
    """The setting or the group of settings at ``path``, such as ``training.lam`` or ``training``.

    Raises AttributeError where there is none.
    """
    value: Any = configuration
    for name in path.split("."):
        value = getattr(value, name)
    return value


def with_values(configuration: Configuration, values: Mapping[str, Any]) -> Configuration:
    """``configuration`` with ``values`` by path; groups in which nothing differs stay the same objects."""
    found: Any = configuration
    for path, value in values.items():
        found = _replaced(found, path.split("."), value)
    return found  # type: ignore[no-any-return]


def _replaced(group: Any, names: list[str], value: Any) -> Any:
    before = getattr(group, names[0])
    after = value if len(names) == 1 else _replaced(before, names[1:], value)
    return group if after is before or after == before else replace(group, **{names[0]: after})


def paths_of(group: Any, prefix: str = "") -> tuple[str, ...]:
    """Paths of all settings of a configuration, or of one of its groups, in the order of their fields."""
    found: list[str] = []
    for one in fields(group):
        value = getattr(group, one.name)
        found += paths_of(value, f"{prefix}{one.name}.") if is_dataclass(value) else [f"{prefix}{one.name}"]
    return tuple(found)


def differing_paths(before: Any, after: Any, prefix: str = "") -> tuple[str, ...]:
    """Paths of the settings that differ between two configurations, or two groups of the same class."""
    found: list[str] = []
    for one in fields(before):
        old, new = getattr(before, one.name), getattr(after, one.name)
        if old is new or old == new:
            continue
        found += differing_paths(old, new, f"{prefix}{one.name}.") if is_dataclass(old) else [f"{prefix}{one.name}"]
    return tuple(found)
