"""The part of the table of settings that says how single panels are looked at: what is drawn there, and in which order.

Of a panel some things are no settings, and undo leaves them: ARCHITECTURE.md says which, and why.
"""

from __future__ import annotations

from regdesk.core.settings.configuration import VARIABLES_COLUMNS
from regdesk.core.settings.setting import Setting
from regdesk.core.settings.setting_kinds import Choice, Kind, Text, Truth

ON_SIGHT = "it changes no number, and is seen at once"
OF_THE_WINDOW = "a command draws no window"
FALLING, RISING = "falling", "rising"


def look(path: str, kind: Kind, label: str, control: str, tip: str = "", caption: str = "") -> Setting:
    """A setting of the view, at ``path`` beneath it."""
    return Setting(
        f"view.{path}", kind, label, control=control, tip=tip, caption=caption, unsaid=ON_SIGHT,
        no_option=OF_THE_WINDOW,
    )  # fmt: skip


_ORDERS = tuple((column, way) for column in VARIABLES_COLUMNS for way in (RISING, FALLING))
LOOKS = (
    look("shows_prior", Truth(), "Prior", "priorButton", "Draw the prior that the penalty stands for"),
    look(
        "shows_norms", Truth(), "Norms over time", "overTimeButton",
        "‖W‖₁, ‖W‖₂ and how many weights are not zero, over time", "Over time",
    ),
    look("shows_training_rows", Truth(), "Training rows", "showTrainingRowsAction", caption="Show training rows"),
    look(
        "shows_validation_rows", Truth(), "Validation rows", "showValidationRowsAction",
        caption="Show validation rows",
    ),
    look("resamples", Truth(), "Fits of other samples", "resampleButton", caption="Resample"),
    look(
        "shows_scores", Truth(is_optional=True), "Accuracy and AUROC", "showScoresAction",
        caption="Show accuracy and AUROC",
    ),
    look(
        "shows_band", Truth(), "Hysteresis of the sweep", "showHysteresisAction",
        caption="Show where sweeps up and down end apart (hysteresis)",
    ),
    look(
        "path.axis",
        Choice(words=("lambda", "norm", "explained"), names=("λ", "‖w‖₁", "explained")),
        "Axis of the path", "pathAxisBox",
        "What the weights are drawn over: λ, ‖w‖₁ or the fraction of deviance explained",
    ),
    look(
        "path.scale", Choice(words=("standardised", "original"), names=("standardised", "original units")),
        "Scale of the path", "pathScaleBox", "Scale of the weights",
    ),
    look(
        "path.output", Text(is_optional=True), "Class of the path", "pathClassBox",
        "Class whose weights are drawn, or the norm over all of them",
    ),
    look(
        "path.lists_events", Truth(is_optional=True), "Events of the path", "pathEventsButton",
        "What enters and leaves, in words", "Events",
    ),
    look(
        "variables_order",
        Choice(
            words=tuple(f"{column}-{way}" for column, way in _ORDERS),
            names=tuple(f"{column} {way}" for column, way in _ORDERS),
        ),
        "Variables by", "variablesHeader",
    ),
    look(
        "calculator_order",
        Choice(words=("file", "added"), names=("file order", "most added first")),
        "Order of the inputs", "calculatorOrderBox",
        "As in the file, or by how much they add to the prediction when this is chosen",
    ),
    look(
        "calculator_class", Text(is_optional=True), "Class that is explained", "calculatorClassBox",
        "Curves and additions are of the probability of this class",
    ),
)  # fmt: skip
