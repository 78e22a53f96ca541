"""The grid on which everything in the window stands: distances are multiples of 4 pixels, or half of one."""

from __future__ import annotations

NONE_PX = 0
TIGHT_PX = 2
"""Between lines that are read as one."""
SMALL_PX = 4
"""Between controls of one kind, and between a picture and what stands beside it."""
USUAL_PX = 8
"""Around what is in a panel, and between what has to do with each other and is of different kinds."""
WIDE_PX = 16
"""Between what has nothing to do with each other."""
