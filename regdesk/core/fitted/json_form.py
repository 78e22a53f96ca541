"""Values that were read as JSON, looked at one by one: what is not as it should be is said with its place."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, TypeVar

Choice = TypeVar("Choice", bound=str)


class FormError(ValueError):
    """Values that are not what they should be. ``str()`` is one sentence that names the place."""


class Form:
    """Values at one place of a file; what is wrong with them is said with the place."""

    def __init__(self, place: str, values: Any) -> None:
        """Raises FormError when ``values``, which stand at ``place`` of a file, are no object of JSON."""
        self._place = place
        if not isinstance(values, Mapping):
            raise FormError(f"{place} is {_short(values)} and not an object.")
        self._values: Mapping[str, Any] = values

    @property
    def names(self) -> tuple[str, ...]:
        """Of the values that are there."""
        return tuple(str(name) for name in self._values)

    def wrong(self, name: str, wanted: str) -> FormError:
        """That the value ``name`` is not ``wanted``."""
        return FormError(f"{self._place}.{name} is {_short(self._values[name])} and not {wanted}.")

    def value(self, name: str) -> Any:
        """Whatever ``name`` is. Raises FormError, as all of these do, when it is missing."""
        if name not in self._values:
            raise FormError(f"{self._place}.{name} is missing.")
        return self._values[name]

    def text(self, name: str) -> str:
        found = self.value(name)
        if not isinstance(found, str):
            raise self.wrong(name, "a text")
        return found

    def text_or_none(self, name: str) -> str | None:
        """None also where ``name`` is missing, as in what an earlier version has written."""
        return None if self._values.get(name) is None else self.text(name)

    def texts_or_none(self, name: str) -> tuple[str, ...] | None:
        """As ``text_or_none``."""
        return None if self._values.get(name) is None else self.texts(name)

    def choice(self, name: str, choices: tuple[Choice, ...]) -> Choice:
        found = next((one for one in choices if one == self.value(name)), None)
        if found is None:
            raise self.wrong(name, f"one of {', '.join(choices)}")
        return found

    def items(self, name: str) -> list[Any]:
        found = self.value(name)
        if not isinstance(found, list):
            raise self.wrong(name, "a list")
        return found

    def texts(self, name: str) -> tuple[str, ...]:
        found = self.items(name)
        if not all(isinstance(one, str) for one in found):
            raise self.wrong(name, "a list of texts")
        return tuple(found)

    def number(self, name: str) -> float:
        found = self.value(name)
        if not _is_number(found):
            raise self.wrong(name, "a number")
        return float(found)

    def numbers(self, name: str) -> tuple[float, ...]:
        found = self.items(name)
        if not all(_is_number(one) for one in found):
            raise self.wrong(name, "a list of numbers")
        return tuple(float(one) for one in found)

    def number_or_none(self, name: str) -> float | None:
        """As ``text_or_none``; a whole number stays one."""
        if self._values.get(name) is None:
            return None
        found = self.number(name)
        return self._values[name] if isinstance(self._values[name], int) else found

    def truth_or_none(self, name: str) -> bool | None:
        """As ``text_or_none``."""
        found = self._values.get(name)
        if found is not None and not isinstance(found, bool):
            raise self.wrong(name, "true, false or null")
        return found

    def whole_numbers(self, name: str) -> tuple[int, ...]:
        """None of them is below 0."""
        found = self.items(name)
        if not all(isinstance(one, int) and not isinstance(one, bool) and 0 <= one < 2**53 for one in found):
            raise self.wrong(name, "a list of whole numbers from 0 on")
        return tuple(found)

    def part(self, name: str) -> Form:
        """The object that ``name`` is."""
        return Form(f"{self._place}.{name}", self.value(name))

    def words(self, name: str) -> Mapping[str, str] | None:
        found = self.value(name)
        if found is None:
            return None
        if not isinstance(found, Mapping) or not all(isinstance(one, str) for one in (*found, *found.values())):
            raise self.wrong(name, "an object of texts, or null")
        return dict(found)


def _is_number(value: Any) -> bool:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:
        # A whole number with more than 308 digits.
        return False


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:39]}…"
