"""A file before it is opened: how it is read, what its columns are for, and what opening it will do."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from regdesk.core.settings.column_roles import with_roles
from regdesk.core.types import DataSettings, SplitPart
from regdesk.core.words.safe_text import safe_line
from regdesk.views.importing.choices_row import ChoicesRow
from regdesk.views.importing.column_list import ColumnList
from regdesk.views.importing.decision_row import DecisionRow
from regdesk.views.importing.file_roles import FileRoles, split_by_truth
from regdesk.views.importing.offer_row import OfferRow
from regdesk.views.importing.reading_form import ReadingForm
from regdesk.views.importing.rows_table import RowsTable
from regdesk.views.importing.side_by_side import SideBySide
from regdesk.views.importing.warning_list import WarningList
from regdesk.views.kit.consequences_view import ConsequencesView
from regdesk.views.kit.elided_label import ElidedLabel
from regdesk.views.kit.form_parts import make_section
from regdesk.views.kit.keyed_dialog import KeyedDialog
from regdesk.views.kit.plain_text import title_text
from regdesk.views.kit.text_size import scaled_px

if TYPE_CHECKING:
    from regdesk.core.reading_options import ReadingOffer
    from regdesk.core.words.data_facts import Consequences
    from regdesk.core.words.import_facts import ColumnSplit, ImportPreview

ASK_AFTER_MS = 150
SIZE_PX = (1180, 780)
MARGIN_PX = 24


class ImportDialog(KeyedDialog):
    """Signals: ``reading_edited(ReadingOptions)``, to be answered with ``show_preview``; ``settings_edited
    (DataSettings)``, to be answered with ``show_consequences`` or ``show_problem``; ``file_accepted(DataSettings)``;
    ``command_requested(DataSettings)`` for the command of the present choices.
    """

    reading_edited = Signal(object)
    settings_edited = Signal(object)
    file_accepted = Signal(object)
    command_requested = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self.setObjectName("importDialog")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._preview: ImportPreview | None = None
        self._settings = DataSettings()
        self._roles = FileRoles()
        self._is_reading = self._is_settled = self._has_problem = self._opens_when_settled = False
        self._advice = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(ASK_AFTER_MS)
        self._form, self._columns, self._rows = ReadingForm(), ColumnList(), RowsTable()
        self._choices = ChoicesRow(self._form.sheet_label, self._form.sheet_box)
        self._warnings = WarningList()
        self._offer = OfferRow(self.tr("What &was decided in reading"), self._warnings)
        self._text = ConsequencesView("importConsequences", self.tr("This cannot be trained on yet:"))
        self._note = ElidedLabel()
        self._note.setObjectName("importColumnNote")
        self._decision = DecisionRow()
        self._lay_out()
        self._decision.open_clicked.connect(self._on_open_clicked)
        self._decision.cancel_clicked.connect(self.reject)
        self._decision.copy_clicked.connect(self._on_copy_clicked)
        self._form.edited.connect(self._on_form_edited)
        self._choices.target_chosen.connect(self._on_target_chosen)
        self._choices.part_chosen.connect(self._on_part_chosen)
        self._choices.split_refused.connect(self._on_split_refused)
        self._form.refused.connect(self._decision.show_text)
        self._choices.use_chosen.connect(self._on_roles_edited)
        self._columns.roles_edited.connect(self._on_roles_edited)
        self._columns.kind_chosen.connect(self._on_kind_chosen)
        self._columns.selectionModel().currentChanged.connect(self._on_column_reached)
        self._warnings.place_chosen.connect(self._rows.show_line)
        self._warnings.text_chosen.connect(self._on_text_chosen)
        self._warnings.offer_changed.connect(self._offer.show_offer)
        self._offer.offer_taken.connect(self._on_offer_taken)
        self._timer.timeout.connect(self._on_pause)
        self.finished.connect(self._timer.stop)

    def _lay_out(self) -> None:
        self._middle = SideBySide(self._columns, self._note, self._rows, self._offer, self._warnings)
        layout = QVBoxLayout(self)
        layout.addWidget(self._choices)
        layout.addWidget(make_section(self.tr("How it is read"), self._form))
        layout.addWidget(self._middle, stretch=4)
        layout.addWidget(self._text, stretch=1)
        layout.addWidget(self._decision)

    def open_with(self, preview: ImportPreview, settings: DataSettings) -> None:
        """Show a file that has been read for the first time, with the ``settings`` to begin with."""
        self._settings = settings
        self._text.show_nothing()
        self._roles.begin(preview, settings)
        self._columns.columns.show_date_parts(settings.date_parts)
        self._choices.show_use(settings)
        self.setWindowTitle(title_text(self.tr("Open {title}").format(title=preview.title)))
        self.show_preview(preview)
        width_px = min(scaled_px(SIZE_PX[0]), self._window.width() - MARGIN_PX)
        self.resize(width_px, min(scaled_px(SIZE_PX[1]), self._window.height() - 2 * MARGIN_PX))
        self._columns.fit_text()
        self._middle.share(width_px, self._columns.wanted_width_px())
        self._decision.fit_text()
        self.open()
        self._choices.take_focus()

    def show_preview(self, preview: ImportPreview) -> None:
        """The file as it is read now, or its beginning. Asks what the roles come to, once all of it has been read."""
        self._preview, self._is_reading = preview, preview.is_partial
        self._decision.show_reading(preview.is_partial)
        self._form.show_preview(preview)
        self._rows.show_preview(preview)
        self._warnings.show_preview(preview)
        self._columns.columns.show_columns(preview.columns, self._roles.roles_in(preview), dict(preview.reading.kinds))
        # Those to choose from, the likeliest first.
        self._choices.show_targets(dict.fromkeys((*preview.targets, *preview.usual_roles)))
        self._show_target()
        self._show_split()
        self._rows.show_roles(self._columns.columns.roles)
        can_change = self.tr("Space or a click on a role or a kind changes it.")
        self._note.show_text(can_change if preview.columns else "")
        if preview.problem:
            self._text.show_problem(preview.problem, self.tr("This cannot be read so:"))
            self._refuse(self.tr("Correct the file and open it again, or say above how it is written."))
        elif preview.is_partial:
            self._text.show_nothing()
            self._show_state()
        else:
            self._ask()

    def _show_target(self) -> None:
        roles = self._columns.columns.roles
        self._choices.show_target(next((name for name, role in roles.items() if role == "target"), None))

    def _split_in_force(self) -> tuple[str, ColumnSplit] | None:
        return split_by_truth(self._preview, self._columns.columns.roles)

    def _show_split(self) -> None:
        found = self._split_in_force()
        self._choices.show_split(found, self._roles.part_in(found))

    def edited_settings(self) -> DataSettings:
        """The settings as they stand in the dialog."""
        columns, part = self._columns.columns, self._choices.part_beside_name(self._split_in_force())
        settings = with_roles(self._settings, columns.roles, columns.usual_roles)
        task, missing = self._choices.task, self._choices.missing
        return replace(settings, split_true=part, task=task, missing=missing, date_parts=columns.date_parts)

    def show_progress(self, fraction: float) -> None:
        """``fraction`` of the file is read, 0 to 1."""
        if self._is_reading:
            self._decision.show_progress(fraction)

    def show_consequences(self, consequences: Consequences) -> None:
        """The answer to what was asked last."""
        if self._is_reading:
            return
        self._is_settled, self._has_problem = True, False
        self._text.show_consequences(consequences)
        self._show_state()
        if self._opens_when_settled:
            self._accept()

    def show_problem(self, sentence: str) -> None:
        """The roles that were asked about last cannot be trained on: why."""
        if self._is_reading:
            return
        self._text.show_problem(sentence)
        self._refuse(self.tr("Another target or other roles may do."))

    def show_copied(self, command: str) -> None:
        """What has been put on the clipboard."""
        self._decision.show_text(self.tr("Copied: {command}").format(command=safe_line(command)))

    def apply_theme(self) -> None:
        """Take on the colours in force."""
        self._text.apply_theme()
        self._rows.viewport().update()
        self._columns.viewport().update()

    def _show_state(self) -> None:
        name = self._choices.target
        if self._is_reading and self._preview is not None and self._preview.is_partial:
            text = self.tr("These are the first {n:,} rows; the rest is being read …").format(
                n=self._preview.rows.n_rows
            )
        elif self._is_reading:
            text = self.tr("Reading …")
        elif not self._is_settled:
            text = self.tr("Working out what this does …")
        elif self._has_problem:
            text = self._advice
        else:
            text = self.tr("Enter opens the file to predict {name}.").format(name=safe_line(str(name)))
        self._decision.show_state(text, not (self._is_settled and self._has_problem))

    def _refuse(self, advice: str) -> None:
        """The file cannot be opened so, for a reason that has been shown; ``advice`` is what to do."""
        self._is_settled, self._has_problem, self._advice = True, True, advice
        self._opens_when_settled = False
        self._show_state()

    def _ask(self) -> None:
        question = self._choices.question_on(self._split_in_force())
        if question:
            self._text.show_problem(question, self.tr("A question:"))
            self._refuse(self.tr("The file can be opened when that is answered."))
            return
        self._is_settled = False
        self._show_state()
        self.settings_edited.emit(self.edited_settings())

    def _accept(self) -> None:
        self._opens_when_settled = False
        settings = self.edited_settings()
        self.accept()
        self.file_accepted.emit(settings)

    def _begin_reading(self) -> None:
        if self._preview is not None:
            self._preview = replace(self._preview, is_partial=False)
        self._is_reading, self._is_settled, self._opens_when_settled = True, False, False
        self._decision.begin_reading()
        self._show_state()

    def _on_form_edited(self) -> None:
        self._begin_reading()
        self.reading_edited.emit(self._form.reading)

    def _on_kind_chosen(self, name: str, kind: str | None) -> None:
        reading = self._form.reading
        kinds = {one: given for one, given in reading.kinds if one != name} | ({} if kind is None else {name: kind})
        if tuple(kinds.items()) != reading.kinds:
            self._begin_reading()
            self.reading_edited.emit(replace(reading, kinds=tuple(kinds.items())))

    def _on_offer_taken(self, offer: ReadingOffer) -> None:
        self._begin_reading()
        self.reading_edited.emit(offer.taken(self._form.reading))

    def _on_target_chosen(self, name: str) -> None:
        self._columns.columns.show_target(name)
        self._on_roles_edited()

    def _on_part_chosen(self, part: SplitPart) -> None:
        self._roles.settle_split(part)
        self._on_roles_edited()

    def _on_split_refused(self) -> None:
        found = self._split_in_force()
        if found is not None:
            self._columns.columns.give_role([list(self._columns.columns.roles).index(found[0])], "feature")

    def _on_roles_edited(self, *_index: int) -> None:
        columns = self._columns.columns
        roles = columns.roles
        self._roles.note(roles, columns.usual_roles)
        self._show_target()
        self._show_split()
        self._rows.show_roles(roles)
        self._is_settled = self._opens_when_settled = False
        self._show_state()
        self._timer.start()

    def _on_column_reached(self) -> None:
        row = self._columns.currentIndex().row()
        self._note.show_text(safe_line(self._columns.columns.sentence(row)) if row >= 0 else "")
        if row >= 0 and self._preview is not None:
            self._rows.show_line(None, self._preview.columns[row].name)

    def _on_text_chosen(self, line: int, text: str) -> None:
        self._decision.show_text(self.tr("Line {line}: {text}").format(line=line, text=safe_line(text)))

    def _on_pause(self) -> None:
        if not self._is_reading:
            self._ask()

    def _on_open_clicked(self) -> None:
        if self._is_settled and not self._has_problem:
            self._accept()
        elif not self._is_settled:
            # Enter came before the answer: the file is opened once it is known that it can be.
            self._opens_when_settled = True
            if self._timer.isActive():
                self._timer.stop()
                self._on_pause()

    def _on_copy_clicked(self) -> None:
        self.command_requested.emit(self.edited_settings())
