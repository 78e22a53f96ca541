"""Arrays as NPY, version 1.0 of NumPy's format, read by its letter: nothing in a file is evaluated or unpickled."""

from __future__ import annotations

import io
import re

import numpy as np
from numpy.lib import format as npy_format

from regdesk.core.types import Floats

_BEGIN = b"\x93NUMPY\x01\x00"
_HEADER = re.compile(
    rb"\{'descr': '(<f4|<f8)', 'fortran_order': False, 'shape': \((\d{1,12}(?:, \d{1,12})*),?\), \} *\n"
)
_MOST_HEADER = 256
DTYPES = {"float32": "<f4", "float64": "<f8"}


def npy_bytes(array: Floats) -> bytes:
    """``array`` as the content of an ``.npy`` file: little-endian, row by row."""
    found = io.BytesIO()
    own = np.ascontiguousarray(array, DTYPES[array.dtype.name])
    npy_format.write_array(found, own, version=(1, 0), allow_pickle=False)
    return found.getvalue()


def size_of_npy(shape: tuple[int, ...], dtype: str) -> int:
    """Most bytes that an ``.npy`` file of an array of this shape and dtype can have."""
    return _MOST_HEADER + int(np.prod(shape, dtype=object)) * np.dtype(DTYPES[dtype]).itemsize


def array_of_npy(content: bytes, shape: tuple[int, ...], dtype: str) -> Floats:
    """The array in ``content``. Raises ValueError for another shape or dtype, or damage."""
    start = len(_BEGIN) + 2
    length = int.from_bytes(content[len(_BEGIN) : start], "little")
    found = _HEADER.fullmatch(content[start : start + length])
    if not content.startswith(_BEGIN) or found is None:
        raise ValueError("it is no array of numbers in NPY, version 1.0")
    kind, sizes = found[1].decode(), tuple(int(one) for one in found[2].split(b","))
    if (kind, sizes) != (DTYPES[dtype], shape):
        raise ValueError(f"it is an array of {sizes} in {kind}, and not of {shape} in {DTYPES[dtype]}")
    rest = content[start + length :]
    if len(rest) != size_of_npy(shape, dtype) - _MOST_HEADER:
        raise ValueError("it does not have as many numbers as it says")
    return np.frombuffer(rest, kind).reshape(shape).astype(dtype)
