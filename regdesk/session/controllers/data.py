"""What the window asks of the data, and what they answer it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from regdesk.core.run.frame import TableView
from regdesk.data.errors import DataError
from regdesk.data.prepare.column_facts import column_facts
from regdesk.data.samples import Sample, sample, samples
from regdesk.session.run import source_settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from regdesk.core.settings.change import Change
    from regdesk.core.types import DataSettings
    from regdesk.session.controllers.hysteresis import HysteresisController
    from regdesk.session.services import Services
    from regdesk.session.session import Session
    from regdesk.tasks.loading import Loaded
    from regdesk.tasks.not_trainable import NotTrainable
    from regdesk.views.window.main_window import MainWindow

NOTHING_YET = "Open a file or a sample to begin."


class DataController(QObject):
    """Signals: ``taken(Loaded, bool)`` when data have come into force and are shown, true for those of another source;
    ``lost()`` when a table is open that nothing can be learnt from, before it is shown; ``given_up()`` when what was
    asked for will not come, before what stays is shown again; ``load_failed(str)`` with the sentence that is shown.
    """

    taken = Signal(object, bool)
    lost = Signal()
    given_up = Signal()
    load_failed = Signal(str)

    def __init__(
        self, window: MainWindow, session: Session, services: Services, tour: HysteresisController, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window, self._session, self._data, self._tour = window, session, services.data, tour
        self._model, self._sweeps = services.model, services.sweeps
        data = self._data
        data.reading_began.connect(self._on_reading_began)
        data.preparing_began.connect(self._on_preparing_began)
        data.progressed.connect(window.show_progress)
        data.loaded.connect(self._on_loaded)
        data.cancelled.connect(self._on_cancelled)
        data.table_taken.connect(self._on_table_taken)
        data.load_failed.connect(self._on_load_failed)
        data.request_refused.connect(self._on_request_refused)
        data.previewed.connect(window.controls.data.show_consequences)
        data.preview_failed.connect(self._on_preview_failed)
        window.sample_chosen.connect(self.open_sample)
        window.load_cancelled.connect(data.cancel)
        window.controls.data.data_requested.connect(self._on_data_requested)
        window.controls.data.data_edited.connect(data.preview)
        window.show_samples(tuple((one.name, one.title, one.sentence) for one in samples()))

    def open_sample(self, name: str, settings: DataSettings | None = None, *, is_asked_for: bool = False) -> None:
        """Open a bundled sample in the background.

        Without ``settings`` all that its text speaks of comes into force with it: layers, training, seed and panels. By
        a command line, which gives them, it ``is_asked_for`` or there is no other: panels come if somebody asked.
        """
        if is_asked_for:
            closed = self._session.configuration.view.closed_panels
            self._session.change_all(_seen_values(sample(name), closed), "script")
        self._try(lambda: self._data.open_sample(name, settings))

    def show(self) -> None:
        """Show what is in force; nothing is waited for."""
        self._window.show_idle()
        self._show_table()

    def follow(self, change: Change) -> None:
        """Have what is asked for now; it is taken back if it cannot be had."""
        self._try(lambda: self._data.follow(change))

    def _try(self, ask: Callable[[], None]) -> None:
        try:
            ask()
        except DataError as error:
            self._take_back()
            self._window.show_error(str(error))
            self.load_failed.emit(str(error))

    def _on_reading_began(self, title: str) -> None:
        self._window.show_status(f"Reading {title} …")
        self._window.show_busy(f"Reading {title}", can_cancel=True)
        self._say_what_is_awaited()

    def _on_preparing_began(self) -> None:
        self._window.show_busy("Preparing the data", can_cancel=True)

    def _on_cancelled(self, what: str) -> None:
        self._keep_what_is()
        rest = "the data on screen stay." if self._data.opened is not None else "open a file or a sample."
        self._window.show_error(f"{what} was cancelled; {rest}")

    def _on_request_refused(self, sentence: str) -> None:
        # The controls show again what is in force.
        self._take_back()
        self._show_table()
        self._window.show_error(sentence)

    def _on_loaded(self, loaded: Loaded, is_new_source: bool) -> None:
        self._window.show_idle()
        values = _prepared_values(loaded)
        if is_new_source and loaded.source.model is not None:
            # Its settings are not those of the run before.
            self._model.leave()
            # A demonstration that is under way would put its own λ back afterwards.
            self._tour.stop()
            values["architecture"], values["training"] = loaded.source.model
            if loaded.source.sample is not None:
                values |= _seen_values(sample(loaded.source.sample), self._session.configuration.view.closed_panels)
        self._session.change_all(values)
        self._show_table()
        if is_new_source:
            # It is about columns of another table.
            self._window.controls.data.close_dialog()
        self.taken.emit(loaded, is_new_source)

    def _on_table_taken(self, taken: NotTrainable) -> None:
        """A file is open that nothing can be learnt from as it is used: what was trained before is of another one."""
        self._window.show_idle()
        self._window.controls.data.close_dialog()
        self.lost.emit()
        self._session.change_all(_prepared_values(taken))
        self._window.show_configuration(self._session.configuration)
        self._window.show_not_trainable(str(taken.source.path), taken.source.title, str(taken), taken.table.n_rows)
        self._window.show_error(str(taken))
        self.load_failed.emit(str(taken))

    def _on_load_failed(self, error: Exception) -> None:
        self._keep_what_is()
        if not isinstance(error, DataError):
            raise error
        self._window.show_error(str(error))
        self.load_failed.emit(str(error))

    def _on_data_requested(self) -> None:
        loaded, opened = self._data.now, self._data.opened
        if opened is None or self._data.is_reading:
            self._window.show_error(self._data.reading_sentence)
            return
        source, table = opened
        settings, seed = self._session.configuration.data, self._session.configuration.seed
        is_in_force = loaded is not None and (settings, seed) == (loaded.settings, loaded.seed)
        self._window.controls.data.open_dialog(
            source.title,
            column_facts(table),
            settings,
            seed,
            loaded.consequences if loaded is not None and is_in_force else None,
        )

    def _on_preview_failed(self, error: Exception) -> None:
        self._window.controls.data.show_problem(str(error))
        if not isinstance(error, DataError):
            raise error

    def _say_what_is_awaited(self) -> None:
        """As long as there are no data at all, the window names those that are being read."""
        if self._data.opened is not None:
            return
        source = self._data.being_read
        self._window.controls.data.show_awaited("" if source is None else source.title)
        self._window.data_fit.set_readout(NOTHING_YET if source is None else f"Reading {source.title} …")
        self._sweeps.note_data()

    def _keep_what_is(self) -> None:
        """What was asked for will not come: the controls show again what is in force."""
        self.given_up.emit()
        self._say_what_is_awaited()
        self._take_back()
        self._show_table()

    def _take_back(self) -> None:
        prepared = self._data.now or self._data.not_trainable
        if prepared is not None:
            self._session.change_all(_prepared_values(prepared), "refusal")

    def _show_table(self) -> None:
        loaded = self._data.now
        if loaded is None:
            return
        source, words = loaded.source, loaded.words
        self._window.show_table(
            str(source.path),
            TableView(
                title=f"{source.title} (your copy)" if loaded.copy.sentence else source.title,
                hint=source.hint,
                target=loaded.dataset.target,
                task=words.task,
                inputs=words.inputs,
                rows=words.rows,
                summary=words.summary,
            ),
        )
        self._window.show_configuration(self._session.configuration)


def _seen_values(one: Sample, closed: tuple[str, ...]) -> dict[str, Any]:
    """What lets a person see what a sample's text says: its panels open, and the whole course."""
    return {
        "view.layout": one.layout,
        "view.closed_panels": tuple(name for name in closed if name not in one.panels),
        "view.span_share": None,
        "view.span_epochs": None,
    }


def _prepared_values(prepared: Loaded | NotTrainable) -> dict[str, Any]:
    """What is in force with data that have been prepared, by path."""
    return {"source": source_settings(prepared.source), "data": prepared.settings, "seed": prepared.seed}
