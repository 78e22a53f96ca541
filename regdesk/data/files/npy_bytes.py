"""Arrays as NPY, version 1.0 of NumPy's format, read by its letter: nothing in a file is evaluated or unpickled."""

from __future__ import annotations

import io
import re
from typing import Any

import numpy as np
from numpy.lib import format as npy_format
from numpy.typing import NDArray

from regdesk.core.types import Floats

Array = NDArray[Any]

_BEGIN = b"\x93NUMPY\x01\x00"
_HEADER = re.compile(
    rb"\{'descr': '(<f4|<f8|<i4|<i8|\|b1)', 'fortran_order': False, 'shape': \((\d{1,12}(?:, \d{1,12})*),?\), \} *\n"
)
_MOST_HEADER = 256
DTYPES = {"float32": "<f4", "float64": "<f8", "int32": "<i4", "int64": "<i8", "bool": "|b1"}


def npy_bytes(array: Array) -> bytes:
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
    found = any_array_of_npy(content)
    if (found.dtype.name, found.shape) != (dtype, shape):
        raise ValueError(
            f"it is an array of {found.shape} in {DTYPES[found.dtype.name]}, and not of {shape} in {DTYPES[dtype]}"
        )
    return found


def any_array_of_npy(content: bytes) -> Array:
    """The array in ``content``, whatever its shape and dtype. Raises ValueError for damage, and for another format."""
    start = len(_BEGIN) + 2
    length = int.from_bytes(content[len(_BEGIN) : start], "little")
    found = _HEADER.fullmatch(content[start : start + length])
    if not content.startswith(_BEGIN) or found is None:
        raise ValueError("it is no array of numbers in NPY, version 1.0")
    dtype = next(name for name, kind in DTYPES.items() if kind == found[1].decode())
    shape = tuple(int(one) for one in found[2].split(b",")) if found[2] else ()
    rest = content[start + length :]
    if len(rest) != size_of_npy(shape, dtype) - _MOST_HEADER:
        raise ValueError("it does not have as many numbers as it says")
    if dtype == "bool" and rest.strip(b"\0\1"):
        raise ValueError("it has truths that are neither yes nor no")
    return np.frombuffer(rest, DTYPES[dtype]).reshape(shape).astype(dtype)
