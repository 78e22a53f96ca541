"""A lesson that goes by the reader's data, opened where there are none: a sample stands in, and it is said."""

from __future__ import annotations

from session_fakes import FakeWindow, HandClock, fake_workers, loaded_from, snapshot_of

from regdesk.core.settings.configuration import Configuration
from regdesk.data.lessons.bundled import bundled_lesson
from regdesk.data.samples import sample_path, samples
from regdesk.session.controller import Controller
from regdesk.session.controllers.frame_clock import FRAME_MS, START_AFTER_MS
from regdesk.session.session import Session


def test_a_sample_stands_in_for_data_that_are_not_open() -> None:
    session = Session(Configuration())
    window, clock, workers = FakeWindow(0), HandClock(), fake_workers(session.configuration.training)
    controller = Controller(window, session, workers, clock)
    controller.start()
    clock.advance(START_AFTER_MS)
    workers.engine.finish()
    lesson, one = bundled_lesson("your-own-data"), samples()[0]
    controller.open_file(str(lesson.path))
    workers.reading.answer()
    configuration = session.configuration
    assert (configuration.source.sample, configuration.data.target) == (one.name, one.target)
    assert (configuration.architecture, configuration.training) == (one.architecture, one.training)
    assert f"the sample {one.title} stands in" in str(window.all_of("show_status"))
    # Data that are open stay.
    n_read = len(workers.reading.asked)
    controller.open_file(str(lesson.path))
    assert len(workers.reading.asked) == n_read
    controller.shut_down()


def test_its_first_panel_is_put_in_front_again_when_the_step_begins(tmp_path) -> None:
    """The lesson's own dock takes room when it opens, for which panels go behind others."""
    session = Session(Configuration())
    window, clock, workers = FakeWindow(0), HandClock(), fake_workers(session.configuration.training)
    controller = Controller(window, session, workers, clock)
    window.lessons.panels_in_sight = dict
    controller.start()
    clock.advance(START_AFTER_MS)
    workers.engine.finish()
    controller.open_file(str(bundled_lesson("corners-and-zeros").path))
    n_before = len(window.all_of("lessons.arrange"))
    workers.reading.answer()
    now = session.configuration
    loaded = loaded_from(sample_path("diabetes"), target="progression", features=now.data.features)
    workers.training.mailbox.offer(snapshot_of(loaded, now.architecture, now.training, 0))
    clock.advance(4 * FRAME_MS)
    clock.advance(200)
    arranged = window.all_of("lessons.arrange")
    assert len(arranged) == n_before + 1
    assert arranged[-1][1] == ("geometryPanel", "histogramPanel")
    controller.shut_down()
