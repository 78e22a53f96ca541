"""What film of a run a person wants: of what, as what, how many pictures, how long and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FilmKind = Literal["webp", "gif", "png"]
MOST_PICTURES = 1000


@dataclass(frozen=True)
class AnimationRequest:
    """``panel`` is an object name, empty for the whole window; ``n_pictures`` are spread over the run evenly, and last
    ``seconds`` together where they are one file. ``name`` is that of the file without its ending.
    """

    panel: str = ""
    kind: FilmKind = "webp"
    n_pictures: int = 100
    seconds: float = 10.0
    folder: str = ""
    name: str = "run"

    def file_names(self, n_pictures: int) -> list[str]:
        """Of all files that come of so many pictures: numbered from 1 on, with as many digits as the last one has."""
        if self.kind != "png":
            return [f"{self.name}.{self.kind}"]
        n_digits = max(3, len(str(n_pictures)))
        return [f"{self.name}-{number:0{n_digits}d}.png" for number in range(1, n_pictures + 1)]
