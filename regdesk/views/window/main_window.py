"""The main window: what it is told of the model, of what is in force, and of what could not be done."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QPaintEvent

from regdesk.core.run.frame import TableView
from regdesk.core.run.pace import Part
from regdesk.core.settings.change import Touches, everything
from regdesk.core.settings.configuration import Configuration
from regdesk.views.window.action_handlers import ActionHandlers
from regdesk.views.window.deferred_imports import deferred_imports
from regdesk.views.window.intentions import Intentions
from regdesk.views.window.panel_frames import PanelFrames
from regdesk.views.window.window_parts import WindowParts

if TYPE_CHECKING:
    from regdesk.core.fit.scene import FitScene
    from regdesk.core.run.frame import Frame
    from regdesk.core.run.scene import RunScene
    from regdesk.core.settings.configuration import ViewSettings
    from regdesk.core.sweep.view import SweepView
    from regdesk.views.kit.theme import ThemeChoice


class MainWindow(WindowParts):
    """The window as the session sees it: what it is told, it shows at once, and what a person wants it says by the
    signals of its parts.
    """

    def __init__(self, configuration: Callable[[], Configuration] = Configuration) -> None:
        """``configuration`` answers with what is in force: the window keeps nothing of it."""
        self._is_painted = False
        super().__init__(configuration)
        self._file: str | None = None
        self.is_sweeping = False
        self._steps_per_second = 0.0
        self._frames_per_second = 0.0
        self._unloaded = deferred_imports()
        self._unbuilt = chain.from_iterable(panel.building() for panel in self.panels)
        self._frames = PanelFrames(self.panels, self._centre.show_words, self)
        for refusing in (
            self.controls.input_refused,
            self.plane_geometry.input_refused,
            self.calculator.input_refused,
            self.drop_refused,
        ):
            refusing.connect(self.show_error)
        self._intentions = Intentions(self, self._bar, self._status, lambda: self.is_sweeping)
        self._handlers = ActionHandlers(
            self, self.commands, self.controls, self._bar.speed, self.panels, lambda: configuration().training.lam
        )

    def build_next(self) -> bool:
        """Import or make one more thing that the first paint need not wait for; False when all are there."""
        if next(self._unloaded, None) is not None:
            return True
        is_over = object()
        return next(self._unbuilt, is_over) is not is_over

    def show_samples(self, samples: tuple[tuple[str, str, str], ...]) -> None:
        """Fill the samples menu with (name, title, sentence)."""
        self.menus.show_samples(samples)

    def show_recent_files(self, files: tuple[str, ...]) -> None:
        """Fill the menu of recent files, the newest first."""
        self.menus.show_recent_files(files)

    def show_theme(self, choice: ThemeChoice) -> None:
        """Which entry of the theme menu is in force."""
        self.commands.themes[choice].setChecked(True)

    def show_table(self, file: str | None, view: TableView) -> None:
        self._file = file
        self.show_title(view.title)
        self.controls.show_table(view)

    def show_configuration(self, configuration: Configuration, touches: Touches = everything) -> None:
        """Show what is in force, where ``touches`` says that it is another than was shown before."""
        training = configuration.training
        if touches("training.lam") or touches("training.penalty"):
            self.show_lambda_in_panels(training)
        if touches("seed"):
            self._bar.show_seed(configuration.seed)
        if touches("training.penalty"):
            self.commands.penalties[training.penalty].setChecked(True)
        self.controls.show_configuration(configuration, touches)

    def show_view_settings(self, view: ViewSettings) -> None:
        """How all of it is looked at; the columns of a slice are shown with their scene."""
        self._bar.speed.show_speed(view.steps_per_second)
        self.looks.show(view)
        self.commands.deselect.setEnabled(bool(view.selected))
        self.explain.dock.show_selected(view.selected)
        for panel in self.panels:
            panel.show_view_settings(view)

    def show_run(self, scene: FitScene) -> None:
        """A new run begins: what stands still, and empty curves."""
        self._centre.show_panels()
        self._frames.begin_run()
        self._forget_run()
        self.data_fit.show_scene(scene)
        self._reset_curves()

    def show_not_trainable(self, file: str, title: str, sentence: str, n_rows: int) -> None:
        """A table is open that cannot be trained on: ``sentence`` says why. Nothing of what was before is shown."""
        self.show_table(file, TableView(title, "", "–", "–", "–", f"{n_rows:,}", self.tr("Nothing yet.")))
        self._forget_run()
        self._reset_curves()
        self._centre.show_not_trainable(title, sentence)
        self._say_no_model()

    def _say_no_model(self) -> None:
        for panel in self.panels:
            panel.set_readout(self.tr("There is no model: choose target and features first (Ctrl+D)."))

    def _forget_run(self) -> None:
        self._frames.forget()
        self._centre.forget_run()

    def _reset_curves(self) -> None:
        self.histogram.reset()
        self.loss_curve.reset()
        self.history.reset()

    def show_run_scene(self, scene: RunScene) -> None:
        """Names and sizes of what the new run is trained on."""
        names = (*scene.input_names, *scene.column_names, scene.target, *scene.classes, scene.dataset_name)
        for one in self.panels:
            one.leave_unlinked(names)
        for panel in (
            self.histogram, self.history, self.loss_curve, self.weight_path, self.plane_geometry, self.network,
            self.variables, self.explain.dock,
        ):  # fmt: skip
            panel.show_run_scene(scene)
        self._leave_no_frozen_button()

    def _leave_no_frozen_button(self) -> None:
        """Other data have dropped what was frozen: the button comes up, and no ghost of them is left anywhere."""
        if self.commands.freeze.isChecked() and not any(panel.has_ghost for panel in self.panels):
            self.commands.freeze.setChecked(False)

    def show_curves(self, frame: Frame) -> None:
        """The moment that is shown, with another stretch of its course."""
        self._frames.newest = frame
        self.histogram.show_frame(frame)
        self.history.show_frame(frame)

    def show_sweep(self, view: SweepView) -> None:
        """What a sweep has found so far, and whether there can be one."""
        self.is_sweeping = view.is_busy
        self.loss_curve.show_sweep(view)
        self.weight_path.show_sweep(view)
        self.variables.show_sweep(view)
        self.commands.show_sweep(view)

    def show_running(self, is_running: bool) -> None:
        with QSignalBlocker(self.commands.run):
            self.commands.run.setChecked(is_running)
        self.commands.show_running(is_running)
        for panel in self.panels:
            panel.show_running(is_running)
        if not self._centre.is_trainable:
            self._say_no_model()

    def show_obstacle(self, sentence: str) -> None:
        for panel in self.panels:
            panel.show_obstacle(sentence)
        if not self._centre.is_trainable:
            self._say_no_model()

    def show_status(self, sentence: str) -> None:
        """What just happened, in words."""
        self._status.show_status(sentence)

    def show_story(self, sentence: str) -> None:
        """What happens in the model; waits for an error to have been read."""
        self._status.show_story(sentence)

    def show_error(self, sentence: str) -> None:
        """A sentence about what could not be done."""
        self._status.show_error(sentence)

    def forget_error(self) -> None:
        """Something else has been chosen since: what could not be done is no longer the news."""
        self._status.forget_error()

    def show_busy(self, text: str, can_cancel: bool) -> None:
        """Work begins that may take long."""
        self._status.busy.begin(text, can_cancel)

    def show_progress(self, fraction: float) -> None:
        """How much of that work is done, 0 to 1."""
        self._status.busy.show_fraction(fraction)

    def show_idle(self) -> None:
        """That work has ended."""
        self._status.busy.end()

    def show_rates(self, steps_per_second: float, frames_per_second: float) -> None:
        self._steps_per_second, self._frames_per_second = steps_per_second, frames_per_second
        self._bar.show_rates(steps_per_second, frames_per_second)

    def show_frame(self, frame: Frame, due: Part = Part.ALL) -> None:
        """Bring every panel to one moment, or as much of them as is ``due``; ``catch_up`` shows the rest."""
        self._frames.show(frame, due)

    @property
    def is_behind(self) -> bool:
        """Whether something of the newest frame is still to be shown."""
        return self._frames.is_behind

    def catch_up(self, due: Part = Part.ALL) -> None:
        """Show what of the newest frame had to wait, and is ``due``; of a new run the next panel."""
        self._frames.catch_up(due)

    def draw_all(self) -> None:
        """Show panels that have no picture of the present run yet, and let all of them be painted."""
        self._frames.draw_all()

    def settle(self, frame: Frame, n_frames: int = 1) -> None:
        """The same moment once more, as ``n_frames`` at once: for axes that follow what is in them after so many."""
        self._frames.show_once_more(frame, (self.histogram, self.history, self.loss_curve), n_frames)

    def show_anew(self, frame: Frame) -> None:
        """The moment that is shown, drawn as if no other had been: axes and words stand where they are remembered to
        have stood, which depends on how many moments were shown on the way.
        """
        self._reset_curves()
        self.settle(frame)
        self.calculator.show_anew()

    def show_optimum(self, frame: Frame) -> None:
        """The moment that is shown, with something else to say of the optimum."""
        self._frames.newest = frame
        self._centre.show_objective(frame)
        self.loss_curve.show_frame(frame)
        self.explain.dock.show_frame(frame)

    def show_workers(self, workers: str, counts: tuple[int, int], refusal: Callable[[str], str]) -> None:
        """Let a person choose who does sweeps; see ``WorkersDialog``."""
        from regdesk.views.window.workers_dialog import WorkersDialog

        dialog = WorkersDialog(self, workers, counts, refusal)
        dialog.workers_chosen.connect(self.workers_chosen)
        dialog.show()

    def show_about(self, parts: tuple[tuple[str, str, str], ...], notes: str, details: Callable[[], str]) -> None:
        """``parts`` are (name, version, licence); ``details`` says what else is known of program and machine."""
        from regdesk.views.window.about_dialog import AboutDialog

        dialog = AboutDialog(self, parts, notes, details)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    def state(self) -> dict[str, Any]:
        """A JSON-able record of what is on screen, all of it of one moment."""
        self.draw_all()
        self.catch_up(Part.WORDS)
        from regdesk.views.window.window_state import window_state

        frame = self._frames.newest
        return window_state(
            self._file,
            self._configuration(),
            frame,
            self.commands.run.isChecked(),
            self._steps_per_second,
            self._frames_per_second,
            {panel.objectName(): panel.readout for panel in self.panels},
            self._status.text,
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            self.painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.is_to_stay(event):
            return
        self._status.stop()
        for part in (self.controls.data, self.importing):
            part.close_dialog()
        for door in (self.sessions, self.models):
            door.close_dialogs()
        self.lessons.close()
        self.closed.emit()
        self.looks.stop()
        for timer in self.findChildren(QTimer):
            # What panels were about to arrange nobody will see.
            timer.stop()
        super().closeEvent(event)
