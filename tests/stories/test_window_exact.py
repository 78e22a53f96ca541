"""A paused linear model follows λ: panels show the exact model there, and what was trained stays as it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from plot_items import item
from sklearn.linear_model import Lasso
from window_driver import WindowDriver, write_curve, write_sparse

from regdesk.core.model.network import weights_digest
from regdesk.core.words.number_text import fixed_text

LASSO = ("--target", "y", "--hidden", "", "--penalty", "l1", "--lam", "0.01")
MARK = "Exact optimum:"


def lasso_weights(driver: WindowDriver, lam: float) -> Any:
    dataset = driver.loaded.dataset
    rows = dataset.split.train
    inputs, targets = dataset.standardized_inputs(rows), dataset.standardized_targets(rows)
    return Lasso(alpha=lam, tol=1e-14, max_iter=100_000).fit(inputs, targets).coef_


def wait_exact(driver: WindowDriver, lam: float) -> dict[str, Any]:
    driver.wait(lambda: driver.frame is not None and driver.snapshot.is_exact and driver.state["lam"] == lam)
    return driver.state


def test_a_paused_linear_model_follows_lambda_and_stays_as_it_was(make_window: Any, tmp_path: Path) -> None:
    driver = make_window(write_sparse(tmp_path / "sparse.csv"), *LASSO)
    driver.wait_model()
    driver.run()
    driver.wait_state(epoch=lambda epoch: epoch > 30)
    trained = driver.pause()
    assert trained["exact"] is False
    for lam in (0.3, 0.6):
        driver.enter("lambdaEdit", str(lam))
        state = wait_exact(driver, lam)
        expected = lasso_weights(driver, lam)
        np.testing.assert_allclose(driver.snapshot.parameters[:-1], expected, atol=1e-8)
        assert state["exact"] is True
        assert state["n_nonzero"] == np.count_nonzero(expected) < 8
        assert (state["epoch"], state["weights_digest"]) == (trained["epoch"], trained["weights_digest"])
        assert state["penalty_value"] == pytest.approx(np.abs(expected).sum(), abs=1e-7)
    n_zero = 8 - state["n_nonzero"]
    assert state["status"].startswith(f"Exact model at λ = 0.6: {n_zero} of 8 weights are exactly zero.")
    assert str(driver.child("objectiveLine").text()).startswith("Exact model: J = ")
    for panel in ("dataFitPanel", "histogramPanel"):
        assert state["readouts"][panel].startswith(MARK)
    # The bars are those of the exact model; the course is that of the trained one.
    histogram = driver.window.histogram
    assert np.asarray(item(histogram, "weightBars").opts["height"]).sum() == state["n_nonzero"]
    assert item(histogram, "zeroBar").opts["height"] == [pytest.approx(100.0 * n_zero / 8)]
    assert f": training {fixed_text(trained['train_loss'])}, " in state["readouts"]["historyPanel"]
    # Back at the λ that the weights were trained under, they are seen again.
    driver.enter("lambdaEdit", "0.01")
    state = driver.wait_state(exact=False, lam=0.01)
    assert state["objective"] == pytest.approx(trained["objective"], rel=1e-12)
    assert MARK not in state["readouts"]["dataFitPanel"]
    # Run goes on with the trained weights.
    driver.enter("lambdaEdit", "0.6")
    wait_exact(driver, 0.6)
    driver.run()
    driver.wait_state(exact=False, epoch=lambda epoch: epoch > trained["epoch"])
    assert weights_digest(driver.snapshot.parameters) == driver.state["weights_digest"]
    driver.pause()


def test_before_the_first_step_too_and_in_every_picture(make_window: Any, tmp_path: Path) -> None:
    driver = make_window(write_sparse(tmp_path / "sparse.csv"), *LASSO)
    first = driver.wait_model()
    driver.enter("lambdaEdit", "0.2")
    wait_exact(driver, 0.2)
    keep_the_mark_in_a_window_of_another_size(driver)
    scene = driver.snapshot.fit.scene
    driver.window.data_fit.picture_chosen.emit(("a",))
    driver.wait(lambda: driver.snapshot.is_exact and driver.snapshot.fit.scene is not scene)
    driver.click_action("solveAction")
    driver.wait_state(exact=False, weights_digest=lambda digest: digest != first["weights_digest"])
    np.testing.assert_allclose(driver.snapshot.parameters[:-1], lasso_weights(driver, 0.2), atol=1e-8)


def test_a_network_has_no_exact_model(make_window: Any, tmp_path: Path) -> None:
    driver = make_window(write_curve(tmp_path / "curve.csv"), "--hidden", "4")
    driver.wait_model()
    driver.enter("lambdaEdit", "0.5")
    state = driver.wait_still()
    assert state["exact"] is False
    assert "press Run to see it act" in state["status"]


def keep_the_mark_in_a_window_of_another_size(driver: WindowDriver) -> None:
    for size in ((1024, 700), (1440, 900)):
        driver.window.resize(*size)
        driver.wait_still()
        readouts = driver.state["readouts"]
        assert all(readouts[panel].startswith(MARK) for panel in ("dataFitPanel", "histogramPanel", "geometryPanel"))


def test_axes_come_to_rest_with_a_model_that_is_paused(make_window: Any, tmp_path: Path) -> None:
    """A running model's axes come down when most of their room has been empty for a while; a paused one's too."""
    driver = make_window(write_sparse(tmp_path / "sparse.csv"), *LASSO)
    driver.wait_model()
    driver.go_flat_out()
    driver.run()
    driver.wait_state(train_loss=lambda loss: loss < 0.02)
    driver.click_action("runAction")
    panel = driver.window.loss_curve
    driver.wait(lambda: item(panel, "lossPlot").viewRange()[1][1] < 10.0 * driver.state["validation_loss"])
