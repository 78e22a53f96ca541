"""The data fit in words: how good it is on rows that it was not trained on, and what the marks mean."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

from regdesk.core.words.number_text import count_text, fixed_text, number_text, signed_text
from regdesk.core.words.safe_text import safe_line
from regdesk.views.fit.class_curves import MAX_LABELLED_CLASSES
from regdesk.views.fit.confusion_matrix import MAX_WRITTEN_CLASSES, largest_confusions
from regdesk.views.kit import theme
from regdesk.views.kit.blends import coloured
from regdesk.views.kit.name_room import whole_parts
from regdesk.views.plots.class_marks import class_key

if TYPE_CHECKING:
    from regdesk.core.fit.scene import FitFrame, FitScene
    from regdesk.core.run.frame import NewRows


def _marks(train: str) -> str:
    """Of training rows, drawn as ``train``, and of validation rows, in their colours."""
    colours = theme.colours()
    return f"{coloured(f'{train} training', colours.training)} &nbsp; {coloured('◇ validation', colours.validation)}"


def score_sentence(scene: FitScene, fit: FitFrame) -> str:
    """The figures of merit and the rows they are from."""
    rows = f"{scene.n_validation:,} validation rows"
    if scene.n_scored < scene.n_validation:
        rows = f"{scene.n_scored:,} of {scene.n_validation:,} validation rows"
    if scene.n_weighed is not None:
        rows += f" that count as {count_text(scene.n_weighed)}"
    if not scene.n_validation:
        sentence = "No validation rows: nothing to judge the fit by."
    elif not scene.classes:
        sentence = f"R² {signed_text(fit.score)} on {rows}."
    elif len(scene.classes) == 2:
        sentence = f"Accuracy {fixed_text(fit.score)}, AUROC {fixed_text(fit.auroc)} on {rows}."
        if scene.kind == "roc":
            precision = f"average precision {fixed_text(fit.average_precision)}"
            sentence = f"Accuracy {fixed_text(fit.score)}, AUROC {fixed_text(fit.auroc)}, {precision} on {rows}."
        if math.isnan(fit.auroc):
            sentence = f"Accuracy {fixed_text(fit.score)} on {rows}; one class alone has no ROC."
    else:
        sentence = f"Accuracy {fixed_text(fit.score)}, macro AUROC {fixed_text(fit.auroc)} on {rows}."
        if math.isnan(fit.auroc):
            sentence = f"Accuracy {fixed_text(fit.score)} on {rows}; not all classes are among them, so no AUROC."
    return sentence


def new_rows_sentence(scene: FitScene, new_rows: NewRows | None) -> str:
    """The figures on rows of another file, and of which model where it is not this one; empty where there are none."""
    if new_rows is None:
        return ""
    names = (("R²", "r2"),) if not scene.classes else (("accuracy", "accuracy"), ("AUROC", "auroc"))
    known = [(name, new_rows.figures.get(key)) for name, key in names]
    figures = ", ".join(f"{name} {fixed_text(value)}" for name, value in known if value is not None)
    whose = f", {safe_line(new_rows.model)}" if new_rows.model else ""
    return f"New rows ({safe_line(new_rows.file)}){whose}: {figures or 'no figures'} on {new_rows.n_rows:,}."


def confusion_sentence(scene: FitScene, fit: FitFrame) -> str:
    """Of which rows the matrix is, or what is confused most where no cell can be written in."""
    rows = "validation" if scene.n_validation else "training"
    if len(scene.classes) <= MAX_WRITTEN_CLASSES:
        return f"Each cell: {rows} {scene.counted}, and their share of the actual class."
    found = largest_confusions(fit.confusion, scene.classes)
    if not found:
        return f"No {rows} row is taken for another class."
    return (
        "Most often: "
        + ", ".join(f"{actual} taken for {other} ({count_text(count)})" for actual, other, count in found)
        + "."
    )


def slice_sentence(scene: FitScene) -> str:
    """Where the columns stand that are not along an axis; empty when there are none."""
    if not scene.has_others:
        return ""
    others = [name for name in scene.columns if name not in scene.slice_columns]
    is_category = [name in scene.categorical for name in others]
    if len(others) == 1:
        where = f"the other column at its {'most frequent category' if is_category[0] else 'median'}"
    else:
        usual = "medians or most frequent categories"
        if all(is_category):
            usual = "most frequent categories"
        elif not any(is_category):
            usual = "medians"
        where = f"the other {len(others)} columns at their {usual}"
    return f"Slice: {where}, unlike the (pale) rows."


def frozen_sentence(scene: FitScene, frozen: FitFrame | None) -> str:
    """How good the frozen fit was, and how it is drawn; empty without one."""
    if frozen is None:
        return ""
    look = {"parity": "hollow, pale", "confusion": "was"}.get(scene.kind, "dotted")
    if math.isnan(frozen.score):
        return f"Frozen fit: {look}."
    name = "accuracy" if scene.classes else "R²"
    area = "" if math.isnan(frozen.auroc) else f", AUROC {fixed_text(frozen.auroc)}"
    return f"Frozen fit ({look}): {name} {signed_text(frozen.score)}{area}."


def key_line(scene: FitScene, levels: tuple[float, float], metrics: QFontMetrics, width_px: int) -> str:
    """What the marks of a picture mean, as rich text cut to ``width_px``; ``levels`` are the ends of a map's colours.

    ``metrics`` are those of the bold font.
    """
    if scene.kind in ("class-curves", "class-map"):
        is_labelled = scene.kind == "class-curves" and len(scene.classes) <= MAX_LABELLED_CLASSES
        key = "" if is_labelled else class_key(scene.classes, metrics, width_px) + "<br>"
        shade = "; pale: unsure" if scene.kind == "class-map" else ""
        return key + _cut(f"Filled: training, open: validation rows{shade}.", metrics, width_px)
    if scene.kind == "confusion":
        right, wrong = coloured("■", theme.colours().right), coloured("◥", theme.colours().wrong)
        return f"{right} right (framed) &nbsp; {wrong} wrong (with a corner)"
    if scene.kind == "roc":
        return _roc_key(scene, metrics, width_px)
    mark = "○" if scene.kind == "map" and scene.classes else "●"
    words = ""
    if scene.kind == "map" and scene.classes:
        first, second = scene.classes
        words = f"{second}: dark, {first}: pale"
    elif scene.kind == "map":
        words = f"{scene.target}: {_shades()[0]} {number_text(levels[0])}, {_shades()[1]} {number_text(levels[1])}"
    room_px = width_px - metrics.horizontalAdvance(f"{mark} training   ◇ validation   ")
    return f"{_marks(mark)} &nbsp; {_cut(words, metrics, room_px)}"


def _shades() -> tuple[str, str]:
    """The ends of a map of numbers, the lower first."""
    return ("dark", "pale") if theme.colours().is_dark else ("pale", "dark")


def _roc_key(scene: FitScene, metrics: QFontMetrics, width_px: int) -> str:
    colours = theme.colours()
    parts = [("╌╌ training", colours.training), ("╌╌ guessing", colours.zero)]
    if scene.n_validation:
        parts.insert(0, ("━━ validation", colours.validation))
    room_px = width_px - metrics.horizontalAdvance("   ".join(text for text, _ in parts))
    if room_px < 0:
        parts.pop()
    return " &nbsp; ".join(coloured(text, colour) for text, colour in parts)


def wrapped(sentences: list[str], metrics: QFontMetrics, width_px: int) -> str:
    """A line for each of ``sentences``; where one is too long they follow each other in one line more, as rich text.

    Only what is too long for that too is cut, after a part that has room: the figures stand nowhere else where it is
    narrow.
    """
    lines = sentences
    if any(metrics.horizontalAdvance(one) > width_px for one in sentences):
        lines = [""]
        for word in " ".join(sentences).split(" "):
            longer = f"{lines[-1]} {word}".strip()
            if metrics.horizontalAdvance(longer) > width_px and lines[-1] and len(lines) <= len(sentences):
                lines.append(word)
            else:
                lines[-1] = longer
    # What fits exactly is cut nevertheless, by fractions of a pixel.
    cut = [escape(line) for line in lines if metrics.horizontalAdvance(line) <= width_px]
    return "<br>".join([*cut, *(escape(whole_parts(line, metrics, width_px)) for line in lines[len(cut) :])])


def _cut(text: str, metrics: QFontMetrics, width_px: int) -> str:
    return escape(metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, width_px)))
