"""Shares of the rows that are held back; apart from what splits them, for the command line checks them first."""

from __future__ import annotations


def check_fractions(
    validation_fraction: float, test_fraction: float, both: str = "the validation and test fractions"
) -> None:
    """Raises ValueError, which calls them ``both``, unless they are from 0 to below 1 and leave rows to train on."""
    for name, fraction in (("validation", validation_fraction), ("test", test_fraction)):
        if not 0.0 <= fraction < 1.0:
            raise ValueError(f"the {name} fraction is {fraction:g}; it must be at least 0 and below 1")
    if validation_fraction + test_fraction >= 1.0:
        raise ValueError(f"{both} add up to 1 or more; that leaves nothing to train on")
