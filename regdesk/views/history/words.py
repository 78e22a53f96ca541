"""What the history says: its sentence, and the values under the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QFont, QFontMetrics, QTextDocumentFragment

from regdesk.core.words.number_text import epoch_text, fixed_text, number_text, signed_text
from regdesk.core.words.verdict_words import verdict_reason
from regdesk.views.history.marks import change_text
from regdesk.views.kit import theme
from regdesk.views.kit.blends import coloured
from regdesk.views.kit.text_size import heading_font

if TYPE_CHECKING:
    from regdesk.core.run.changes import SettingsChange
    from regdesk.core.run.frame import Frame


def history_sentence(frame: Frame, has_ghost: bool) -> tuple[str, list[str], list[str]]:
    """The readout, plain and as pieces of rich text, the most important first; between them what the line of pieces
    may begin with, the fullest first.
    """
    # The course is that of the weights that were trained, also while an exact model stands in for them.
    snapshot = (frame.snapshot.stands_for or frame.snapshot).measured
    penalty = snapshot.settings.effective_lam * snapshot.penalty_value
    colours = theme.colours()
    parts = (
        ("training", snapshot.train_loss, colours.training),
        ("validation", snapshot.validation_loss, colours.validation),
        ("gap (validation − training)", snapshot.gap, colours.text),
        ("λ × penalty", penalty, colours.penalty),
    )
    epoch = epoch_text(snapshot.epoch)
    losses = ", ".join(f"{name} {signed_text(value)}" for name, value, _ in parts)
    pieces = [f"{coloured(name, colour)} {signed_text(value)}" for name, value, colour in parts]
    heads = [f"Epoch {epoch} · loss: ", f"Epoch {epoch} · ", ""]
    notes = []
    # Of an exact model in its place other losses are told.
    verdict = None if frame.snapshot.is_exact else frame.verdict
    if verdict is not None:
        reason = verdict_reason(verdict)
        losses += f"; {verdict.kind}: {reason}"
        # Behind the two numbers that show it.
        pieces[2:2] = [f"<b>{verdict.kind}</b>", reason]
    elif frame.best is not None:
        best = fixed_text(frame.best.validation_loss)
        notes.append(f"best validation {best} at epoch {epoch_text(frame.best.epoch)}")
    if has_ghost:
        notes.append("frozen curves behind")
    return "; ".join([f"Loss at epoch {epoch}: {losses}", *notes]) + ".", heads, [*pieces, *notes]


def fitting_line(heads: list[str], pieces: list[str], font: QFont, room_px: int) -> str:
    """As many of ``pieces``, which are rich text, as a narrow panel has room for; the tool tip holds all.

    It begins with the first of ``heads`` that leaves room for two pieces: the two losses matter more than the epoch.
    """
    # What is coloured is bold.
    metrics = QFontMetrics(heading_font(font))

    def width_px(rich: str) -> int:
        return metrics.horizontalAdvance(QTextDocumentFragment.fromHtml(rich).toPlainText())

    two_px = width_px(" · ".join(pieces[:2]))
    # Blanks at an end are no part of a rich text.
    head = next((one for one in heads if width_px(f"{one}|") + two_px <= room_px), heads[-1])
    n_shown = len(pieces)
    while n_shown > 1 and width_px(head + " · ".join(pieces[:n_shown])) > room_px:
        n_shown -= 1
    return head + " · ".join(pieces[:n_shown])


def values_text(frame: Frame, epoch: float, reach: float, change: SettingsChange | None) -> str:
    """The moment nearest to ``epoch``; the best one where it is within ``reach`` epochs, and ``change``, which is."""
    history = frame.history
    row = int(np.abs(history.epoch - epoch).argmin())
    lines = []
    if frame.best is not None and abs(frame.best.epoch - epoch) <= reach:
        best = fixed_text(frame.best.validation_loss)
        lines.append(f"lowest validation loss {best} at epoch {epoch_text(frame.best.epoch)}")
    if change is not None:
        lines.append(change_text(change))
    lines.append(
        f"epoch {epoch_text(history.epoch[row])}: training {fixed_text(history.train_loss[row])}, "
        f"validation {fixed_text(history.validation_loss[row])}, "
        f"λ × penalty {fixed_text(history.lam[row] * history.penalty_value[row])}, λ {number_text(history.lam[row])}"
    )
    return "\n".join(lines)
