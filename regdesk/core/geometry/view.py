"""What the panel of the constraint geometry asks for and is given: values, all of one moment."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from regdesk.core.settings.configuration import GeometrySettings

if TYPE_CHECKING:
    from regdesk.core.geometry.picture import PlanePicture
    from regdesk.core.geometry.plane import PlaneFrame, PlaneGrid
    from regdesk.core.geometry.tangency import ZeroReason
    from regdesk.core.geometry.unavailable import Unavailable
    from regdesk.core.model.dataset import Dataset
    from regdesk.core.model.penalty_ball import PlanePenalty
    from regdesk.core.types import Architecture, Float64s, Floats, PenaltyKind, TrainSettings
    from regdesk.core.weights.names import WeightList


@dataclass(frozen=True)
class GeometryChoice(GeometrySettings):
    """How the geometry is looked at, by choice and by the shape of its place.

    ``aspect`` is the height of a plot over its width: what is beyond the square frame on its longer side is drawn, too.
    """

    aspect: float = 1.0

    @classmethod
    def of(cls, settings: GeometrySettings, aspect: float) -> GeometryChoice:
        """What is chosen, in a place of that shape."""
        return cls(**{one.name: getattr(settings, one.name) for one in fields(GeometrySettings)}, aspect=aspect)

    @property
    def settings(self) -> GeometrySettings:
        """What is chosen of it."""
        return GeometrySettings(**{one.name: getattr(self, one.name) for one in fields(GeometrySettings)})


def kept_settings(settings: GeometrySettings, before: WeightList | None, now: WeightList) -> GeometrySettings:
    """``settings`` for a model with other weights: a weight that was chosen stays where it is the same one still.

    ``before`` is None for the first model: nobody can have meant the weights of another one.
    """
    if before is None or before == now:
        return settings
    names, others = (dict(zip(one.positions, one.names, strict=True)) for one in (before, now))

    def kept(position: int | None) -> int | None:
        is_same = position in names and names[position] == others.get(position)
        return position if position is not None and is_same else None

    return replace(settings, x=kept(settings.x), y=kept(settings.y), watched=kept(settings.watched))


@dataclass(frozen=True)
class DefaultPair:
    """Weights on the axes that nobody has chosen, by their positions in the row of all parameters.

    ``shows_corner``: in a model at rest one of the two was held at 0, and the other was not. Two that were chosen
    without that give way to the first ones of which it is so, and those stay.
    """

    first: int
    second: int
    shows_corner: bool


@dataclass(frozen=True, eq=False)
class GeometryRequest:
    """One moment of a run, and what of it is to be drawn.

    Attributes:
        settings: those in force; ``parameters`` ``(n_parameters,)`` at ``step``.
        moments: recorded parameters ``(n_parameters,)``, the oldest first.
        is_moving: the model trains or λ is being dragged, so that another request comes soon.
        is_earlier: it is another moment than now: no axes are chosen for it.
        brought_back: what stood on the axes when the window was left that has been opened again.
        is_exact: it is the exact model, in place of the one that was trained.
    """

    run: int
    dataset: Dataset
    architecture: Architecture
    seed: int
    settings: TrainSettings
    parameters: Floats
    step: int
    snapshots: tuple[Floats, ...]
    choice: GeometryChoice
    is_moving: bool
    is_earlier: bool = False
    brought_back: DefaultPair | None = None
    is_exact: bool = False


@dataclass(frozen=True, eq=False)
class Contour:
    """A level, and its line ``(n_points, 2)`` with gaps of NaN."""

    level: float
    line: Float64s


@dataclass(frozen=True, eq=False)
class PlaneLook:
    """One plot of the plane.

    Attributes:
        kind: of the penalty.
        shown: the grid whose ``contours`` are drawn: the data loss, or the sum.
        penalty: R over the plane; None in the plane of a trajectory.
        path: ``(n_points, 2)`` of the solution as λ runs; empty where there is none.
        trail: ``(n_snapshots, 2)`` that the model has come.
        shares: of the trail's variance, that each direction of a trajectory's plane holds; else empty.
        through: ``(n_points, 2)`` of the contour of the data loss that the weights are on now; None: not drawn.
        shape: ``(n_points, 2)``, the ball's shape at a size that can be seen, where a comparison's ball is a point.
        has_optimum: whether ``picture.optimum`` is known.
    """

    kind: PenaltyKind
    picture: PlanePicture
    shown: PlaneGrid
    contours: tuple[Contour, ...]
    penalty: PlanePenalty | None
    lam: float
    path: Float64s
    trail: Float64s
    shares: tuple[float, ...] = ()
    through: Float64s | None = None
    shape: Float64s | None = None

    @property
    def drawn_ball(self) -> Float64s:
        """``(n_points, 2)``: the ball, or its shape alone."""
        return self.picture.ball if self.shape is None else self.shape

    @property
    def has_optimum(self) -> bool:
        return bool(self.picture.optimum[0] == self.picture.optimum[0])


@dataclass(frozen=True)
class Dial:
    """λ and the budget t. Exact: those of the solution; else t is R of the weights as they are.

    It is infinite where there is no finite optimum. ``top`` is the largest budget that the dial reaches, that of (next
    to) no penalty. ``has_factors``: inputs weigh in R by penalty factors of their own.
    """

    lam: float
    budget: float
    top: float
    is_exact: bool
    has_factors: bool = False


@dataclass(frozen=True, eq=False)
class GeometryView:
    """Everything that is drawn and said.

    Attributes:
        looks: one, or those of L1, L2 and the elastic net.
        names: of the two axes; ``pair`` are the weights on them, None in the plane of a trajectory.
        default: what stands on axes that nobody has chosen; None where they are chosen in another way.
        watched: the weight that ``zero`` is about.
        note: why something is not shown as it was asked for.
        no_profile: why there is no profile to choose.
        is_coarse, is_behind: a finer picture, or one of later models of a comparison, is still to be made.
        is_first: that finer picture follows at once.
        has_alive: whether the model of the first look has a weight that is not zero.
        is_exact: the model of the first look has been solved, and stands in for the one that was trained.
    """

    run: int
    choice: GeometryChoice
    looks: tuple[PlaneLook, ...]
    frame: PlaneFrame
    names: tuple[str, str]
    pair: tuple[int, int] | None
    watched: int
    watched_name: str
    zero: ZeroReason
    dial: Dial | None
    note: Unavailable | None = None
    is_linear: bool = True
    no_profile: Unavailable | None = None
    is_coarse: bool = False
    is_behind: bool = False
    is_first: bool = False
    has_alive: bool = True
    default: DefaultPair | None = None
    is_exact: bool = False
