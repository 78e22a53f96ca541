"""What pictures a person wants: of which panels, how large, in which colours, of which kinds and where."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication

from regdesk.views.export.picture import Pause, Picture, check_size
from regdesk.views.export.picture_sheet import PictureLook
from regdesk.views.kit.text_size import text_scale

SizeUnit = Literal["cm", "px"]
PictureColours = Literal["light", "dark"]
KINDS = ("png", "svg", "pdf")
CM_PER_INCH, POINTS_PER_INCH, PX_PER_INCH = 2.54, 72.0, 96.0
LEAST_LETTERS: dict[SizeUnit, float] = {"cm": 6.0, "px": 8.0}
"""In points and in pixels: smaller ones are not read in print, or on a screen."""
LEAST_SHEET_PX = (340, 230)
"""Width and height of the smallest sheet on which every panel can be read, with text of the usual size."""


@dataclass(frozen=True)
class PictureRequest:
    """``width`` and ``height`` are in ``unit``; ``text_size`` is in points where that is cm, else in pixels.

    ``dots_per_inch`` are those of a PNG whose size is in cm. ``panels`` are object names.
    """

    panels: tuple[str, ...] = ()
    unit: SizeUnit = "cm"
    width: float = 16.0
    height: float = 10.0
    text_size: float = 9.0
    dots_per_inch: int = 300
    colours: PictureColours = "light"
    kinds: tuple[str, ...] = KINDS
    has_caption: bool = True
    folder: str = ""

    @property
    def png_size_px(self) -> tuple[int, int]:
        per_unit = self.dots_per_inch / CM_PER_INCH if self.unit == "cm" else 1.0
        return round(self.width * per_unit), round(self.height * per_unit)

    @property
    def most_text_size(self) -> float:
        """The largest text with which panels can be read at this size."""
        letters_px, per_unit = _letters_px(), POINTS_PER_INCH / CM_PER_INCH if self.unit == "cm" else 1.0
        least = (text_scale() * length for length in LEAST_SHEET_PX)
        return min(
            length * per_unit * letters_px / room for length, room in zip((self.width, self.height), least, strict=True)
        )

    def look(self, caption: tuple[str, ...]) -> PictureLook:
        """The sheet whose letters have the size that is wanted; none larger than that with which all can be read."""
        per_unit = POINTS_PER_INCH / CM_PER_INCH if self.unit == "cm" else 1.0
        factor = per_unit * _letters_px() / min(self.text_size, self.most_text_size)
        return PictureLook(
            width_px=round(self.width * factor),
            height_px=round(self.height * factor),
            has_title=self.has_caption,
            has_readout=False,
            has_lists=False,
            caption=caption if self.has_caption else (),
        )

    def letters_of(self, picture: Picture) -> float:
        """The size of the letters of ``picture``, in points where lengths are cm, else in pixels.

        They are smaller than was wanted where all that a panel holds would have had no room.
        """
        per_unit = POINTS_PER_INCH / CM_PER_INCH if self.unit == "cm" else 1.0
        return self.width * per_unit * _letters_px() / picture.width_px

    def readable_size(self, letters: float) -> tuple[float, float] | None:
        """The least width and height at which ``letters`` of this size would be read; None where they are."""
        least = LEAST_LETTERS[self.unit]
        # Sizes of letters are written with one decimal.
        if letters >= least - 0.05:
            return None
        step = 0.5 if self.unit == "cm" else 10.0
        width, height = (math.ceil(length * least / letters / step) * step for length in (self.width, self.height))
        return width, height

    def small_letters_sentence(self, picture: Picture) -> str:
        """That the letters of ``picture`` are too small to be read, as all that its panel holds has no more room, and
        at which size they would be; empty where they are read.
        """
        letters = self.letters_of(picture)
        size = self.readable_size(letters)
        if size is None:
            return ""
        form = QCoreApplication.translate(
            "PictureSaving",
            "{title}: the letters are {letters:.1f} {unit}, too small to be read; {width:g} × {height:g} {lengths} "
            "would do.",
        )
        letter_unit = "pt" if self.unit == "cm" else "px"
        return form.format(
            title=picture.title, letters=letters, unit=letter_unit, width=size[0], height=size[1], lengths=self.unit
        )

    def file_names(self) -> list[str]:
        """Of all files that are wanted, panel by panel."""
        return [f"{panel}.{kind}" for panel in self.panels for kind in self.kinds]

    def check(self) -> None:
        """Raises TooManyPixels for a PNG that is too large for any machine."""
        if "png" in self.kinds:
            check_size(*self.png_size_px)

    def files_of(self, picture: Picture, notes: str, pause: Pause = lambda: None) -> dict[str, bytes]:
        """The files of one panel by name. Raises TooManyPixels, and what ``pause`` raises."""
        made: dict[str, bytes] = {}
        if "png" in self.kinds:
            made[f"{picture.name}.png"] = picture.png(*self.png_size_px, notes, pause)
        if "svg" in self.kinds:
            suffix = "cm" if self.unit == "cm" else ""
            made[f"{picture.name}.svg"] = picture.svg(f"{self.width:g}{suffix}", f"{self.height:g}{suffix}", notes)
            pause()
        if "pdf" in self.kinds:
            mm = 10.0 if self.unit == "cm" else 10.0 * CM_PER_INCH / PX_PER_INCH
            made[f"{picture.name}.pdf"] = picture.pdf(self.width * mm, self.height * mm, notes, pause)
        return made


def _letters_px() -> int:
    """The size of the letters of the window."""
    return QFontInfo(QApplication.font()).pixelSize()
