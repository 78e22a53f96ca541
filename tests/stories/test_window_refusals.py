"""A refusal on the status line makes room for whatever is done after it, and stays where nothing is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from window_driver import WindowDriver, write_csv

from regdesk.views.kit import theme

UNPENALISED = "no input is penalised, as every penalty factor is 0"


@pytest.fixture
def driver(make_window: Any, tmp_path: Path) -> WindowDriver:
    """A paused linear model whose sweep has been refused, as no input is penalised."""
    columns = np.random.default_rng(3).normal(size=(3, 40)).round(3)
    file = write_csv(tmp_path / "free.csv", ["a", "b", "y"], list(columns))
    factors = ("--penalty-factor", "a=0", "--penalty-factor", "b=0")
    driver: WindowDriver = make_window(file, "--target", "y", "--hidden", "", "--penalty", "l1", *factors)
    driver.wait_model()
    driver.wait(lambda: driver.child("sweepAction").isEnabled() and driver.child("solveAction").isEnabled())
    refuse(driver)
    return driver


def is_red(driver: WindowDriver) -> bool:
    return theme.colours().error in driver.child("statusLine").styleSheet()


def test_a_refused_sweep_makes_room_and_is_said_again(driver: WindowDriver) -> None:
    say_the_next_refusal_again_and_let_stand_what_is_solved(driver)
    refuse(driver)
    make_room_for_what_is_done_next(driver)


def refuse(driver: WindowDriver) -> None:
    driver.click_action("sweepAction")
    driver.wait(lambda: UNPENALISED in driver.state["status"])


def make_room_for_what_is_done_next(driver: WindowDriver) -> None:
    for name in ("solveAction", "stepAction", "freezeAction", "lambdaUpAction", "runAction"):
        if name != "solveAction":
            driver.wait(driver.child("sweepAction").isEnabled)
            refuse(driver)
        assert is_red(driver), name
        driver.child(name).trigger()
        # At once: no frame need come first, and no time pass.
        assert UNPENALISED not in driver.state["status"], name
        assert driver.state["status"]
        assert not is_red(driver), name


def say_the_next_refusal_again_and_let_stand_what_is_solved(driver: WindowDriver) -> None:
    driver.click_action("solveAction")
    driver.wait(lambda: "olved for the optimum" in driver.state["status"])
    refuse(driver)
    assert is_red(driver)
    driver.click_action("solveAction")
    driver.wait(lambda: "olved for the optimum" in driver.state["status"])
    assert not is_red(driver)
