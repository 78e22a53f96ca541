"""What each picture of the fit is called, and what one sees in it, for the help bubble."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regdesk.core.fit.scene import FitKind, FitScene

ROWS = (
    "The line under the title says which marks are training rows and which validation rows, and how good the model's "
    "answer is on the validation rows, which it is not trained on."
)
HELP: dict[FitKind, str] = {
    "curve": "Each point is a row, the line is the model's answer along one column. A line that runs through every "
    "training row and past the validation rows fits too closely; a stronger penalty makes it smoother.",
    "map": "The ground is the model's answer to every pair of values of two columns; each point is a row. Islands "
    "around single training rows show a fit that is too close; a stronger penalty makes the ground smoother.",
    "parity": "Each row's actual value against what the model predicts. On the dashed diagonal both are the same. "
    "Training rows nearer to it than validation rows show a fit that is too close.",
    "roc": "The ROC: how many of the second class are found (upwards) at the price of how many of the first (to the "
    "right), for every threshold of the predicted probability; the ring is 0.5. A training curve far above the "
    "validation curve shows a fit that is too close. The histogram shows the rows of both classes by their "
    "probability: the further apart, the better.",
    "class-curves": "The probability of each class along one column; beneath, each class's rows in a lane of its own.",
    "class-map": "Every pair of values of two columns in the colour of its likeliest class, paler where the model is "
    "less sure; each point is a row.",
    "confusion": "Rows by their actual class (down) and the class that the model takes them for (across). On the "
    "diagonal, framed, it is right; a cell with a filled corner counts mistakes.",
}
SLICE = (
    "This is a slice: columns that are not along an axis stand at the median of the training rows, or at their most "
    "frequent category. The rows, drawn pale, have values of their own there."
)
POINTS: frozenset[FitKind] = frozenset(["curve", "map", "parity", "class-curves", "class-map"])
"""Pictures in which each row has a point."""
MOVE = (
    "Move points lets you drag points, and add training rows by a click; it is your own copy, and the file stays as it "
    "is. Resample fits other samples of the training rows, as many as you say: how far they lie apart is how much is "
    "chance. On a map Spread shows that in colour."
)
CLICK = "A click on a point puts its row into the calculator."
FROZEN = "Freeze leaves the present fit as a dotted ghost, to compare with what comes."


DETAILS: dict[FitKind, str] = {
    "parity": "predicted against actual",
    "roc": "ROC and scores",
    "confusion": "actual against predicted class",
}


def title_of(scene: FitScene) -> str:
    """The panel's title while it draws ``scene``."""
    detail = DETAILS.get(scene.kind, "")
    if scene.slice_columns:
        detail = f"slice along {', '.join(scene.slice_columns)}"
    return f"Data fit: {detail}" if detail else "Data fit"


def help_text(scene: FitScene) -> str:
    """A few sentences on the picture that is drawn."""
    parts = [HELP[scene.kind], SLICE if scene.has_others else "", ROWS, CLICK if scene.kind in POINTS else ""]
    parts += [MOVE if scene.kind in POINTS and len(scene.classes) < 3 else "", FROZEN]
    return " ".join(part for part in parts if part)
