"""Fits of other samples in a whole window: asked for, made anew when λ is another, given up."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from plot_items import item, items
from tables import write_classes, write_curve

from regdesk.core.fit.cloud import ResampleWork
from regdesk.core.stopping import Stop
from regdesk.core.training.resampled import resampled_fits
from regdesk.session.questions.resampling_service import ResamplingService

N_FITS = 30


def test_a_linear_model_has_its_cloud_and_another_at_another_lambda(make_window: Any, tmp_path: Path) -> None:
    file = write_curve(tmp_path / "curve.csv")
    driver = make_window(file, "--target", "degrees", "--hidden", "", "--degree", "9", "--lam", "0.0001")
    driver.wait_model()
    service, panel = driver.part(ResamplingService), driver.window.data_fit
    driver.click("resampleButton")
    driver.wait(lambda: service.cloud is not None)
    first = service.cloud
    run, training = driver.snapshot.run, driver.session.configuration.training
    data = driver.loaded
    work = ResampleWork(
        run, data.dataset, data.fit_view, driver.session.configuration.architecture, training, np.empty(0), 0.0, 0
    )
    expected = resampled_fits(work, Stop())
    np.testing.assert_array_equal(first.surfaces, expected.surfaces)
    drawn = item(panel, "resampledFits")
    assert len(drawn.getData()[0]) == N_FITS * 81
    np.testing.assert_array_equal(drawn.getData()[1][:80], first.surfaces[0, ::3][:80])
    driver.wait(lambda: f"{N_FITS} other samples, λ 0.0001: ± {first.spread:.3g}" in panel.readout)
    # Another number of them is another cloud.
    driver.session.change("view.n_resamples", 12)
    driver.wait(lambda: service.cloud is not first and len(service.cloud.surfaces) == 12)
    driver.session.change("view.n_resamples", N_FITS)
    driver.wait(lambda: len(service.cloud.surfaces) == N_FITS)
    first = service.cloud
    driver.session.change("training.lam", 1.0)
    assert service.is_stale
    driver.wait(lambda: service.cloud is not first and not service.is_stale)
    driver.wait(lambda: "other samples, λ 1: ±" in panel.readout)
    driver.click("resampleButton")
    assert not items(panel, "resampledFits")
    assert service.cloud is None
    assert "other samples" not in panel.readout
    undo, button = driver.child("undoAction"), driver.child("resampleButton")
    assert undo.text().endswith("fits of other samples off")
    undo.trigger()
    assert button.isChecked()
    driver.wait(lambda: bool(items(panel, "resampledFits")))
    driver.child("redoAction").trigger()
    assert (button.isChecked(), service.cloud) == (False, None)


def fullest_of(readout: str) -> float:
    """The largest spread that is written, NaN where none is."""
    found = re.search(r"from 0 to ([\d.e-]+) \(fullest\)", readout)
    return math.nan if found is None else float(found[1])


def test_a_network_is_trained_on_beside_the_live_one_and_a_confusion_matrix_has_no_cloud(
    make_window: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setattr("regdesk.core.training.resampled.MOST_STEPS", 100)
    file = write_classes(tmp_path / "classes.csv", 2)
    driver = make_window(file, "--target", "colour", "--hidden", "3", "--run")
    driver.wait_state(epoch=lambda epoch: epoch > 100)
    service, panel = driver.part(ResamplingService), driver.window.data_fit
    driver.click("resampleButton")
    driver.wait(lambda: service.cloud is not None)
    assert (service.cloud.n_steps, service.cloud.surfaces.shape) == (100, (N_FITS, 81 * 81))
    driver.wait(lambda: "100 steps from epoch" in panel.readout)
    (x_low, x_high), (y_low, y_high) = ((one[0], one[-1]) for one in service.cloud.scene.grid)
    x, y = item(panel, "resampledFits").getData()
    assert x_low <= x.min() < x.max() <= x_high
    assert y_low <= y.min() < y.max() <= y_high
    # Their spread in place of their borders: of a probability it is nowhere above one half.
    driver.click("spreadButton")
    assert driver.session.configuration.view.shows_spread
    driver.wait(lambda: bool(items(panel, "resampledSpread")))
    assert not items(panel, "resampledFits")
    # The model moves on, and with it what is drawn beside it.
    driver.wait(lambda: np.allclose(item(panel, "resampledSpread").image.ravel(), service.cloud.spread_surface))
    driver.wait(
        lambda: fullest_of(panel.readout) == pytest.approx(item(panel, "resampledSpread").image.max(), rel=0.01)
    )
    assert 0.0 < item(panel, "resampledSpread").image.max() <= 0.51
    driver.session.change("data.features", ("x0",))
    driver.wait(lambda: driver.loaded.dataset.features == ("x0",))
    driver.wait(lambda: service.cloud is not None and service.cloud.scene.kind == "curve")
    driver.pause()
    assert driver.child("resampleButton").isEnabled()
