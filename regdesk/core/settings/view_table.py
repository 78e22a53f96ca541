"""The part of the table of settings that says how everything is looked at; no number depends on it."""

from __future__ import annotations

from regdesk.core.settings.configuration import LAYOUTS
from regdesk.core.settings.look_table import LOOKS, OF_THE_WINDOW, ON_SIGHT, look
from regdesk.core.settings.selected import PartOfModel
from regdesk.core.settings.setting import Option, Setting
from regdesk.core.settings.setting_kinds import Choice, Number, Several, Text, Truth, Whole

SLOWEST_STEPS_PER_SECOND = 10.0
PANELS = (
    "dataFitPanel", "histogramPanel", "historyPanel", "lambdaPanel", "pathPanel", "geometryPanel", "calculatorPanel",
    "networkPanel", "variablesPanel",
)  # fmt: skip
"""Object names of the window's panels."""
SMALLEST_TEXT, LARGEST_TEXT = 75, 200
"""Percent of the system's size: at 200 nothing is cut off in a window of 1024 × 700."""


_WEIGHT = Whole(is_optional=True)
_TEXT = Whole(low=SMALLEST_TEXT, high=LARGEST_TEXT)
_PANELS = Several(one=Choice(words=PANELS), most=100, is_distinct=True)
VIEW = (
    look(
        "slice", Several(one=Text(), most=2, is_distinct=True), "Picture of the fit", "fitPictureBox",
        "What is drawn; the model goes on training as it was",
    ),
    look(
        "span_share",
        Number(is_optional=True, low=0.0, high=1.0, is_low_open=True, offers=((0.1, "last 10 %"),)),
        "Share of the epochs shown", "historySpanBox", "All epochs, or the last ones, to see late detail",
    ),
    look(
        "span_epochs",
        Number(
            is_optional=True, low=1.0, high=1e15,
            offers=((10_000.0, "last 10,000"), (1_000.0, "last 1,000"), (100.0, "last 100")),
        ),
        "Epochs shown", "historySpanBox", "All epochs, or the last ones, to see late detail",
    ),
    look(
        "smoothing",
        Number(
            low=0.0, high=1.0, is_high_open=True,
            offers=((0.0, "not smoothed"), (0.01, "smoothed lightly"), (0.05, "smoothed strongly")),
        ),
        "Smoothing of the losses", "smoothingBox",
        "Exponential moving average over 1 % or 5 % of the axis; the losses themselves stay behind, pale", "Smoothing",
    ),
    look(
        "is_log_loss", Truth(), "Logarithmic axis", "logAxisButton",
        "Logarithmic loss axis: equal factors are equally far apart", "Log axis",
    ),
    look(
        "shows_changes", Truth(), "Marks of changes", "changeMarksAction",
        "Dotted lines and marks at the epochs at which λ, the penalty or the optimiser was changed",
    ),
    Setting(
        "view.steps_per_second", Number(is_optional=True, low=SLOWEST_STEPS_PER_SECOND, high=1e12), "Speed",
        "speed {before} → {after}", unit="steps/s", none_text="flat out", control="speedSlider",
        tip="Optimiser steps per second: slow enough to watch, or as fast as it goes.",
        option=Option("--speed", "N|max", "optimiser steps a second, from 10 on (default 1000)"),
    ),
    look("closed_panels", _PANELS, "Closed panels", "viewMenu"),
    look(
        "layout",
        Choice(
            words=LAYOUTS, names=("Explore", "Choose λ", "Geometry"),
            tips=(
                "The fit, the weights, the history and loss versus λ side by side, as many as have room",
                "Loss versus λ and the weights' path in front, the fit beside them",
                "The constraint and what it touches, large; fit and path beside it",
            ),
        ),
        "Layout", "layoutMenu",
    ),
    look("text_percent", _TEXT, "Size of text", "textSizeMenu"),
    look("has_column", Truth(), "Whole control column", "columnAction"),
    Setting(
        "view.is_column_chosen", Truth(), "Control column in a narrow window as it was chosen", unsaid=ON_SIGHT,
        no_option=OF_THE_WINDOW, no_control="who folds the column or brings it back has chosen",
    ),
    look("lecture.is_on", Truth(), "Lecture", "lectureAction"),
    look("lecture.panels", _PANELS, "Panels of a lecture", "viewMenu"),
    look("lecture.text_percent", _TEXT, "Size of text in a lecture", "textSizeMenu"),
    look("lecture.has_column", Truth(), "Whole control column in a lecture", "columnAction"),
    look(
        "weights_picture",
        Choice(
            words=("histograms", "sorted", "penalties"),
            entries=("histograms", "sorted by size", "side by side"),
            tips=(
                "How the weights of each layer are spread, and how many are exactly zero",
                "Every weight by name, the largest first; those that are exactly zero are folded at the end",
                "L1, L2 and the elastic net side by side: the exact solutions of the linear model at this λ",
            ),
        ),
        "Picture of the weights", "weightsPictureBox", "What is drawn of the weights",
    ),
    look(
        "compares_paths", Truth(), "Compare three penalties", "pathCompareButton",
        "The paths of the linear model under L1, L2 and the elastic net side by side, over the same λ", "Compare",
    ),
    look(
        "n_resamples", Whole(low=10, high=200), "Number of other samples", "resampleCountSpin",
        "How many fits of other samples Resample makes: more show the spread better, and take longer",
    ),
    look(
        "shows_spread", Truth(), "Map of the spread", "spreadButton",
        "Colour the map by how far the fits of other samples lie apart (their standard deviation), instead of lines",
        "Spread",
    ),
    Setting(
        "view.selected", PartOfModel(), "Selected part of the model", unsaid=ON_SIGHT, no_option=OF_THE_WINDOW,
        no_control="every panel shows it, in one colour, and selects by a click",
    ),
    look("geometry.x", _WEIGHT, "Weight on the horizontal axis", "geometryXBox"),
    look("geometry.y", _WEIGHT, "Weight on the vertical axis", "geometryYBox"),
    look(
        "geometry.reading",
        Choice(
            words=("slice", "profile"), entries=("others stand still", "others at their best"),
            tips=(
                "Data loss with the other weights and the biases as they are now",
                "The least of data loss + λ × penalty of the others, over the other weights and the biases",
            ),
        ),
        "What the other weights do while these two move", "geometryReadingBox",
    ),
    look(
        "geometry.is_sum", Truth(entries=("constraint: loss and ball", "penalty: loss + λ × penalty")),
        "Contours of the sum", "geometryViewBox", "Constraint: contours and ball; penalty: contours of the sum",
    ),
    look(
        "geometry.compares", Truth(), "Compare penalties", "geometryCompareButton",
        "Train three copies of the model on the same rows and seed, under L1, L2 and the elastic net",
    ),
    look(
        "geometry.is_principal", Truth(), "Plane of the trajectory", "geometryPrincipalButton",
        "The two directions in which all weights have moved most. They are held still until the weights leave their "
        "plane; off and on again chooses them anew.",
    ),
    look("geometry.watched", _WEIGHT, "Weight that is asked why it is zero", "geometryZeroBox"),
    *LOOKS,
)  # fmt: skip
