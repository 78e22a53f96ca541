"""Words above the layers of a network: what each is, and how many of its inputs or units are alive."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFontMetrics

Line = list[tuple[str, float]]
"""Words from left to right, each with where it begins in pixels."""
GAP_SHARE = 0.3
"""Of a line's height that is between two words."""
OVER_PX = 6.0
"""How far a word that stands aside of its layer reaches over it."""


def head_lines(
    counts: Sequence[tuple[int, int]], places_px: Sequence[float], metrics: QFontMetrics, width_px: float
) -> tuple[Line, Line]:
    """What the layers are, and beneath it ``counts``, of each but the last how many are alive and how many there are.

    ``places_px`` are the layers' places in a picture of ``width_px``. Where words have no room they are shorter, and
    those at the ends step aside, over the names of inputs and outputs.
    """
    numbers = [str(number) for number in range(1, len(places_px) - 1)]
    names = [_tr("inputs"), *(_tr("layer {n}").format(n=number) for number in numbers), _tr("output")]
    across_px = places_px[1] - places_px[0]
    is_narrow = not _stand_apart(names, across_px, metrics)
    if is_narrow:
        names[1:-1] = numbers
    texts = [f"{n_alive}/{n}" for n_alive, n in counts]
    if not _stand_apart(texts, across_px, metrics):
        # Without how many there are, which the sentence above says.
        texts = [str(n_alive) for n_alive, _ in counts]
    first, *_, last = places_px
    lines = []
    for words in (names, texts):
        line: Line = []
        for word, place in zip(words, places_px, strict=False):
            word_px = metrics.horizontalAdvance(word)
            left = place - 0.5 * word_px
            if is_narrow and place in (first, last):
                left = place - word_px + OVER_PX if place == first else place - OVER_PX
            line.append((word, min(max(left, 0.0), width_px - word_px)))
        lines.append(line)
    return lines[0], lines[1]


def _stand_apart(words: Sequence[str], across_px: float, metrics: QFontMetrics) -> bool:
    """Whether ``words``, each in the middle above its own layer, have a gap between them."""
    widths = [metrics.horizontalAdvance(word) for word in words]
    gap_px = GAP_SHARE * metrics.height()
    return all(0.5 * (one + other) + gap_px <= across_px for one, other in pairwise(widths))


def _tr(text: str) -> str:
    return QCoreApplication.translate("NetworkPicture", text)
