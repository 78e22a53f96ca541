"""What inputs are called: each by a name of its own, also where a column is called as an input of another would be."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from regdesk.core.weights.names import RESERVED

Wanted = tuple[str, str | None, int]
"""A column, one of its labels, or None where the column is an input itself, and the power to which it is raised."""


def wanted_name(column: str, label: str | None, power: int = 1) -> str:
    if label is not None:
        return f"{column}={label}"
    return column if power == 1 else f"{column}^{power}"


def distinct_input_names(wanted: Sequence[Wanted]) -> dict[Wanted, str]:
    """A name for each of ``wanted``, none of them twice or reserved.

    Columns come first and keep their names; of the others those that come later are numbered, such as "two=B (2)".
    """
    asked = {wanted_name(*one) for one in wanted}
    used = set(RESERVED)
    found: dict[Wanted, str] = {}
    for one in sorted(wanted, key=lambda one: one[1] is not None or one[2] > 1):
        name = wanted_name(*one)
        if name in used:
            name = next(text for number in count(2) if (text := f"{name} ({number})") not in used | asked)
        used.add(name)
        found[one] = name
    return found
