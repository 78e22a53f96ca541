"""Where the pictures of the data fit stand: ranges, the ground of a map, and what is written at an axis."""

from __future__ import annotations

from PySide6.QtCore import QRectF

from regdesk.core.fit_scene import FitScene
from regdesk.core.types import Float64s


def map_rect(scene: FitScene) -> QRectF:
    """What the cells around the grid's points cover."""
    columns, rows = scene.grid
    half_width, half_height = (columns[1] - columns[0]) / 2, (rows[1] - rows[0]) / 2
    return QRectF(
        columns[0] - half_width,
        rows[0] - half_height,
        columns[-1] - columns[0] + 2 * half_width,
        rows[-1] - rows[0] + 2 * half_height,
    )


def target_label(scene: FitScene) -> str:
    """The target, or the probability of the second of two classes."""
    return f"probability of {scene.target} = {scene.classes[1]}" if scene.classes else scene.target


def with_margin(values: Float64s, share: float) -> tuple[float, float]:
    """The ends of ``values`` ``(n_rows,)``, with ``share`` of their distance around them."""
    low, high = float(values.min()), float(values.max())
    margin = share * (high - low) if high > low else 0.5
    return low - margin, high + margin
