"""The variables: each column of the data with its importance, sign, order of entry, and what it costs to permute it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction

from regdesk.core.run.pace import Part
from regdesk.core.settings.configuration import ViewSettings
from regdesk.core.settings.selected import NOTHING, selected_input
from regdesk.views.plots.asking_panel import AskingPanel
from regdesk.views.plots.data_columns import Column
from regdesk.views.plots.selecting_frame import inputs_in
from regdesk.views.variables.columns import ENTERS, SIGN, STATE

if TYPE_CHECKING:
    from collections.abc import Callable

    from regdesk.core.model.permuted import PermutedLosses
    from regdesk.core.run.frame import Frame
    from regdesk.core.run.scene import RunScene
    from regdesk.core.sweep.view import SweepView
    from regdesk.core.weights.variables import InputColumns, VariableFigures
    from regdesk.views.variables.content import VariablesContent

ORDER = "view.variables_order"
INVITATION = "The columns of the data appear here, with what each of them is to the model."
SORTED_EVERY = 10
"""Pictures of a model that trains, about a second: rows that move oftener cannot be read."""


class VariablesPanel(AskingPanel):
    """Signals: ``seen_changed(bool)``, ``permuting_requested()``.

    It is made when it is first seen with a model; what it shows of permutations it is told.
    """

    permuting_requested = Signal()

    def __init__(self, view: Callable[[], ViewSettings] = ViewSettings) -> None:
        """``view`` answers with what is in force."""
        super().__init__("variablesPanel", self.tr(INVITATION))
        self._view_settings = view
        self.set_title(self.tr("Variables"))
        self.set_help(
            self.tr(
                "A row for each column of the data. Importance: the product of |weights| along each way from it to an "
                "output, summed up; of a linear model |weight|. Sign: of its weight in a linear model. Enters: its "
                "place in the order in which inputs enter as λ falls, by the last sweep. Out: no chain of weights "
                "that matter leads from it to an output. Permuted: how much the validation loss grows when its cells "
                "are permuted among the rows, mean ± standard deviation over the permutations; columns that say the "
                "same stand in for each other. Click on a row to select it in all panels, on a heading to sort; Ctrl+C "
                "copies the table."
            )
        )
        self._scene: RunScene | None = None
        self._columns: InputColumns | None = None
        self._sweep: SweepView | None = None
        self._permuted: PermutedLosses | None = None
        self._is_permuting = False
        self._refusal = ""
        self._content: VariablesContent | None = None
        self._n_unsorted = 0
        self._fit_words()
        self._permute = QAction(self.tr("Permute the columns"), self)
        self._permute.setObjectName("permuteAction")
        self._permute.triggered.connect(self.permuting_requested)
        self._sorting: list[QAction] = []
        self.apply_theme()

    @property
    def content(self) -> VariablesContent | None:
        """What it is made of, once it has been seen."""
        return self._content

    @property
    def part(self) -> Part:
        # Numbers are read, and no faster than words.
        return Part.WORDS

    @property
    def can_have_picture(self) -> bool:
        return self._frame is not None

    def forget_frame(self) -> None:
        super().forget_frame()
        # It counts what the model has, and another one has other weights.
        self._say_whole(self.tr(INVITATION))

    def show_run_scene(self, scene: RunScene) -> None:
        """Which columns the inputs come from."""
        self._scene, self._columns = scene, None

    def show_sweep(self, view: SweepView) -> None:
        """What a sweep has found so far, for the order in which inputs enter."""
        last, self._sweep = self._sweep, view
        if last is None or last.curve is not view.curve or last.is_stale != view.is_stale:
            self._show_entries()

    def show_permuting(self) -> None:
        """The validation rows are being permuted."""
        self._is_permuting, self._refusal = True, ""
        self._show_permuted()

    def show_permuted(self, permuted: PermutedLosses) -> None:
        """What permuting each column costs."""
        self._permuted, self._is_permuting = permuted, False
        self._show_permuted()
        if self._frame is not None:
            self._say_frame(self._frame)

    def show_permuting_refused(self, sentence: str) -> None:
        """Why there can be none."""
        self._is_permuting, self._refusal = False, sentence
        self._show_permuted()

    def forget_permuted(self) -> None:
        """Another run begins, or there is none."""
        self._permuted, self._is_permuting, self._refusal = None, False, ""
        self._show_permuted()

    def show_selected(self) -> None:
        if self._content is not None:
            self._content.table.show_selected(self._selected_name)

    @property
    def _selected_name(self) -> str | None:
        """The column of the data of what is selected."""
        scene, frame = self._scene, self._frame
        if scene is None:
            return None
        network = frame.snapshot.network if frame is not None else None
        numbers = inputs_in(self._selected, scene.input_names, scene.column_names, network)
        return scene.column_names[numbers[0]] if numbers else None

    def sentence(self, frame: Frame) -> tuple[str, str | None]:
        from regdesk.views.variables.words import figures_sentence

        figures, mark = self._figures(frame), self._exact_mark
        permuted = self._permuted if self._is_of_now else None
        words = figures_sentence(figures, permuted) if figures is not None else self.tr(INVITATION)
        self._words = f"{mark} {words}" if mark else words
        return self._words, self._fitting(self._words)

    def _figures(self, frame: Frame) -> VariableFigures | None:
        from regdesk.core.weights.variables import InputColumns, variable_figures

        snapshot, scene = frame.snapshot, self._scene
        if scene is None or snapshot.network.sizes[0] != len(scene.column_names):
            return None
        if self._columns is None:
            self._columns = InputColumns.of(scene.column_names)
        return variable_figures(snapshot.network, snapshot.parameters, self._columns, snapshot.too_small)

    def draw(self, frame: Frame) -> None:
        self._note_seen()
        figures = self._figures(frame)
        if figures is None:
            return
        content = self._content or self._made_content()
        rows = content.table.rows
        is_other = rows.figures is None or rows.figures.names != figures.names
        rows.show_figures(figures)
        self._n_unsorted += 1
        if not self._is_running or self._n_unsorted >= SORTED_EVERY:
            self._n_unsorted = 0
            rows.sort_again()
        if is_other:
            self._show_entries()
            content.table.show_selected(self._selected_name)
        self._show_permuted()
        if not self._has_picture:
            self._show_picture(content)
            # Beside the table they have one line.
            self._fit_words()

    @property
    def _is_of_now(self) -> bool:
        """Whether what permuting has found is of the model that is shown."""
        permuted, frame = self._permuted, self._frame
        return permuted is not None and frame is not None and permuted.parameters is frame.snapshot.parameters

    def _show_entries(self) -> None:
        scene, content, frame = self._scene, self._content, self._frame
        if content is None or scene is None:
            return
        from regdesk.core.weights.variables import entry_places
        from regdesk.views.variables.words import no_entry_reason, no_sign_reason

        reason = no_entry_reason(self._sweep, scene.input_names)
        entries, curve = {}, self._sweep.curve if self._sweep is not None else None
        if not reason and curve is not None and curve.path is not None:
            events = curve.path.events
            entries = entry_places(events.earliest, events.latest, scene.column_names)
        network = None if frame is None else frame.snapshot.network
        content.table.rows.show_entries(entries, reason, no_sign_reason(network))

    def _show_permuted(self) -> None:
        content, permuted = self._content, self._permuted
        if content is None:
            return
        from regdesk.views.variables.words import ASKING, permuting_notes

        notes = ASKING if self._is_permuting else permuting_notes(permuted, self._is_of_now, self._refusal)
        content.table.rows.show_permuted(permuted, notes[0], self._is_of_now)
        content.show_permuting(not self._is_permuting and not self._refusal, *notes)

    def data_columns(self) -> list[Column]:
        """The table as it is sorted, numbers in full."""
        content = self._content
        if content is None or content.table.rows.figures is None:
            return []
        rows, figures = content.table.rows, content.table.rows.figures
        permuted = rows.permuted
        order = rows.order
        columns = [
            Column(self.tr("variable"), [figures.names[number] for number in order]),
            Column(self.tr("importance"), figures.importance[order]),
        ]
        for heading, column in zip(rows.headings[SIGN:], (SIGN, ENTERS, STATE), strict=True):
            columns.append(Column(heading.lower(), [rows.text(number, column) for number in order]))
        if permuted is not None:
            columns.append(Column(self.tr("permuted: validation loss more by"), permuted.increases[order]))
            columns.append(Column(self.tr("standard deviation"), permuted.spreads[order]))
        return columns

    def menu_actions(self) -> list[QAction]:
        self._permute.setEnabled(self._frame is not None and not self._is_permuting and not self._refusal)
        return [self._permute, *self._sorting]

    def show_as_picture(self, is_picture: bool) -> None:
        if self._content is not None:
            self._content.table.show_as_picture(is_picture)

    def apply_theme(self) -> None:
        if self._content is not None:
            self._content.apply_theme()
        super().apply_theme()

    def apply_text_size(self) -> None:
        if self._content is not None:
            self._content.table.fit_columns()
        super().apply_text_size()

    def _bring_up_to_date(self) -> None:
        """A frame brings the table; until there is one, words say what will be here."""
        self._note_seen()
        if self._frame is None and not self._has_picture:
            self._show_words(self.tr(INVITATION))

    def _made_content(self) -> VariablesContent:
        from regdesk.views.variables.content import VariablesContent

        content = self._content = VariablesContent()
        content.name_chosen.connect(self._on_name_chosen)
        content.copy_requested.connect(self.data_requested)
        content.permuting_requested.connect(self.permuting_requested)
        for column, heading in enumerate(content.table.rows.headings):
            # A heading is clicked on; by keys the table is sorted here.
            action = QAction(self.tr("Sort by {heading}").format(heading=heading.lower()), self)
            action.setObjectName(f"sortVariablesAction{column}")
            action.triggered.connect(partial(content.table.sort_by, column))
            self._sorting.append(action)
        content.table.show_order(self._view_settings().variables_order)
        content.table.order_chosen.connect(self._on_order_chosen)
        self._pages.addWidget(content)
        return content

    def show_view_settings(self, view: ViewSettings) -> None:
        super().show_view_settings(view)
        if self._content is not None:
            self._content.table.show_order(view.variables_order)

    def _on_order_chosen(self, word: str) -> None:
        self.settings_chosen.emit({ORDER: word})

    def _on_name_chosen(self, name: str | None) -> None:
        self.part_selected.emit(NOTHING if name is None else selected_input(name))
