"""The history from moments that nobody trained: its axes, its marks, what is read out, and what stays when frozen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from canned import Canned, dataset_of, history
from plot_items import hover, item, items, plots, readout_text, settle, show, views
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QGraphicsSimpleTextItem
from tables import write_classes, write_csv, write_sparse

from regdesk.core.run.changes import SettingsChange
from regdesk.core.run.frame import Frame
from regdesk.core.run.history import BestMoment, HistoryColumns
from regdesk.core.run.span import HistorySpan
from regdesk.core.run.verdict import Verdict
from regdesk.core.settings.configuration import Configuration
from regdesk.core.types import Float64s, TrainSettings
from regdesk.core.words.number_text import fixed_text, number_text
from regdesk.session.session import Session
from regdesk.views.docks.panel_menu import panel_menu
from regdesk.views.history.curve_names import LABEL_ROOM_PX
from regdesk.views.history.loss_axis import LossAxis
from regdesk.views.history.loss_scale import LossScale
from regdesk.views.history.marks import change_text
from regdesk.views.history.panel import HistoryPanel
from regdesk.views.kit import theme

L2 = TrainSettings(lam=0.001)
DRAG = SettingsChange(60, 60.0, 72.0, L2, replace(L2, lam=0.1))
OPTIMISER = SettingsChange(110, 110.0, 110.0, DRAG.after, replace(DRAG.after, optimizer="momentum"))
PENALTY = SettingsChange(160, 160.0, 160.0, OPTIMISER.after, replace(OPTIMISER.after, penalty="l1"))


def click(qtbot: Any, panel: HistoryPanel, name: str) -> None:
    qtbot.mouseClick(panel.findChild(QAbstractButton, name), Qt.MouseButton.LeftButton)


def box(panel: HistoryPanel, name: str) -> QComboBox:
    found = panel.findChild(QComboBox, name)
    assert isinstance(found, QComboBox)
    return found


def choose(qtbot: Any, panel: HistoryPanel, name: str, key: Qt.Key) -> None:
    qtbot.keyClick(box(panel, name), key)


def is_empty(panel: HistoryPanel, name: str) -> bool:
    x, _ = item(panel, name).getData()
    return x is None or not len(x)


def curve_names(panel: HistoryPanel) -> list[Any]:
    """The words right of the plot that can be seen."""
    found = views(panel)[0].scene().items()
    return [one for one in found if isinstance(one, QGraphicsSimpleTextItem) and one.isVisible()]


def tick_texts(axis: Any, length_px: float) -> list[str]:
    """The numbers that the axis has for its present range."""
    levels = axis.tickValues(axis.range[0], axis.range[1], length_px)
    texts = [text for spacing, values in levels[:3] for text in axis.tickStrings(values, 1.0, spacing)]
    return [text for text in texts if text]


def course(frame: Frame, epochs: Any, **columns: Any) -> Frame:
    """``frame`` with another course, up to its own end."""
    return replace(frame, history=history(np.asarray(epochs, float), **columns), changes=(), best=None, stretch=None)


@pytest.fixture
def canned(tmp_path: Path) -> Canned:
    return Canned.of(dataset_of(write_sparse(tmp_path / "sparse.csv"), "y"), hidden=(4,), settings=PENALTY.after)


@pytest.fixture
def panel(qtbot: Any, canned: Canned) -> HistoryPanel:
    """Alone on the screen, with a session that answers its wishes, and the scene of a run."""
    session = Session(Configuration())
    found = HistoryPanel(lambda: session.configuration.view)
    session.setParent(found)
    found.settings_chosen.connect(session.change_all)
    session.changed.connect(lambda change: found.show_view_settings(change.after.view))
    show(qtbot, found)
    found.show_run_scene(canned.run_scene)
    return found


def losses_that_fall(n_rows: int = 201) -> HistoryColumns:
    """An epoch a row; validation is lowest at epoch 140."""
    epochs = np.arange(n_rows, dtype=float)
    train = 0.1 + np.exp(-epochs / 30.0)
    validation = 0.3 + np.exp(-epochs / 30.0) + 1e-5 * np.maximum(epochs - 140.0, 0.0) ** 2
    lam = np.select([epochs < 60, epochs < 72], [0.001, 0.01], 0.1)
    ripple = 0.02 * np.sin(2.0 * epochs)
    return history(
        epochs, step=epochs, train_loss=train + ripple, validation_loss=validation, penalty_value=2.0, lam=lam
    )


@pytest.fixture
def shown(panel: HistoryPanel, canned: Canned) -> Frame:
    """What ``panel`` shows: a run with three gestures, λ dragged up, then the optimiser, then the penalty."""
    columns = losses_that_fall()
    lowest = int(np.argmin(columns.validation_loss))
    best = BestMoment(float(columns.epoch[lowest]), float(columns.validation_loss[lowest]))
    frame = canned.frame(200.0, history=columns, changes=(DRAG, OPTIMISER, PENALTY), best=best)
    panel.show_frame(frame)
    settle()
    return frame


def test_curves_hold_the_course_and_marks_the_changes(panel: HistoryPanel, shown: Frame) -> None:
    columns = shown.history
    for name, values in (
        ("trainingLoss", columns.train_loss),
        ("validationLoss", columns.validation_loss),
        ("penaltyTerm", columns.lam * columns.penalty_value),
    ):
        x, y = item(panel, name).getData()
        np.testing.assert_array_equal(x, columns.epoch)
        np.testing.assert_array_equal(y, values)
    x, y = item(panel, "lambdaCourse").getData()
    np.testing.assert_array_equal(x, columns.epoch)
    np.testing.assert_allclose(y, np.log10(columns.lam))
    assert item(panel, "penaltyChanges").getData()[0].tolist() == [60.0, 160.0]
    assert item(panel, "otherChanges").getData()[0].tolist() == [110.0]
    x, y = item(panel, "changeLines").getData()
    assert x.tolist() == [60.0, 60.0, 110.0, 110.0, 160.0, 160.0]
    assert y.tolist() == plots(panel)[0].viewRange()[1] * 3, "from the foot of the plot to its top"
    assert [label.text() for label in sorted(curve_names(panel), key=lambda one: one.y())] == [
        "validation",
        "λ × penalty",
        "training",
    ]


def test_the_pointer_reads_out_a_moment(qtbot: Any, panel: HistoryPanel, shown: Frame) -> None:
    columns = shown.history
    row = len(columns.epoch) // 2
    text = hover(qtbot, panel, plots(panel)[1], float(columns.epoch[row]), -1.0).splitlines()[-1]
    # A pixel is more than one row: whichever it is, all of it is told.
    told = [
        f"epoch {one[0]:,.0f}: training {fixed_text(one[1])}, validation {fixed_text(one[2])}, "
        f"λ × penalty {fixed_text(one[3] * one[4])}, λ {number_text(one[3])}"
        for one in zip(
            columns.epoch, columns.train_loss, columns.validation_loss, columns.lam, columns.penalty_value, strict=True
        )
    ]
    assert abs(told.index(text) - row) < 5


def test_the_pointer_reads_out_a_change(qtbot: Any, panel: HistoryPanel, shown: Frame) -> None:
    assert change_text(DRAG) == "epoch 60 to 72: λ 0.001 → 0.1"
    assert "Adam → momentum" in change_text(OPTIMISER)
    losses = plots(panel)[0]
    assert change_text(OPTIMISER) in hover(qtbot, panel, losses, OPTIMISER.epoch, 0.5 * losses.viewRange()[1][1])


def test_the_best_epoch_has_a_mark_and_words(panel: HistoryPanel, shown: Frame) -> None:
    assert shown.best is not None
    (x,), (y,) = item(panel, "bestEpoch").getData()
    assert (x, y) == (shown.best.epoch, shown.best.validation_loss)
    loss = fixed_text(shown.best.validation_loss)
    assert item(panel, "bestEpochLabel").toPlainText().startswith(f"best {loss}")
    assert f"best validation {loss} at epoch {shown.best.epoch:.0f}" in panel.readout


def test_on_a_logarithmic_axis_everything_moves(qtbot: Any, panel: HistoryPanel, shown: Frame) -> None:
    columns, losses = shown.history, plots(panel)[0]
    top = losses.viewRange()[1][1]
    click(qtbot, panel, "logAxisButton")
    for name, values in (("trainingLoss", columns.train_loss), ("validationLoss", columns.validation_loss)):
        np.testing.assert_allclose(item(panel, name).getData()[1], np.log10(values))
    low, high = losses.viewRange()[1]
    assert high == pytest.approx(np.log10(top))
    assert low <= np.log10(columns.train_loss[columns.epoch > 20].min())
    assert shown.best is not None
    assert item(panel, "bestEpoch").getData()[1][0] == pytest.approx(np.log10(shown.best.validation_loss))
    click(qtbot, panel, "logAxisButton")
    np.testing.assert_array_equal(item(panel, "trainingLoss").getData()[1], columns.train_loss)


def test_smoothed_losses_stand_before_the_raw_ones(qtbot: Any, panel: HistoryPanel, shown: Frame) -> None:
    losses = shown.history.train_loss
    choose(qtbot, panel, "smoothingBox", Qt.Key.Key_Down)
    np.testing.assert_array_equal(item(panel, "rawTrainingLoss").getData()[1], losses)
    np.testing.assert_array_equal(item(panel, "rawValidationLoss").getData()[1], shown.history.validation_loss)
    drawn = item(panel, "trainingLoss").getData()[1]
    assert not np.array_equal(drawn, losses)
    assert losses.min() <= drawn.min()
    # The ripple is gone, the fall is not.
    assert np.abs(np.diff(drawn[100:])).max() < 0.5 * np.abs(np.diff(losses[100:])).max()
    assert drawn[-1] == pytest.approx(losses[-20:].mean(), abs=0.02)
    choose(qtbot, panel, "smoothingBox", Qt.Key.Key_Up)
    np.testing.assert_array_equal(item(panel, "trainingLoss").getData()[1], losses)
    assert is_empty(panel, "rawTrainingLoss")
    assert is_empty(panel, "rawValidationLoss")


def test_the_end_of_a_run_is_asked_for_and_fills_both_axes(qtbot: Any, panel: HistoryPanel, shown: Frame) -> None:
    spans: list[HistorySpan] = []
    session = panel.findChild(Session)
    session.changed.connect(
        lambda change: spans.append(HistorySpan(change.after.view.span_share, change.after.view.span_epochs))
    )
    choose(qtbot, panel, "historySpanBox", Qt.Key.Key_End)
    assert box(panel, "historySpanBox").currentText() == "last 100"
    stretch = spans[-1].window(200.0)
    assert stretch == (80.0, 200.0)
    panel.show_frame(replace(shown, stretch=stretch))
    for plot in plots(panel):
        assert plot.viewRange()[0] == [80.0, 200.0]
    choose(qtbot, panel, "historySpanBox", Qt.Key.Key_Home)
    assert spans[-1].is_all
    panel.show_frame(shown)
    assert plots(panel)[0].viewRange()[0][0] == 0


def test_what_is_changed_elsewhere_is_shown(qtbot: Any, panel: HistoryPanel, shown: Frame) -> None:
    session, losses = panel.findChild(Session), shown.history.train_loss
    session.change("view.is_log_loss", True, "undo")
    assert panel.findChild(QAbstractButton, "logAxisButton").isChecked()
    np.testing.assert_allclose(item(panel, "trainingLoss").getData()[1], np.log10(losses))
    session.change("view.smoothing", 0.02, "lesson")
    np.testing.assert_allclose(item(panel, "rawTrainingLoss").getData()[1], np.log10(losses))
    assert box(panel, "smoothingBox").currentText() == "smoothed over 2 %"
    session.change("view.smoothing", 0.0, "undo")
    assert box(panel, "smoothingBox").currentText() == "not smoothed"
    assert is_empty(panel, "rawTrainingLoss")
    for values, text in (
        ({"view.span_share": 0.1}, "last 10 %"),
        ({"view.span_share": 0.25}, "last 25 %"),
        ({"view.span_epochs": 1_000}, "last 1,000"),
        ({"view.span_epochs": 12_345}, "last 12,345"),
        ({"view.span_share": None, "view.span_epochs": None}, "all"),
    ):
        session.change_all(values, "script")
        assert box(panel, "historySpanBox").currentText() == text
        menu = panel_menu(panel)
        (entry,) = (one for one in menu.actions()[1].menu().actions() if one.isChecked())
        assert entry.text() == text
        menu.deleteLater()
    # What was added to the list can be chosen again.
    box(panel, "smoothingBox").setCurrentIndex(3)
    assert session.configuration.view.smoothing == 0.02


def test_frozen_curves_stand_behind_the_next_run(qtbot: Any, panel: HistoryPanel, shown: Frame, canned: Canned) -> None:
    panel.freeze()
    assert panel.has_ghost
    assert panel.readout.endswith("frozen curves behind.")
    panel.reset()
    panel.show_run_scene(canned.run_scene)
    panel.show_frame(canned.frame(3.0))
    np.testing.assert_array_equal(item(panel, "frozenTrainingLoss").getData()[0], shown.history.epoch)
    np.testing.assert_array_equal(item(panel, "frozenValidationLoss").getData()[1], shown.history.validation_loss)
    # Both are seen on one axis.
    assert plots(panel)[0].viewRange()[0][1] >= shown.history.epoch[-1]
    click(qtbot, panel, "logAxisButton")
    ghost = item(panel, "frozenTrainingLoss").getData()[1]
    np.testing.assert_allclose(ghost, np.log10(shown.history.train_loss))
    panel.thaw()
    assert is_empty(panel, "frozenTrainingLoss")
    assert "frozen" not in panel.readout


def test_frozen_curves_leave_with_their_data(panel: HistoryPanel, shown: Frame, canned: Canned, tmp_path: Path) -> None:
    panel.freeze()
    # Another split of the same rows, and other layers: the same question.
    panel.show_run_scene(Canned.of(dataset_of(tmp_path / "sparse.csv", "y", 1), hidden=(3,)).run_scene)
    assert not is_empty(panel, "frozenTrainingLoss")
    assert panel.has_ghost
    columns = np.arange(40.0), np.sin(np.arange(40.0)), np.cos(np.arange(40.0))
    file = write_csv(tmp_path / "hours.csv", ["hour", "degrees", "rain"], columns)
    panel.show_run_scene(Canned.of(dataset_of(file, "degrees"), hidden=(3,)).run_scene)
    assert is_empty(panel, "frozenTrainingLoss")
    assert not panel.has_ghost
    assert "frozen" not in panel.readout
    assert plots(panel)[0].viewRange()[0] == [0, 100]


@pytest.mark.parametrize(
    ("others", "unit"),
    [({}, "loss (standardised)"), ({"standardize_target": False}, "loss (units squared)")],
)
def test_the_axis_names_the_unit_of_the_losses(
    panel: HistoryPanel, tmp_path: Path, canned: Canned, others: Any, unit: str
) -> None:
    panel.show_run_scene(Canned.of(dataset_of(tmp_path / "sparse.csv", "y", **others)).run_scene)
    assert plots(panel)[0].getAxis("left").labelText == unit
    panel.show_run_scene(Canned.of(dataset_of(write_classes(tmp_path / "classes.csv"), "colour")).run_scene)
    assert plots(panel)[0].getAxis("left").labelText == "log-loss"


def test_two_thousand_changes_and_no_validation_rows(panel: HistoryPanel, shown: Frame) -> None:
    base = TrainSettings()
    many = tuple(SettingsChange(step, step / 4, step / 4, base, replace(base, lam=step + 1.0)) for step in range(2_000))
    nothing = replace(shown.history, validation_loss=np.full(len(shown.history.epoch), np.nan))
    panel.show_frame(replace(shown, changes=many, history=nothing, best=None))
    assert len(item(panel, "changeLines").getData()[0]) == 4_000
    assert "validation" not in [label.text() for label in curve_names(panel)]
    assert items(panel, "bestEpochLabel") == []
    assert not panel.grab().isNull()
    panel.show_frame(replace(shown, best=BestMoment(30.0, 0.01)))
    assert item(panel, "bestEpochLabel").toPlainText().startswith("best 0.0100 at epoch ")


def test_the_menu_has_what_the_controls_have(panel: HistoryPanel, shown: Frame) -> None:
    menu = panel_menu(panel)
    assert [action.text() for action in menu.actions()][:3] == ["Logarithmic axis", "Epochs shown", "Smoothing"]
    menu.actions()[0].trigger()
    assert panel.findChild(QAbstractButton, "logAxisButton").isChecked()
    menu.deleteLater()


def test_marks_of_changes_can_be_left_out(panel: HistoryPanel, shown: Frame) -> None:
    session, names = panel.findChild(Session), ("changeLines", "penaltyChanges", "otherChanges")
    menu = panel_menu(panel)
    (action,) = (one for one in menu.actions() if one.text() == "Marks of changes")
    action.trigger()
    assert not session.configuration.view.shows_changes
    assert all(is_empty(panel, name) for name in names)
    # The next moment has none either.
    panel.show_frame(replace(shown, changes=(*shown.changes,)))
    assert all(is_empty(panel, name) for name in names)
    session.change("view.shows_changes", True, "undo")
    assert action.isChecked()
    assert item(panel, "otherChanges").getData()[0].tolist() == [110.0]
    menu.deleteLater()


def test_another_theme_colours_curves_and_names(panel: HistoryPanel, shown: Frame) -> None:
    try:
        theme.apply_theme(QApplication.instance(), theme.DARK)
        panel.apply_theme()
        for name, colour in (
            ("trainingLoss", theme.DARK.training),
            ("validationLoss", theme.DARK.validation),
            ("penaltyTerm", theme.DARK.penalty),
            ("lambdaCourse", theme.DARK.lam),
        ):
            assert item(panel, name).opts["pen"].color() == QColor(colour)
        colours = {label.text(): label.brush().color() for label in curve_names(panel)}
        assert colours["training"] == QColor(theme.DARK.training)
        assert colours["validation"] == QColor(theme.DARK.validation)
    finally:
        theme.apply_theme(QApplication.instance(), theme.LIGHT)


def drawn_after(panel: HistoryPanel, name: str, epoch: float) -> Float64s:
    x, y = item(panel, name).getData()
    found: Float64s = y[x > epoch]
    return found


def test_what_is_drawn_lies_in_the_frame(qtbot: Any, panel: HistoryPanel, shown: Frame) -> None:
    # A high first loss, a climb at the end: the average stays in the frame and follows both.
    choose(qtbot, panel, "smoothingBox", Qt.Key.Key_End)
    assert box(panel, "smoothingBox").currentText() == "smoothed strongly"
    epochs = np.linspace(0, 3_000, 500)
    losses = np.where(epochs < 10, 900.0, 0.2) + 0.6 * (epochs > 2_500)
    panel.reset()
    # As frames come in, the frame widens and is fitted anew.
    for n_rows in (20, 180, 400, 500):
        columns = {"train_loss": losses[:n_rows], "validation_loss": losses[:n_rows] + 0.1}
        panel.show_frame(course(shown, epochs[:n_rows], **columns))
    low, high = plots(panel)[0].viewRange()[1]
    drawn = drawn_after(panel, "validationLoss", 0.04 * 5_000)
    assert low <= drawn.min() <= drawn.max() <= high < 1.5
    assert drawn[-1] == pytest.approx(0.9, abs=0.1)
    assert abs(drawn_after(panel, "trainingLoss", 400)[0] - 0.2) < 0.01

    # The losses have fallen before the part that sets the frame, their average has not.
    losses = np.where(epochs < 190, 50.0, 0.2)
    panel.reset()
    for n_rows in (20, 500):
        columns = {"train_loss": losses[:n_rows], "validation_loss": losses[:n_rows]}
        panel.show_frame(course(shown, epochs[:n_rows], **columns))
    drawn = drawn_after(panel, "trainingLoss", 0.04 * 5_000)
    assert 10 < drawn.max() <= plots(panel)[0].viewRange()[1][1]


@pytest.mark.parametrize("is_log", [False, True])
def test_the_penalty_is_named_where_it_is_or_where_it_left(
    qtbot: Any, panel: HistoryPanel, shown: Frame, is_log: bool
) -> None:
    if is_log:
        click(qtbot, panel, "logAxisButton")
    losses, told = plots(panel)[0], []
    for penalty in (0.0, 1e-9, 0.15, 1e9):
        panel.reset()
        columns = {"train_loss": 0.1, "validation_loss": 0.2, "lam": 1.0, "penalty_value": penalty}
        panel.show_frame(course(shown, np.linspace(0, 3_000, 500), **columns))
        (label,) = (one for one in curve_names(panel) if one.text().startswith("λ × penalty"))
        told.append(label.text())
        bounds = losses.mapRectFromItem(losses.vb, losses.vb.rect())
        assert bounds.top() - 1 <= label.y() <= bounds.bottom()
        assert label.boundingRect().width() <= LABEL_ROOM_PX - 6
    below = "λ × penalty ↓" if is_log else "λ × penalty"
    assert told == [below, below, "λ × penalty", "λ × penalty ↑"]


def test_epochs_are_written_whole_with_room_between_them(panel: HistoryPanel, shown: Frame) -> None:
    axis = plots(panel)[1].getAxis("bottom")
    panel.show_frame(course(shown, np.linspace(0, 8_152_050, 500), train_loss=0.1, validation_loss=0.2))
    for width in (300.0, 900.0):
        axis.resize(width, 20)
        texts = tick_texts(axis, width)
        assert {"4,000,000", "8,000,000"} <= set(texts)
        assert sum(QFontMetrics(axis.font()).horizontalAdvance(text) for text in texts) < 0.9 * width
        assert not any("e" in text for text in texts)


def test_a_logarithmic_axis_names_round_numbers(qtbot: Any) -> None:
    scale = LossScale()
    scale.is_log = True
    axis = LossAxis(scale)
    scale.refit(0.3, 0.013)
    assert scale.range == pytest.approx((-2.0, np.log10(0.5)))
    assert not scale.include(0.4, 0.02)
    assert scale.include(0.4, 0.004)
    assert scale.range[0] == pytest.approx(np.log10(0.002))
    (_, named), (_, others) = axis.tickValues(*scale.range, 200.0)
    assert axis.tickStrings(sorted(named), 1.0, 1.0) == ["0.002", "0.005", "0.01", "0.02", "0.05", "0.1", "0.2", "0.5"]
    assert set(axis.tickStrings(others, 1.0, 0.1)) == {""}
    assert axis.tickStrings([-7.0, 3.0], 1.0, 1.0) == ["10⁻⁷", "10³"]
    (_, few), (_, none) = axis.tickValues(-12.0, 0.0, 80.0)
    assert few == [-12.0, -9.0, -6.0, -3.0, 0.0]
    assert none == []
    assert axis.tickStrings([np.log10(2e5), np.log10(5e9)], 1.0, 1.0) == ["200k", "5×10⁹"]
    values = scale.position(np.array([0.1, 0.0, -1.0, np.nan]))
    assert values[0] == pytest.approx(-1.0)
    assert np.isnan(values[1:]).all()


def test_overfitting_is_named_behind_the_two_losses_and_not_of_an_exact_model(
    panel: HistoryPanel, shown: Frame
) -> None:
    best = BestMoment(140.0, 0.3, 0.2, 0.01)
    verdict = Verdict("overfitting", 0.1, 0.9, best, 0.6)
    panel.resize(1200, 400)
    panel.show_frame(replace(shown, verdict=verdict))
    assert "; overfitting: at epoch 140 validation was 0.300" in panel.readout
    rich = readout_text(panel)
    assert rich.index("validation") < rich.index("<b>overfitting</b>") < rich.index("gap (validation − training)")
    exact = replace(shown.snapshot, stands_for=shown.snapshot)
    panel.show_frame(replace(shown, verdict=verdict, snapshot=exact))
    assert "overfitting" not in panel.readout
    panel.show_frame(shown)
    assert "overfitting" not in panel.readout
