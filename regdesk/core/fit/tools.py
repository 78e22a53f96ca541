"""What can be done to the data in the picture of the fit itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PointTools:
    """What the picture offers.

    Attributes:
        no_move, no_add: why points cannot be moved, or added, as a sentence; empty where they can.
        copy: what was changed of the file's rows, as a sentence; empty where nothing was.
        degree: the largest power of the one number that is an input; None where there are others.
        asks_value: an added point has a number to predict that no axis shows.
    """

    no_move: str = ""
    no_add: str = ""
    copy: str = ""
    degree: int | None = None
    asks_value: bool = False


NO_TOOLS = PointTools("There are no points yet: open a file or a sample.", "There are no points yet.")
