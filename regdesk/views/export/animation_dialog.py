"""How a run is saved as a film: of which part, as one moving picture or as numbered ones, and how far that has come."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDoubleSpinBox, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from regdesk.core.words.safe_text import safe_line
from regdesk.views.export.animation_request import MOST_PICTURES, AnimationRequest
from regdesk.views.export.saving_dialog import SavingDialog
from regdesk.views.kit.form_parts import make_combo, make_form, make_paragraph, name_widget

MOST_SECONDS = 600.0
FORBIDDEN = '/\\:*?"<>|'
"""In a name, on one system or another."""


class AnimationDialog(SavingDialog):
    """Signal: ``save_requested(AnimationRequest)``; it stays open while that is done."""

    save_requested = Signal(object)

    def __init__(
        self, parent: QWidget, panels: Sequence[tuple[str, str]], request: AnimationRequest, missing: str
    ) -> None:
        """``panels`` are object names and names in words; ``missing`` says why there can be no moving pictures, empty
        where there can.
        """
        super().__init__(parent, "animation", self.tr("Save an animation of the run"), request.folder)
        self._missing = missing
        self._make_fields(panels)
        self._lay_out()
        self._show_request(request)
        for box in (self._part, self._kind):
            box.currentIndexChanged.connect(self._on_changed)
        for spin in (self._count, self._seconds):
            spin.valueChanged.connect(self._on_changed)
        for edit in (self._file_name, self.folder_edit):
            edit.textChanged.connect(self._on_changed)
        self.buttons.accepted.connect(self._on_accepted)
        self._on_changed()

    def _make_fields(self, panels: Sequence[tuple[str, str]]) -> None:
        self._part = make_combo("animationPartBox", self.tr("Part"), self.tr("What the pictures are of"))
        self._part.addItem(self.tr("Whole window"), "")
        for key, name in panels:
            self._part.addItem(safe_line(name), key)
        self._kind = make_combo("animationKindBox", self.tr("Format"), self.tr("One moving picture, or many"))
        for text, kind in (
            (self.tr("Animated WebP"), "webp"), (self.tr("Animated GIF"), "gif"), (self.tr("Numbered PNG"), "png"),
        ):  # fmt: skip
            self._kind.addItem(text, kind)
        self._count, self._seconds, self._file_name = QSpinBox(), QDoubleSpinBox(), QLineEdit()
        self._count.setRange(2, MOST_PICTURES)
        self._seconds.setRange(0.1, MOST_SECONDS)
        self._seconds.setDecimals(1)
        self._seconds.setSuffix(self.tr(" s"))
        for field, key, name, tip in (
            (self._count, "CountSpin", self.tr("Pictures"), self.tr("Spread evenly over the run")),
            (self._seconds, "SecondsSpin", self.tr("Length"), self.tr("Of the film, from the first moment to now")),
            (self._file_name, "NameEdit", self.tr("Name"), self.tr("Of the file, without its ending")),
        ):
            name_widget(field, f"animation{key}", name, tip)
        self._note = make_paragraph()
        self._note.setObjectName("animationNote")

    def _lay_out(self) -> None:
        form, whole = make_form(), QVBoxLayout(self)
        for text, field in (
            (self.tr("&Part"), self._part),
            (self.tr("For&mat"), self._kind),
            (self.tr("Pict&ures"), self._count),
            (self.tr("&Length"), self._seconds),
            (self.tr("&Name"), self._file_name),
        ):
            form.addRow(text, field)
        self.add_folder(form)
        whole.addLayout(form)
        whole.addWidget(self._note)
        self.make_progress()
        whole.addWidget(self.progress)
        whole.addWidget(self.problem)
        self.add_close()
        whole.addWidget(self.buttons)

    def _show_request(self, request: AnimationRequest) -> None:
        self._part.setCurrentIndex(max(0, self._part.findData(request.panel)))
        self._kind.setCurrentIndex(self._kind.findData(request.kind))
        self._count.setValue(request.n_pictures)
        self._seconds.setValue(request.seconds)
        self._file_name.setText(request.name)

    @property
    def request(self) -> AnimationRequest:
        """What is chosen."""
        return AnimationRequest(
            panel=self._part.currentData(),
            kind=self._kind.currentData(),
            n_pictures=self._count.value(),
            seconds=self._seconds.value(),
            folder=self.folder_edit.text().strip(),
            name=self._file_name.text().strip(),
        )

    @property
    def fields(self) -> tuple[QWidget, ...]:
        return self._part, self._kind, self._count, self._seconds, self._file_name

    def show_busy(self, is_busy: bool) -> None:
        """Whether it is being done; then nothing can be chosen but to give it up."""
        super().show_busy(is_busy)
        if not is_busy:
            self._on_changed()

    def _on_changed(self) -> None:
        request = self.request
        is_film = request.kind != "png"
        bad = next((letter for letter in request.name if letter in FORBIDDEN or not letter.isprintable()), "")
        problem = self._missing if is_film else ""
        if not problem and bad:
            problem = self.tr("A name cannot have {letter} in it.").format(letter=bad)
        self._seconds.setEnabled(is_film and not self.is_busy)
        self.save.setEnabled(bool(request.folder and request.name) and not problem and not self.is_busy)
        if is_film:
            rate = request.n_pictures / request.seconds
            note = self.tr("{n:,} pictures, {rate:.3g} a second, as the window looks now.")
            self._note.setText(note.format(n=request.n_pictures, rate=rate))
        else:
            note = self.tr("{n:,} files, as the window looks now.")
            self._note.setText(note.format(n=request.n_pictures))
        self.show_problem(problem)

    def _on_accepted(self) -> None:
        self.save_requested.emit(self.request)
