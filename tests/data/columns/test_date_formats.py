"""Dates: in which form they are, and what day they are."""

from __future__ import annotations

import locale
from datetime import UTC, datetime

import pytest

from regdesk.data.columns.date_formats import FORMS, ISO_8601, date_format, date_in_words, day_of, swapped_form

MOMENT = datetime(2024, 12, 31, 13, 5, tzinfo=UTC)
DAY = 20088.0
"""From 1970-01-01 to 2024-12-31: 54 years of 365 days, 14 leap days and 365 days but for the last."""


@pytest.mark.parametrize("form", [form for form in FORMS if "%d" in form])
def test_every_form_reads_what_is_written_in_it(form: str) -> None:
    cell = MOMENT.strftime(form)
    time = (13 * 3600 + 5 * 60) / 86_400 if "%H" in form or "%I" in form else 0.0
    assert day_of(cell, form) == pytest.approx(DAY + time, abs=1e-9)


@pytest.mark.parametrize(
    ("form", "cells"),
    [
        (ISO_8601, ("2024-01-31", "2024-02-01T10:00:00Z")),
        ("%d/%m/%Y", ("03/04/2020", "05/06/2021")),
        ("%m/%d/%Y", ("03/04/2020", "05/16/2021")),
        ("%d.%m.%y", ("31.12.69",)),
        ("%d %b %Y", ("3 March 2020", "3 sep. 2020", "3 Sept 2020")),
        ("%Y-%m", ("2024-01",)),
        (None, ("3 Brumaire 2020",)),
        (None, ("31.02.2024",)),
        (None, ("13:05 PM",)),
        (None, ("01/31/2024 13:05 PM",)),
        (None, ("2024",)),
        (None, ("20240131",)),
        (None, ("1.2.3",)),
        (None, ("Level 5",)),
        (None, ()),
    ],
)
def test_the_form_that_dates_have_in_common(form: str | None, cells: tuple[str, ...]) -> None:
    assert date_format(cells) == form


def test_months_have_english_names_whatever_the_process_speaks() -> None:
    before = locale.setlocale(locale.LC_TIME)
    try:
        locale.setlocale(locale.LC_TIME, "de_DE.UTF-8")
    except locale.Error:
        pytest.skip("the machine knows no German")
    try:
        assert date_in_words("3 May 2020", "%d %b %Y") == "3 May 2020"
        assert day_of("05/03/2020 1:00 PM", "%m/%d/%Y %I:%M %p") == pytest.approx(18385 + 13 / 24)
    finally:
        locale.setlocale(locale.LC_TIME, before)


def test_the_other_order_of_day_and_month() -> None:
    assert swapped_form("%d/%m/%Y %H:%M") == "%m/%d/%Y %H:%M"
    assert swapped_form("%d-%m-%y") == "%m-%d-%y"
    assert swapped_form("%d.%m.%Y") is None
    assert swapped_form(ISO_8601) is None
