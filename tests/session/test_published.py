"""Published results are found in a thread when somebody looks, and their data open with the model that is printed."""

from __future__ import annotations

from typing import Any

import pytest
from session_fakes import FakeWindow, HandClock, fake_workers

import regdesk.data.samples as samples
from regdesk.core.published.nist_tables import FILIP, LONGLEY
from regdesk.core.published.tables import LARS_KNOTS, PUBLISHED_RESULTS
from regdesk.core.settings.configuration import Configuration
from regdesk.core.types import TrainSettings
from regdesk.session.controller import Controller
from regdesk.session.controllers.frame_clock import START_AFTER_MS
from regdesk.session.session import Session


class Desk:
    def __init__(self) -> None:
        self.session = Session(Configuration(seed=3))
        self.window, clock, self.workers = FakeWindow(0), HandClock(), fake_workers(TrainSettings())
        self.controller = Controller(self.window, self.session, self.workers, clock)
        self.controller.start()
        clock.advance(START_AFTER_MS)
        self.workers.engine.finish()

    @property
    def shown(self) -> list[Any]:
        return self.window.all_of("published.show")


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_the_first_and_then_the_one_that_was_chosen(desk: Desk) -> None:
    desk.window.published.result_requested.emit("")
    assert desk.shown == [], "it is still being found"
    desk.workers.finding.answer()
    desk.window.published.result_requested.emit(LONGLEY.name)
    desk.workers.finding.answer()
    assert [shown[:2] for shown in desk.shown] == [(PUBLISHED_RESULTS, LARS_KNOTS), (PUBLISHED_RESULTS, LONGLEY)]
    for _, result, rows, problem in desk.shown:
        assert [row.printed for row in rows] == list(result.rows)
        assert all(row.agrees for row in rows)
        assert problem == ""


def test_the_data_come_with_the_model_that_is_printed(desk: Desk) -> None:
    desk.window.published.data_requested.emit(LONGLEY.name)
    desk.workers.reading.answer()
    configuration = desk.session.configuration
    assert configuration.data.target == "employed_thousands"
    assert configuration.data.features == LONGLEY.features
    assert configuration.data.validation_fraction == 0.0
    assert configuration.architecture.hidden == ()
    assert (configuration.training.penalty, configuration.training.lam, configuration.seed) == ("none", 0.0, 0)
    desk.window.published.data_requested.emit(FILIP.name)
    desk.workers.reading.answer()
    assert desk.session.configuration.data.degree == 10


def test_a_file_that_was_not_installed_is_said(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(samples, "resource_file", lambda _kind, _name: None)
    for ask in (desk.window.published.result_requested, desk.window.published.data_requested):
        ask.emit(LONGLEY.name)
        _, result, rows, problem = desk.shown[-1]
        assert (result, rows) == (LONGLEY, ())
        assert problem == "longley.csv: this file was not installed with the program; install it again."
    assert desk.workers.finding.asked == []
