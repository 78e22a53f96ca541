"""Pictures one after the other as one moving file, by Pillow: Qt reads such files and writes none."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Literal

from PIL import Image
from PIL.ExifTags import Base

from regdesk.core.stopping import Stopped

WEBP_EFFORT = 2
"""Of 0 to 6: more makes files a tenth smaller and takes three times as long."""


class _Pictures(Image.Image):
    """All pictures as one that can be wound to any of them, as Pillow's writers ask: one at a time is unpacked."""

    def __init__(self, pictures: Sequence[bytes], on_picture: Callable[[int], None]) -> None:
        super().__init__()
        self._pictures, self._on_picture = pictures, on_picture
        self.n_frames, self.is_animated = len(pictures), len(pictures) > 1
        self._place = self._furthest = -1
        self._first_size = (0, 0)
        self._unpack(0)

    def seek(self, frame: int) -> None:
        if frame >= self.n_frames:
            raise EOFError
        if frame != self._place:
            self._unpack(frame)
            if frame > self._furthest:
                # Writers wind back, too.
                self._furthest = frame
                self._on_picture(frame)

    def _unpack(self, frame: int) -> None:
        with Image.open(io.BytesIO(self._pictures[frame])) as opened:
            picture = opened.convert("RGB")
        if frame == 0:
            self._first_size = picture.size
        elif picture.size != self._first_size:
            # A film has one size.
            picture = picture.resize(self._first_size)
        self._place = frame
        self.im, self._mode, self._size = picture.im, "RGB", picture.size

    def tell(self) -> int:
        return self._place


def film(
    pictures: Sequence[bytes],
    kind: Literal["webp", "gif"],
    seconds: float,
    report: Callable[[float], None],
    should_stop: Callable[[], bool],
    notes: str = "",
) -> bytes:
    """``pictures``, each a whole PNG, as one file that lasts ``seconds`` and begins again at its end.

    ``notes`` in ASCII say where they come from: the comment of a GIF, the description (EXIF) of a WebP.

    ``report`` hears what share is done. Raises Stopped when ``should_stop`` says so.
    """

    def on_picture(number: int) -> None:
        if should_stop():
            raise Stopped
        report(number / len(pictures))

    written = io.BytesIO()
    # GIF counts in hundredths of a second; browsers show less than two of them as ten.
    least_ms = 20 if kind == "gif" else 1
    duration_ms = max(least_ms, round(1000.0 * seconds / len(pictures)))
    options: dict[str, object] = {"comment": notes.encode("ascii")}
    if kind == "webp":
        described = Image.Exif()
        described[Base.ImageDescription] = notes
        options = {"lossless": True, "method": WEBP_EFFORT, "exif": described}
    series = _Pictures(pictures, on_picture)
    series.save(written, kind.upper(), save_all=True, duration=duration_ms, loop=0, **options)
    return written.getvalue()
