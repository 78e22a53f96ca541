"""Two numbers and their sum, rounded so that what a person reads adds up to the last digit."""

from __future__ import annotations

import math

DIGITS = 4
"""Of the largest of the three."""
MORE_DIGITS = 3
"""So many more at most, so that the smaller part is not shown as 0."""
MOST_PLACES = 300
"""Beyond them powers of ten are no numbers any more."""
LARGEST_PLAIN, SMALLEST_PLAIN = 6, -4
"""Powers of ten beyond which a power of ten is written, the same one under all three."""


def adding_up(first: float, second: float) -> tuple[str, str, str]:
    """Texts of ``first``, ``second`` and their sum; none of them is off by a unit of its last digit or more.

    The sum is rounded to the nearest; of the parts, rounded down, those with the largest remainders go up until they
    add up to it (the method of the largest remainder). Neither may be negative. "–" for what is not finite.
    """
    total = first + second
    if not math.isfinite(total):
        return "–", "–", "–"
    if total == 0.0:
        return "0", "0", "0"
    power = math.floor(math.log10(total))
    smaller = min((part for part in (first, second) if part > 0.0), default=total)
    places = DIGITS - 1 - power
    wanted = -math.floor(math.log10(smaller))
    places = min(max(places, wanted), places + MORE_DIGITS, MOST_PLACES)
    if power < LARGEST_PLAIN:
        # Without a power of ten a 0 before the point reads as a digit.
        places = max(places, 0)
    scale = 10.0**places
    units = [math.floor(first * scale), math.floor(second * scale)]
    remainders = [first * scale - units[0], second * scale - units[1]]
    whole = round(total * scale)
    for number in sorted((0, 1), key=lambda one: -remainders[one])[: max(0, whole - sum(units))]:
        units[number] += 1
    # Rounding of the machine alone may leave a unit: the larger part bears it.
    units[0 if first >= second else 1] += whole - sum(units)
    return _text(units[0], places, power), _text(units[1], places, power), _text(whole, places, power)


def _text(units: int, places: int, power: int) -> str:
    """``units`` × 10^−places."""
    if units == 0:
        return "0"
    if SMALLEST_PLAIN <= power < LARGEST_PLAIN:
        return f"{units / 10.0**places:.{max(places, 0)}f}"
    return f"{units / 10.0 ** (places + power):.{places + power}f}e{power}"


def digits_text(value: float, digits: int = DIGITS) -> str:
    """So many significant digits, as short as they go."""
    if not math.isfinite(value):
        return "–"
    mantissa, _, exponent = f"{value:.{digits}g}".replace("-", "−").partition("e")
    return f"{mantissa}e{exponent.lstrip('+').replace('−0', '−').lstrip('0')}" if exponent else mantissa
