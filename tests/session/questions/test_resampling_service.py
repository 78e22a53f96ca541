"""The cloud of fits of other samples: when it is asked for, of what, and when it belongs to the past."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from session_fakes import FakeBackground, HandClock, emissions

from regdesk.core.settings.configuration import Configuration, with_values
from regdesk.session.questions.resampling_service import (
    CLASSES,
    LABELS,
    NO_MODEL,
    NO_PICTURE,
    REST_MS,
    ResamplingService,
)

pytestmark = pytest.mark.usefixtures("qapp")
CLOUD: Any = SimpleNamespace(settings=Configuration().training)


class Desk:
    """The service among fakes, with a linear model of one number that rests."""

    def __init__(self) -> None:
        self.thread, self.clock = FakeBackground(), HandClock()
        self.session: Any = SimpleNamespace(configuration=Configuration())
        self.scene = SimpleNamespace(classes=(), kind="curve", axis_names=("age",), axis_categories=((),))
        self.run = SimpleNamespace(number=4, dataset="rows", architecture="linear", seed=3, is_linear=True)
        self.model: Any = SimpleNamespace(
            run=self.run, scene=self.scene, snapshot=None, is_waiting=False, fit_view="view"
        )
        thread: Any = self.thread
        self.service = ResamplingService(thread, self.session, self.model, self.clock)
        self.changed = emissions(self.service.changed)

    @property
    def n_asked(self) -> int:
        return len(self.thread.asked)

    def want(self, is_wanted: bool) -> None:
        """A person chooses whether there are fits of other samples."""
        self.session.configuration = with_values(self.session.configuration, {"view.resamples": is_wanted})
        self.touch("view.resamples")

    def touch(self, path: str) -> None:
        change: Any = SimpleNamespace(touches=lambda prefix: path.startswith(prefix))
        self.service.follow(change)


def test_it_is_said_why_there_can_be_no_cloud() -> None:
    desk = Desk()
    assert desk.service.unavailable_reason == ""
    desk.scene.kind = "map"
    assert desk.service.unavailable_reason == ""
    desk.scene.classes = ("a", "b")
    assert desk.service.unavailable_reason == "", "of two classes there is one probability"
    desk.scene.axis_names, desk.scene.axis_categories = ("age", "town"), ((), ("x", "y"))
    assert desk.service.unavailable_reason == LABELS.format(name="town")
    desk.scene.kind = "parity"
    assert desk.service.unavailable_reason == NO_PICTURE
    desk.scene.classes = ("a", "b", "c")
    assert desk.service.unavailable_reason == CLASSES
    desk.want(True)
    assert (desk.n_asked, desk.service.is_working) == (0, False)
    desk.model.run = None
    assert desk.service.unavailable_reason == NO_MODEL


def test_switched_on_it_asks_at_once_for_what_is_shown() -> None:
    desk = Desk()
    desk.model.snapshot = SimpleNamespace(parameters=np.array([1.0, 2.0]), epoch=7.0)
    desk.want(True)
    (asked,) = desk.thread.asked
    (work,) = asked.args
    assert (work.run, work.dataset, work.view, work.architecture, work.seed) == (4, "rows", "view", "linear", 3)
    assert (work.parameters.tolist(), work.epoch) == ([1.0, 2.0], 7.0)
    assert work.settings == desk.session.configuration.training
    assert work.n_fits == desk.session.configuration.view.n_resamples
    assert (desk.service.is_on, desk.service.is_working, len(desk.changed)) == (True, True, 1)
    desk.thread.succeeded.emit(desk.thread.newest + 1, "late")
    assert desk.service.cloud is None
    desk.thread.succeeded.emit(desk.thread.newest, CLOUD)
    assert (desk.service.cloud, desk.service.is_working, len(desk.changed)) == (CLOUD, False, 2)
    assert not desk.service.is_stale
    desk.want(False)
    assert (desk.service.cloud, desk.service.is_on, len(desk.changed)) == (None, False, 3)
    before = Desk()
    before.want(True)
    (first,) = before.thread.asked[0].args
    assert (len(first.parameters), first.epoch) == (0, 0.0), "a linear model is solved, without a moment of its own"


def test_another_lambda_has_a_new_cloud_once_it_rests() -> None:
    desk = Desk()
    desk.touch("training.lam")
    assert desk.changed == [], "nobody wants one"
    desk.want(True)
    desk.thread.succeeded.emit(desk.thread.newest, CLOUD)
    desk.session.configuration = replace(
        desk.session.configuration, training=replace(desk.session.configuration.training, lam=0.5)
    )
    assert desk.service.is_stale
    n_changed = len(desk.changed)
    for path in ("training.lam", "view.n_resamples"):
        desk.clock.advance(REST_MS - 1)
        desk.touch(path)
    assert (desk.n_asked, len(desk.changed), desk.service.is_working) == (1, n_changed + 2, True)
    desk.touch("view.smoothing")
    assert len(desk.changed) == n_changed + 2
    desk.clock.advance(REST_MS - 1)
    assert desk.n_asked == 1
    desk.clock.advance(1)
    assert (desk.n_asked, len(desk.changed)) == (2, n_changed + 3)
    assert desk.service.cloud is CLOUD, "until the new one is there"
    desk.touch("training.lam")
    desk.thread.succeeded.emit(2, "of the λ before")
    assert desk.service.cloud is CLOUD


def test_other_rows_take_the_cloud_away_and_a_network_waits_for_its_first_moment() -> None:
    desk = Desk()
    desk.want(True)
    desk.thread.succeeded.emit(desk.thread.newest, CLOUD)
    desk.run.is_linear = False
    desk.service.begin_run()
    assert (desk.service.cloud, desk.service.is_working) == (None, True)
    desk.clock.advance(REST_MS)
    assert (desk.n_asked, desk.service.is_working) == (1, True), "it looks again later"
    desk.model.snapshot = SimpleNamespace(parameters=np.zeros(1), epoch=1.0)
    desk.model.is_waiting = True
    desk.clock.advance(REST_MS)
    assert desk.n_asked == 1, "code is still being compiled"
    desk.model.is_waiting = False
    desk.clock.advance(REST_MS)
    assert desk.n_asked == 2
    failed = emissions(desk.service.failed)
    desk.thread.failed.emit(desk.thread.newest, "error")
    assert (failed, desk.service.is_working) == (["error"], False)
    desk.service.show_scene()
    assert desk.service.is_working
    n_changed = len(desk.changed)
    desk.service.end_run()
    assert (desk.service.is_working, len(desk.changed)) == (False, n_changed + 1)
    desk.want(False)
    desk.service.begin_run()
    assert not desk.service.is_working
    desk.clock.advance(10 * REST_MS)
    assert desk.n_asked == 2
