"""λ for other programs is that of the model in force, and is calculated for whoever looks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from session_fakes import FakeWindow, HandClock, fake_workers, write_small

from regdesk.core.settings.configuration import Configuration
from regdesk.core.types import Architecture, DataSettings, TrainSettings
from regdesk.session.controller import Controller
from regdesk.session.controllers.frame_clock import START_AFTER_MS
from regdesk.session.session import Session


class Desk:
    """A linear model of the small table with a Lasso of λ = 0.1; the dialog is closed."""

    def __init__(self, folder: Path) -> None:
        training = TrainSettings("l1", 0.1)
        self.session = Session(Configuration(DataSettings(target="y"), Architecture(hidden=()), training, seed=3))
        self.window, clock, self.workers = FakeWindow(0), HandClock(), fake_workers(training)
        self.window.translations.is_open = False
        self.controller = Controller(self.window, self.session, self.workers, clock)
        self.controller.start()
        clock.advance(START_AFTER_MS)
        self.workers.engine.finish()
        self.file = write_small(folder)
        assert self.window.all_of("translations.show_available") == []
        self.controller.open_file(str(self.file), settings=DataSettings(target="y", validation_fraction=0.0))
        self.workers.reading.answer()

    @property
    def shown(self) -> list[tuple[str, dict[tuple[str, str], Any]]]:
        """What was shown, oldest first: the words, and the numbers by program and name."""
        return [
            (pressure, {(one.program, one.name): one.value for one in found})
            for pressure, found in self.window.all_of("translations.show")
        ]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_it_shows_what_is_in_force_and_follows_while_it_is_open(desk: Desk) -> None:
    assert desk.window.all_of("translations.show_available") == [(True,)]
    y = np.loadtxt(desk.file, delimiter=",", skiprows=1)[:, 3]
    desk.session.change("training.lam", 0.2, "hand")
    assert desk.shown == [], "nobody looks"
    desk.window.translations.requested.emit()
    desk.window.translations.is_open = True
    desk.session.change("training.lam", 0.5, "hand")
    desk.session.change("training.penalty", "l2", "hand")
    desk.session.change("view.smoothing", 0.5, "hand")
    assert [pressure for pressure, _ in desk.shown] == ["λ = 0.2, L1", "λ = 0.5, L1", "λ = 0.5, L2"]
    numbers = [found for _, found in desk.shown]
    assert numbers[0]["scikit-learn", "alpha"] == pytest.approx(0.2 * y.std(), rel=1e-12)
    assert numbers[1]["scikit-learn", "alpha"] == pytest.approx(0.5 * y.std(), rel=1e-12)
    assert numbers[2]["scikit-learn", "alpha"] == pytest.approx(0.5 * len(y), rel=1e-12)


def test_without_a_model_and_a_window_there_is_none(desk: Desk) -> None:
    desk.window.closed.emit()
    assert desk.window.all_of("translations.show_available") == [(True,), (False,)]


def test_other_layers_have_other_numbers(desk: Desk) -> None:
    desk.window.translations.is_open = True
    desk.session.change("training.penalty", "l2", "hand")
    desk.session.change("architecture.hidden", (4,), "hand")
    programs = [{program for program, _ in found} for _, found in desk.shown]
    assert programs[0] == {"glmnet", "scikit-learn", "Keras", "PyTorch"}
    assert programs[-1] == {"scikit-learn", "Keras", "PyTorch"}
