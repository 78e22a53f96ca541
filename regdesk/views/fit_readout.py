"""The data fit in words: how good it is on rows that it was not trained on, and what the marks mean."""

from __future__ import annotations

import math
from html import escape

from PySide6.QtGui import QFontMetrics

from regdesk.core.fit_scene import FitFrame, FitScene
from regdesk.core.narration import fixed_text, number_text
from regdesk.views import theme
from regdesk.views.class_curves import MAX_LABELLED_CLASSES
from regdesk.views.class_marks import class_key
from regdesk.views.confusion_matrix import MAX_WRITTEN_CLASSES, largest_confusions
from regdesk.views.panel import coloured


def _marks(train: str) -> str:
    """Of training rows, drawn as ``train``, and of validation rows, in their colours."""
    colours = theme.colours()
    return f"{coloured(f'{train} training', colours.training)} &nbsp; {coloured('◇ validation', colours.validation)}"


def score_sentence(scene: FitScene, fit: FitFrame) -> str:
    """The figures of merit and the rows they are from."""
    rows = f"{scene.n_validation:,} validation rows"
    if scene.n_scored < scene.n_validation:
        rows = f"{scene.n_scored:,} of {scene.n_validation:,} validation rows"
    if not scene.n_validation:
        sentence = "No validation rows: nothing to judge the fit by."
    elif not scene.classes:
        sentence = f"R² {fixed_text(fit.score)} on {rows}."
    elif len(scene.classes) == 2:
        sentence = f"Accuracy {fixed_text(fit.score)}, AUROC {fixed_text(fit.auroc)} on {rows}."
        if math.isnan(fit.auroc):
            sentence = f"Accuracy {fixed_text(fit.score)} on {rows}; one class alone has no ROC."
    else:
        sentence = f"Accuracy {fixed_text(fit.score)}, macro AUROC {fixed_text(fit.auroc)} on {rows}."
        if math.isnan(fit.auroc):
            sentence = f"Accuracy {fixed_text(fit.score)} on {rows}; not all classes are among them, so no AUROC."
    return sentence


def confusion_sentence(scene: FitScene, fit: FitFrame) -> str:
    """Of which rows the matrix is, or what is confused most where no cell can be written in."""
    rows = "validation" if scene.n_validation else "training"
    if len(scene.classes) <= MAX_WRITTEN_CLASSES:
        return f"Each cell: {rows} rows, and their share of the actual class."
    found = largest_confusions(fit.confusion, scene.classes)
    if not found:
        return f"No {rows} row is taken for another class."
    return "Most often: " + ", ".join(f"{actual} taken for {other} ({count})" for actual, other, count in found) + "."


def key_line(scene: FitScene, levels: tuple[float, float], metrics: QFontMetrics, width_px: int) -> str:
    """What the marks of a picture mean, as rich text; ``levels`` are the ends of a map's colours.

    ``metrics`` are those of the bold font.
    """
    if scene.kind in ("class-curves", "class-map"):
        is_labelled = scene.kind == "class-curves" and len(scene.classes) <= MAX_LABELLED_CLASSES
        key = "" if is_labelled else class_key(scene.classes, metrics, width_px) + "<br>"
        shade = "; pale: unsure" if scene.kind == "class-map" else ""
        return f"{key}Filled: training rows; open: validation rows{shade}."
    if scene.kind == "map" and scene.classes:
        first, second = (escape(label) for label in scene.classes)
        return f"{_marks('○')} &nbsp; {second}: dark on teal, {first}: pale on sand"
    if scene.kind == "map":
        return (
            f"{_marks('●')} &nbsp; {escape(scene.target)}: pale {number_text(levels[0])}, dark {number_text(levels[1])}"
        )
    return "" if scene.kind in ("roc", "confusion") else f"{_marks('●')} &nbsp; "
