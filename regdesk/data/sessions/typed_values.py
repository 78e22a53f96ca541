"""Frozen values of the core as JSON with arrays and bytes beside it, and back: both ways by the types of their fields.

What is read back is of the type that its field says, or there is a FormError: nothing is evaluated, and no class is
made that the types do not name.
"""

from __future__ import annotations

import math
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from typing import Any, cast

import numpy as np

from regdesk.core.fitted.json_form import FormError
from regdesk.data.files.npy_bytes import Array
from regdesk.data.sessions.known_types import hints_of, kinds_of, special_of

LARGEST = 2**63
_NOT_FINITE = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}
ArrayKeeper = Callable[[Array], str]
ArrayReader = Callable[[str], Array]
BytesKeeper = Callable[[bytes], str]
BytesReader = Callable[[str], bytes]


class ValueWriter:
    """Makes JSON of values; arrays and bytes go elsewhere, under the names that ``arrays`` and ``contents`` give."""

    def __init__(self, arrays: ArrayKeeper, contents: BytesKeeper) -> None:
        self._keep_array, self._keep_bytes = arrays, contents

    def written(self, hint: Any, value: Any, place: str) -> Any:
        """``value`` of the type ``hint``. Raises FormError, which names ``place``, where it is none."""
        special = special_of(hint)
        if special is not None:
            return _checked(lambda: special.write(value), place)
        options = _options_of(hint)
        if options is not None:
            return self._one_of(options, value, place)
        origin = typing.get_origin(hint)
        if origin is np.ndarray:
            return {"array": self._keep_array(_array_of(hint, np.asarray(value), place))}
        if origin is tuple:
            return self._tuple(hint, value, place)
        if origin is frozenset:
            (own,) = typing.get_args(hint)
            return sorted(self.written(own, one, place) for one in value)
        if _is_bytes_by_name(hint):
            return [[name, self._keep_bytes(content)] for name, content in value.items()]
        if hint is bytes:
            return self._keep_bytes(value) if value else ""
        if is_dataclass(hint):
            return self._fields(hint, value, place)
        return _plain_written(hint, value, place)

    def _one_of(self, options: tuple[Any, ...], value: Any, place: str) -> Any:
        if value is None and type(None) in options:
            return None
        for hint in options:
            if isinstance(value, _class_of(hint)):
                found = self.written(hint, value, place)
                return found if _is_alone(options) else {"kind": _class_of(hint).__name__, "value": found}
        raise FormError(f"{place} cannot be a {type(value).__name__}.")

    def _tuple(self, hint: Any, value: Any, place: str) -> Any:
        own = typing.get_args(hint)
        if _is_stack(own):
            # One part for hundreds of arrays of one shape.
            return {"arrays": self._keep_array(_array_of(own[0], np.array(value), place))} if value else []
        each = own[:1] * len(value) if own[-1] is Ellipsis else own
        if len(each) != len(value):
            raise FormError(f"{place} has {len(value)} values, and should have {len(each)}.")
        return [self.written(one, item, place) for one, item in zip(each, value, strict=True)]

    def _fields(self, kind: Any, value: Any, place: str) -> dict[str, Any]:
        # Of what is a class by its form mypy says that it cannot be kept.
        hints = hints_of(cast("Any", kind))
        if type(value) is not kind:
            raise FormError(f"{place} is a {type(value).__name__} and no {kind.__name__}.")
        return {
            one.name: self.written(hints[one.name], getattr(value, one.name), f"{place}.{one.name}")
            for one in fields(kind)
        }


class ValueReader:
    """Makes values of JSON; ``arrays`` and ``contents`` find by name what is elsewhere."""

    def __init__(self, arrays: ArrayReader, contents: BytesReader) -> None:
        self._array, self._bytes = arrays, contents

    def read(self, hint: Any, record: Any, place: str) -> Any:
        """The value of the type ``hint``. Raises FormError, which names ``place``, where ``record`` is none."""
        special = special_of(hint)
        if special is not None:
            return _checked(lambda: special.read(record), place)
        options = _options_of(hint)
        if options is not None:
            return self._one_of(options, record, place)
        origin = typing.get_origin(hint)
        if origin is np.ndarray:
            return _array_of(hint, self._array(_name_in(record, "array", place)), place)
        if origin is tuple:
            return self._tuple(hint, record, place)
        if origin is frozenset:
            (own,) = typing.get_args(hint)
            return frozenset(self.read(own, one, place) for one in _list(record, place))
        if _is_bytes_by_name(hint):
            return self._bytes_by_name(record, place)
        if hint is bytes:
            return self._bytes(_text(record, place)) if record != "" else b""
        if is_dataclass(hint):
            return self._fields(hint, record, place)
        return _plain_read(hint, record, place)

    def _bytes_by_name(self, record: Any, place: str) -> dict[str, bytes]:
        found: dict[str, bytes] = {}
        for one in _list(record, place):
            name, part = (_text(half, place) for half in _list(one, place, 2))
            found[name] = self._bytes(part)
        return found

    def _one_of(self, options: tuple[Any, ...], record: Any, place: str) -> Any:
        if record is None and type(None) in options:
            return None
        if _is_alone(options):
            return self.read(next(one for one in options if one is not type(None)), record, place)
        if not isinstance(record, Mapping) or set(record) != {"kind", "value"}:
            raise FormError(f"{place} does not say of which kind it is.")
        for hint in options:
            if _class_of(hint).__name__ == record["kind"]:
                return self.read(hint, record["value"], place)
        raise FormError(f"{place} is of no kind that this program knows.")

    def _tuple(self, hint: Any, record: Any, place: str) -> tuple[Any, ...]:
        own = typing.get_args(hint)
        if _is_stack(own) and record != []:
            return tuple(_array_of(own[0], self._array(_name_in(record, "arrays", place)), place))
        items = _list(record, place)
        each = own[:1] * len(items) if own[-1] is Ellipsis else own
        if len(each) != len(items):
            raise FormError(f"{place} has {len(items)} values, and should have {len(each)}.")
        return tuple(self.read(one, item, place) for one, item in zip(each, items, strict=True))

    def _fields(self, kind: Any, record: Any, place: str) -> Any:
        if not isinstance(record, Mapping):
            raise FormError(f"{place} is no object.")
        hints, values = hints_of(kind), {}
        known = {one.name: one for one in fields(kind)}
        for name in record:
            if name not in known:
                raise FormError(f"{place} has a value that this program does not know: {name!r:.60}.")
        for name, one in known.items():
            if name in record:
                values[name] = self.read(hints[name], record[name], f"{place}.{name}")
            elif one.default is MISSING and one.default_factory is MISSING:
                raise FormError(f"{place}.{name} is missing.")
        return kind(**values)


def _options_of(hint: Any) -> tuple[Any, ...] | None:
    """What a value may be where there are several; None where there is one."""
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        return typing.get_args(hint)
    return kinds_of(hint)


def _is_alone(options: tuple[Any, ...]) -> bool:
    return sum(one is not type(None) for one in options) == 1


def _class_of(hint: Any) -> Any:
    origin = typing.get_origin(hint)
    if origin is typing.Literal:
        return str
    return (float, int) if hint is float else origin or hint


def _is_stack(own: tuple[Any, ...]) -> bool:
    return len(own) == 2 and own[1] is Ellipsis and typing.get_origin(own[0]) is np.ndarray


def _is_bytes_by_name(hint: Any) -> bool:
    return typing.get_args(hint) == (str, bytes)


def _array_of(hint: Any, array: Array, place: str) -> Array:
    """``array`` if its dtype is what ``hint`` says; of a stack, if that of each is."""
    kind = typing.get_args(typing.get_args(hint)[1])[0]
    if not np.issubdtype(array.dtype, kind) or array.ndim == 0:
        raise FormError(f"{place} is an array of {array.dtype.name}, and should be one of {kind.__name__}.")
    return array


def _plain_written(hint: Any, value: Any, place: str) -> Any:
    if isinstance(hint, type) and issubclass(hint, Enum):
        return value.name
    if hint is float and isinstance(value, float | int) and not isinstance(value, bool):
        number = float(value)
        return number if math.isfinite(number) else str(number)
    if hint is int and isinstance(value, int | np.integer) and not isinstance(value, bool):
        return int(value)
    if hint is bool and isinstance(value, bool | np.bool_):
        return bool(value)
    return _plain_read(hint, value, place)


def _plain_read(hint: Any, record: Any, place: str) -> Any:
    if typing.get_args(hint)[-1:] == (Any,):
        # An object of JSON, whose meaning is the business of who has it written.
        if isinstance(record, Mapping):
            return record
    elif typing.get_origin(hint) is typing.Literal:
        found = next((one for one in typing.get_args(hint) if one == record), None)
        if found is not None:
            return found
    elif isinstance(hint, type) and issubclass(hint, Enum):
        if isinstance(record, str) and record in hint.__members__:
            return hint[record]
    elif hint is float:
        if isinstance(record, str) and record in _NOT_FINITE:
            return _NOT_FINITE[record]
        if isinstance(record, float | int) and not isinstance(record, bool) and abs(record) < 1e309:
            return float(record)
    elif hint is int:
        if isinstance(record, int) and not isinstance(record, bool) and -LARGEST <= record < 2 * LARGEST:
            return record
    elif hint in (str, bool) and isinstance(record, hint):
        return record
    raise FormError(f"{place} is {record!r:.40} and not what it should be.")


def _checked(work: Callable[[], Any], place: str) -> Any:
    try:
        return work()
    except ValueError as problem:
        raise FormError(f"{place}: {problem}") from None


def _list(record: Any, place: str, length: int | None = None) -> list[Any]:
    if not isinstance(record, list) or (length is not None and len(record) != length):
        raise FormError(f"{place} is no list, or not as long as it should be.")
    return record


def _text(record: Any, place: str) -> str:
    if not isinstance(record, str):
        raise FormError(f"{place} is no text.")
    return record


def _name_in(record: Any, word: str, place: str) -> str:
    if not isinstance(record, Mapping) or set(record) != {word}:
        raise FormError(f"{place} does not name an array.")
    return _text(record[word], place)
