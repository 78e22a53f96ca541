"""JSON of a part is what `json.dumps` makes of it, and takes less room on the way."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest

from regdesk.data.files.parted_file import PIECES, json_bytes

VALUES = {"é\ud800": [0.1, -0.0, 5e-324, None, True, "", []], "rows": [{"step": one, "x": []} for one in range(PIECES)]}


def whole(values: Any) -> bytes:
    return (json.dumps(values, allow_nan=False, indent=1) + "\n").encode("ascii")


def peak_bytes(written: Callable[[Any], bytes]) -> int:
    tracemalloc.start()
    try:
        written(VALUES)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("values", [VALUES, {}, {"a": {}}, {"numbers": list(range(PIECES))}])
def test_a_part_in_pieces_is_the_same_bytes(values: Any):
    assert json_bytes(values) == whole(values)


def test_its_pieces_are_not_all_kept_at_once():
    assert 3 * peak_bytes(json_bytes) < peak_bytes(whole)


def test_what_json_has_no_number_for_is_refused():
    with pytest.raises(ValueError, match="not JSON compliant"):
        json_bytes({"loss": float("nan")})
