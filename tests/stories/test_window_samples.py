"""A sample that is opened from the menu brings what its text speaks of, whatever was in force before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from window_driver import WindowDriver, write_sparse

from regdesk.cli.arguments import parse_window_arguments
from regdesk.core.settings.view_table import PANELS
from regdesk.core.types import Architecture, DataSettings, TrainSettings
from regdesk.data.samples import Sample, samples

OTHERS = ("--hidden", "3", "--activation", "relu", "--penalty", "elastic-net", "--l1-ratio", "0.9", "--lam", "5")
MORE = ("--optimizer", "sgd", "--learning-rate", "0.1", "--batch-size", "8", "--seed", "7", "--missing", "drop")


def assert_in_force(driver: WindowDriver, one: Sample) -> None:
    """What the controls show, and what the live model is trained under."""
    settings = driver.snapshot.settings
    assert settings == one.training
    assert driver.snapshot.network.sizes[1:-1] == one.architecture.hidden
    state = driver.state
    assert (state["lam"], state["penalty"]) == (one.training.lam, one.training.penalty)
    assert driver.child("hiddenLayersEdit").text() == ",".join(str(units) for units in one.architecture.hidden)
    assert driver.child("penaltyBox").currentData() == one.training.penalty
    assert driver.child("targetLabel").text() == one.target
    assert driver.snapshot.network.activation == one.architecture.activation
    assert (driver.loaded.settings, driver.loaded.seed) == (DataSettings(target=one.target), 0)
    view = driver.session.configuration.view
    assert (view.layout, view.span_share, view.span_epochs) == (one.layout, None, None)
    assert not set(driver.window.docks.closed) & set(one.panels)
    assert driver.window.commands.view.layouts[one.layout].isChecked()


def test_each_sample_comes_with_what_its_text_speaks_of(make_window: Any, tmp_path: Path) -> None:
    file = write_sparse(tmp_path / "s.csv")
    driver = make_window(file, *OTHERS, *MORE, "--target", "a", "--features", "b,c")
    driver.wait_model()
    driver.leave_plots_unpainted()
    assert driver.snapshot.settings.penalty == "elastic-net"
    for one in samples():
        run = driver.snapshot.run
        # As somebody left it who looked at something else.
        looked = {"view.layout": "geometry", "view.closed_panels": PANELS[:6], "view.span_epochs": 100.0}
        driver.session.change_all(looked)
        driver.child(f"sample_{one.name}").trigger()
        driver.wait(lambda run=run: driver.snapshot.run > run)
        assert_in_force(driver, one)
        driver.paint_once()
        # What a person sets then is in force until another sample comes.
        driver.enter("lambdaEdit", "7")
        driver.wait(lambda: driver.snapshot.settings.lam == 7.0)
        if not one.architecture.is_linear:
            driver.enter("hiddenLayersEdit", "4")
            driver.wait(lambda: driver.snapshot.network.sizes[1:-1] == (4,))
        assert set(driver.window.docks.closed) == set(PANELS[:6]) - set(one.panels)
    # A file leaves all of it as it is.
    last = driver.snapshot
    driver.window.file_chosen.emit(str(file))
    driver.wait(lambda: driver.snapshot.run > last.run)
    assert driver.snapshot.settings == last.settings


def test_a_demonstration_that_is_under_way_does_not_put_its_lambda_back(make_window: Any, tmp_path: Path) -> None:
    driver = make_window(write_sparse(tmp_path / "s.csv"), "--hidden", "", "--penalty", "l1", "--lam", "0.5")
    driver.wait_model()
    driver.window.commands.up_down.go.trigger()
    driver.wait(lambda: driver.state["running"] and driver.state["lam"] != 0.5)
    run = driver.snapshot.run
    driver.child("sample_diabetes").trigger()
    driver.wait(lambda: driver.snapshot.run > run)
    assert_in_force(driver, next(one for one in samples() if one.name == "diabetes"))


@pytest.mark.parametrize("one", samples(), ids=lambda one: one.name)
def test_a_command_line_takes_from_the_sample_what_it_does_not_say(one: Sample) -> None:
    plain = parse_window_arguments(["--sample", one.name]).configuration
    assert (plain.architecture, plain.training, plain.seed) == (one.architecture, one.training, 0)
    asked = parse_window_arguments(["--sample", one.name, *OTHERS, *MORE]).configuration
    assert asked.architecture == Architecture((3,), "relu")
    assert asked.training == TrainSettings("elastic-net", 5.0, 0.9, "sgd", 0.1, 8)
    # Said, even though it is what one has without a sample.
    said = parse_window_arguments(["--lam", "0.01", "--hidden", "16,16", "--penalty", "l2", "--sample", one.name])
    assert (said.configuration.architecture, said.configuration.training) == (Architecture(), TrainSettings())
