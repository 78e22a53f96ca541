"""A film is what its pictures were: as many, in their order, as long as was wanted."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image
from PIL.ExifTags import Base

from regdesk.core.stopping import Stopped
from regdesk.desktop.animation_file import film


def pictures(n_pictures: int, size: tuple[int, int] = (40, 30)) -> list[bytes]:
    """Each has a square of its own place and colour on white."""
    found = []
    for number in range(n_pictures):
        pixels = np.full((size[1], size[0], 3), 255, dtype=np.uint8)
        pixels[5:15, 3 * number : 3 * number + 8] = (200, 20 * number, 40)
        written = io.BytesIO()
        Image.fromarray(pixels).save(written, "PNG")
        found.append(written.getvalue())
    return found


@pytest.mark.parametrize(("kind", "error"), [("webp", 0.0), ("gif", 4.0)])
def test_every_picture_is_in_it(kind: str, error: float) -> None:
    wanted, shares = pictures(7), []
    with Image.open(io.BytesIO(film(wanted, kind, 1.4, shares.append, lambda: False))) as found:
        assert (found.n_frames, found.size, found.info["loop"]) == (7, (40, 30), 0)
        durations = []
        for number, content in enumerate(wanted):
            found.seek(number)
            found.load()
            durations.append(found.info["duration"])
            pixels = np.asarray(found.convert("RGB")).astype(float)
            with Image.open(io.BytesIO(content)) as picture:
                assert np.abs(pixels - np.asarray(picture.convert("RGB"))).max() <= error
        assert sum(durations) == 1400
    assert shares == sorted(shares)
    assert 0.8 < shares[-1] < 1.0


def test_it_says_where_it_comes_from() -> None:
    # Longer than one block of a GIF.
    notes = '{"digest": "' + "ab" * 400 + '"}'
    found = {kind: film(pictures(2), kind, 1.0, lambda _: None, lambda: False, notes) for kind in ("webp", "gif")}
    with Image.open(io.BytesIO(found["gif"])) as gif, Image.open(io.BytesIO(found["webp"])) as webp:
        assert gif.info["comment"].decode() == notes
        assert webp.getexif()[Base.ImageDescription] == notes


def test_pictures_of_another_size_are_brought_to_that_of_the_first() -> None:
    mixed = [*pictures(2), *pictures(3, (80, 60))[2:]]
    with Image.open(io.BytesIO(film(mixed, "webp", 1.0, lambda _: None, lambda: False))) as found:
        assert (found.n_frames, found.size) == (3, (40, 30))


def test_it_is_given_up_between_two_pictures() -> None:
    n_seen = 0

    def should_stop() -> bool:
        nonlocal n_seen
        n_seen += 1
        return n_seen > 3

    with pytest.raises(Stopped):
        film(pictures(7), "webp", 1.0, lambda _: None, should_stop)
    assert n_seen == 4
