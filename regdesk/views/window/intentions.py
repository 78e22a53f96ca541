"""What the actions, the toolbar and the lines of words mean, said by the signals of the main window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog

from regdesk.views.kit.file_patterns import MODEL_SUFFIX, TABLE_PATTERNS

if TYPE_CHECKING:
    from regdesk.views.window.status_row import StatusRow
    from regdesk.views.window.tool_bar import MainToolBar
    from regdesk.views.window.window_parts import WindowParts


class Intentions(QObject):
    """Belongs to the window, and says no more than what is wanted: whether it can be, others know."""

    def __init__(
        self, window: WindowParts, bar: MainToolBar, status: StatusRow, is_sweeping: Callable[[], bool]
    ) -> None:
        """``is_sweeping`` answers whether a sweep is under way."""
        super().__init__(window)
        self._window, self._status, self._is_sweeping = window, status, is_sweeping
        self._connect_model()
        self._connect_window()
        window.menus.sample_chosen.connect(window.sample_chosen)
        window.menus.recent_chosen.connect(window.recent_chosen)
        bar.speed.speed_changed.connect(window.speed_changed)
        actions = window.commands
        actions.reset_lived.triggered.connect(status.reset_lived.request)
        status.busy.cancel_clicked.connect(window.load_cancelled)
        status.busy.appeared.connect(actions.cancel.setEnabled)
        status.reset_lived.offered.connect(actions.reset_lived.setEnabled)
        status.reset_lived.lambda_requested.connect(self._on_lived_lambda_requested)

    def _connect_model(self) -> None:
        window, actions, loss_curve = self._window, self._window.commands, self._window.loss_curve
        for action in actions.of_the_model:
            # Before what follows from it, which may be refused as well.
            action.triggered.connect(self._status.forget_error)
        actions.run.triggered.connect(window.run_toggled)
        actions.step.triggered.connect(window.epoch_requested)
        actions.reset.triggered.connect(window.reset_requested)
        actions.new_seed.triggered.connect(window.new_seed_requested)
        actions.sweep.triggered.connect(self._on_sweep_triggered)
        actions.solve.triggered.connect(window.solve_requested)
        actions.up_down.go.triggered.connect(self._on_up_down_triggered)
        actions.up_down.turn.triggered.connect(window.turn_requested)
        actions.use_best_lambda.triggered.connect(loss_curve.choose_best)
        actions.use_sparser_lambda.triggered.connect(loss_curve.choose_one_standard_error)
        loss_curve.lambda_chosen.connect(window.controls.lambda_chosen)
        loss_curve.lambda_drag_changed.connect(window.controls.lambda_drag_changed)

    def _connect_window(self) -> None:
        window, actions = self._window, self._window.commands
        actions.open.triggered.connect(self._on_open_triggered)
        actions.cancel.triggered.connect(window.load_cancelled)
        actions.clear_recent.triggered.connect(window.recent_cleared)
        actions.paste_table.triggered.connect(window.paste_requested)
        actions.watch.toggled.connect(window.watch_toggled)
        actions.quit.triggered.connect(window.close_by_hand)
        actions.deselect.triggered.connect(window.select_nothing)
        actions.stack_panels.triggered.connect(window.docks.stack)
        actions.reset_layout.triggered.connect(window.docks.reset_layout)
        actions.theme_group.triggered.connect(self._on_theme_triggered)
        actions.shortcuts.triggered.connect(self._on_shortcuts_triggered)
        actions.workers.triggered.connect(window.workers_requested)
        actions.about.triggered.connect(window.about_requested)

    def _on_open_triggered(self) -> None:
        files, _ = QFileDialog.getOpenFileNames(
            self._window,
            self.tr("Open a table, several with the same columns, a session or a model"),
            "",
            self.tr("Tables, sessions and models ({patterns});;All files (*)").format(
                patterns=f"{TABLE_PATTERNS} *{MODEL_SUFFIX}"
            ),
        )
        self._window.choose_files(files)

    def _on_up_down_triggered(self, is_on: bool) -> None:
        if is_on:
            # What it draws is there.
            self._window.docks.bring_up(self._window.loss_curve)
        self._window.up_down_toggled.emit(is_on)

    def _on_sweep_triggered(self) -> None:
        window = self._window
        if not self._is_sweeping() and window.weight_path.visibleRegion().isEmpty():
            # It may be behind a tab or closed, and is what one wants to see now.
            window.docks.bring_up(window.loss_curve)
        window.sweep_requested.emit()

    def _on_shortcuts_triggered(self) -> None:
        """The list of all keys."""
        from regdesk.views.window.shortcuts_dialog import ShortcutsDialog

        dialog = ShortcutsDialog(self._window, self._window.commands.groups)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    def _on_theme_triggered(self, action: QAction) -> None:
        self._window.theme_chosen.emit(action.data())

    def _on_lived_lambda_requested(self, lam: float) -> None:
        # The button is about to go; the keyboard goes to what one wants next, not to whatever comes after it.
        self._window.controls.focus_lambda()
        self._window.lived_reset_requested.emit(lam)
