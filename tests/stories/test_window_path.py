"""The path of the weights in the window: curves, names that do not overlap, hover and click, the list of events."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from plot_items import bubble
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from window_driver import WindowDriver, write_csv, write_curve, write_kinds, write_sparse

from regdesk.core.words.number_text import number_text
from regdesk.session.sweep_service import NO_PENALTY
from regdesk.views.kit import theme
from regdesk.views.path.content import PathContent
from regdesk.views.path.words import NO_EVENTS
from regdesk.views.sweep.waiting import INVITATION_TO_PATH as INVITATION


def panel_of(driver: WindowDriver) -> Any:
    return driver.window.weight_path


def plot_of(driver: WindowDriver) -> Any:
    return driver.part(PathContent).plot


def path_in(driver: WindowDriver) -> Any:
    return driver.sweep.curve.path


def raise_panel(driver: WindowDriver) -> None:
    driver.window.docks.bring_up(panel_of(driver))
    driver.wait(lambda: not panel_of(driver).visibleRegion().isEmpty())


def is_done(driver: WindowDriver) -> bool:
    return driver.sweep.curve is not None and driver.sweep.curve.is_done and not driver.sweep.is_busy


def sweep_and_look(driver: WindowDriver) -> None:
    driver.wait_model()
    raise_panel(driver)
    driver.click_action("sweepAction")
    driver.wait(lambda: is_done(driver) and panel_of(driver).findChild(PathContent) is not None)
    # It was on top already.
    assert not panel_of(driver).visibleRegion().isEmpty()
    n_lambdas = len(path_in(driver).lambdas)
    driver.wait(lambda: bool(curves(driver)) and all(len(x) == n_lambdas for x, _ in curves(driver).values()))


def curves(driver: WindowDriver) -> dict[int, Any]:
    found = plot_of(driver).curves
    return {int(number): item.getData() for number, item in zip(found.numbers, found.items, strict=False)}


def place_of(driver: WindowDriver, x: float, y: float) -> QPoint:
    """In the window, of a point of the plot."""
    plot = plot_of(driver)
    spot: QPoint = plot.view.mapTo(driver.window, plot.view.mapFromScene(plot.plot.vb.mapViewToScene(QPointF(x, y))))
    return spot


def click_at(driver: WindowDriver, spot: QPoint) -> None:
    handle = driver.window.windowHandle()
    QTest.mouseMove(handle, spot)
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)


def label_rectangles(driver: WindowDriver) -> list[Any]:
    return [label.mapRectToScene(label.boundingRect()) for label in plot_of(driver).labels.shown]


def assert_names_are_apart(driver: WindowDriver) -> None:
    found = sorted(label_rectangles(driver), key=lambda one: one.top())
    assert found
    box = plot_of(driver).plot.vb.sceneBoundingRect()
    for above, below in pairwise(found):
        assert above.bottom() <= below.top() + 0.5
    for one in found:
        assert one.top() >= box.top() - 1
        assert one.bottom() <= box.bottom() + 1
        assert box.left() - 1 <= one.left()
        assert one.right() <= box.right() + 1


def test_curves_names_hover_selection_and_events_of_a_lasso(make_window: Any, tmp_path: Path) -> None:
    driver = make_window(write_sparse(tmp_path / "sparse.csv"), "--target", "y", "--hidden", "", "--penalty", "l1")
    driver.window.resize(1440, 900)
    driver.wait_model()
    panel = panel_of(driver)
    assert panel.readout == INVITATION
    # Behind another tab nothing of it is made.
    assert panel.visibleRegion().isEmpty()
    assert panel.findChild(PathContent) is None
    chosen: list[str] = []
    driver.session.changed.connect(
        lambda change: chosen.append(panel.selected_variable) if change.touches("view.selected") else None
    )
    sweep_and_look(driver)
    path, plot = path_in(driver), plot_of(driver)
    names = path.facts.input_names
    for number, (x, y) in curves(driver).items():
        np.testing.assert_array_equal(x, np.log10(path.lambdas))
        np.testing.assert_array_equal(y, path.weights[:, number, 0])
    assert set(curves(driver)) == set(np.flatnonzero(np.abs(path.weights).max(axis=(0, 2))))
    assert_names_are_apart(driver)
    texts = [label.toPlainText() for label in plot.labels.shown]
    assert texts == [names[number] for number in plot.labels.numbers]
    assert len(texts) == len(curves(driver))
    assert panel.readout.endswith("first to enter a, b, " + names[int(np.flatnonzero(path.events.order == 3)[0])] + ".")
    assert 10 ** plot.line.value() == pytest.approx(driver.state["lam"], rel=1e-9)

    # The list says what the events are; every λ of it is a knot, where the next solved point has a weight.
    driver.click("pathEventsButton")
    listed = driver.child("pathEventList")
    lines = [listed.item(row).text() for row in range(listed.count())]
    assert lines[0] == f"a enters at λ {number_text(path.events.events[0].lam)} (first)"
    assert len(lines) == len(path.events.events)
    for event in path.events.events:
        assert event.is_exact
        if event.kind == "enters" and event.lam > path.lambdas[-1]:
            step = int(np.flatnonzero(path.lambdas < event.lam)[0])
            assert (path.weights[:step, event.number] == 0).all()
    assert f"b enters at λ {number_text(path.events.events[1].lam)} (second)" in lines

    # Pointing at a curve reads it out, a click selects it, one beside the curves lets it go.
    step, number = 25, 1
    at = path.lambdas[step], path.weights[step, number, 0]
    spot = place_of(driver, np.log10(at[0]), at[1])
    QTest.mouseMove(driver.window.windowHandle(), spot)
    driver.wait(bubble(panel).isVisible)
    text = bubble(panel).text()
    assert text.startswith(f"b: {at[1]:.3f} (standardised)\nat λ {number_text(at[0])}")
    assert f"enters at λ {number_text(path.events.events[1].lam)} (second)" in text
    click_at(driver, spot)
    driver.wait(lambda: panel.selected_variable == "b")
    # One change, in which the geometry puts it on an axis; every panel hears of it.
    assert (driver.session.configuration.view.selected, chosen) == (("input", "b"), ["b"])
    assert driver.session.configuration.view.geometry.watched == 1
    assert plot.curves.items[0].opts["pen"].color().name().upper() == theme.colours().selected
    assert panel.readout.startswith("b enters at λ")
    assert listed.currentItem().text() == lines[1]
    widths = {
        int(n): item.opts["pen"].widthF() for n, item in zip(plot.curves.numbers, plot.curves.items, strict=False)
    }
    assert widths.pop(1) > max(widths.values())
    (_, _), (low, high) = plot.plot.vb.viewRange()
    click_at(driver, place_of(driver, np.log10(path.lambdas[2]), low + 0.1 * (high - low)))
    driver.wait(lambda: driver.session.configuration.view.selected == ())
    assert panel.selected_variable == ""
    assert listed.currentRow() == -1
    # A line of the list and a name at an end select as well.
    row = listed.visualItemRect(listed.item(0)).center()
    click_at(driver, listed.mapTo(driver.window, row))
    driver.wait(lambda: panel.selected_variable == "a")
    other = plot.labels.numbers.index(1)
    middle = label_rectangles(driver)[other].center()
    click_at(driver, plot.view.mapTo(driver.window, plot.view.mapFromScene(middle)))
    driver.wait(lambda: panel.selected_variable == "b")

    # Another theme recolours what is there; other axes and scales move it.
    pens = [item.opts["pen"].color().name() for item in plot.curves.items]
    driver.child("theme_darkAction").trigger()
    assert theme.colours().is_dark
    assert all(item.opts["pen"].color().name() != pen for item, pen in zip(plot.curves.items, pens, strict=True))
    driver.child("theme_lightAction").trigger()
    driver.choose("pathScaleBox", "original units")
    expected = path.weights[:, :, 0] * path.facts.target_scale / path.facts.input_scales
    for number, (_, y) in curves(driver).items():
        np.testing.assert_allclose(y, expected[:, number], rtol=1e-12)
    driver.choose("pathAxisBox", "explained")
    for x, _ in curves(driver).values():
        np.testing.assert_array_equal(x, path.explained)
    place = np.interp(np.log(driver.state["lam"]), np.log(path.lambdas[::-1]), path.explained[::-1])
    assert plot.line.value() == pytest.approx(place)
    assert_names_are_apart(driver)
    driver.choose("pathAxisBox", "‖w‖₁")
    for x, _ in curves(driver).values():
        np.testing.assert_allclose(x, np.abs(path.weights).sum(axis=(1, 2)))
    assert_names_are_apart(driver)

    # Another seed: old and said so. Without a penalty there is nothing to sweep.
    driver.child("newSeedAction").trigger()
    driver.wait(lambda: panel.readout.startswith("Old:"))
    driver.child("penalty_noneAction").trigger()
    driver.controller.open_file(str(write_curve(tmp_path / "curve.csv")))
    driver.wait(lambda: panel.readout == NO_PENALTY and not driver.part(PathContent).isVisible())
    assert chosen[-1] == panel.selected_variable == ""
    assert driver.session.configuration.view.selected == ()


def test_many_inputs_with_long_names(make_window: Any, tmp_path: Path) -> None:
    generator = np.random.default_rng(4)
    inputs = generator.normal(size=(60, 90)).round(3)
    y = (inputs[:8].T @ generator.normal(size=8) + generator.normal(size=90)).round(3)
    names = [f"the mean of the measurement over all days of week {number}" for number in range(60)]
    file = write_csv(tmp_path / "wide.csv", [*names, "y"], [*inputs, y])
    driver = make_window(file, "--target", "y", "--hidden", "", "--penalty", "l2")
    driver.window.resize(1024, 700)
    sweep_and_look(driver)
    path, plot, panel = path_in(driver), plot_of(driver), panel_of(driver)
    assert panel.readout == NO_EVENTS
    assert driver.part(PathContent).events.note.text() == NO_EVENTS
    assert_names_are_apart(driver)
    assert all("…" in label.toPlainText() for label in plot.labels.shown)
    # The largest have curves of their own, the rest are one item, and names go to the largest at the end.
    sizes = np.abs(path.weights[:, :, 0]).max(axis=0)
    assert set(plot.curves.numbers) == set(np.argsort(-sizes)[:40])
    x, y = plot.curves.rest.getData()
    ends = np.flatnonzero(np.isnan(x))
    assert len(ends) == 20
    np.testing.assert_array_equal(y[: ends[0]], path.weights[:, plot.curves.faint[0], 0])
    last = np.abs(path.weights[-1, :, 0])
    assert set(plot.labels.numbers) <= set(np.argsort(-last)[: len(plot.labels.numbers) + 20])
    assert plot.labels.numbers[0] == int(last.argmax())
    # One of the rest that is selected gets a curve and a name.
    number = int(plot.curves.faint[-1])
    panel.select(number)
    assert plot.curves.numbers[0] == number
    assert plot.labels.numbers[0] == number


def test_three_classes_are_looked_at_one_by_one_or_by_their_norm(make_window: Any, tmp_path: Path) -> None:
    file = write_kinds(tmp_path / "kinds.csv", n_inputs=2, n_rows=45)
    driver = make_window(file, "--target", "kind", "--hidden", "", "--penalty", "l1")
    sweep_and_look(driver)
    path = path_in(driver)
    for number, (_, y) in curves(driver).items():
        np.testing.assert_allclose(y, np.sqrt((path.weights[:, number] ** 2).sum(axis=1)))
    driver.choose("pathClassBox", "kind b")
    for number, (_, y) in curves(driver).items():
        np.testing.assert_array_equal(y, path.weights[:, number, 1])
    note = driver.part(PathContent).events.note.text()
    assert note == "Each event lies between two λ of the sweep."
    listed = driver.child("pathEventList")
    event = path.events.events[0]
    assert f"enters between λ {number_text(event.lam)} and {number_text(event.above)} (first" in listed.item(0).text()
