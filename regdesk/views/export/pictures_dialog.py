"""Which panels are saved as pictures, how large, in which colours, as what and where."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDoubleSpinBox, QFormLayout, QGridLayout, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from regdesk.views.export.picture_request import CM_PER_INCH, KINDS, PictureRequest, SizeUnit
from regdesk.views.export.saving_dialog import SavingDialog, heading, ticked
from regdesk.views.kit import spacing
from regdesk.views.kit.form_parts import make_combo, make_form, make_paragraph, name_widget

CENTIMETRES, PIXELS = (1.0, 100.0), (100.0, 20_000.0)
POINTS, LETTER_PX = (4.0, 72.0), (6.0, 400.0)
DOTS = (50, 2400)
PX_PER_CM = 96.0 / CM_PER_INCH
PX_PER_POINT = 96.0 / 72.0
"""Between the units, of a picture that is as large as on a usual screen."""


class PicturesDialog(SavingDialog):
    """Signal: ``save_requested(PictureRequest)``; the dialog stays until all has been written."""

    save_requested = Signal(object)

    def __init__(self, parent: QWidget, panels: Sequence[tuple[str, str]], request: PictureRequest) -> None:
        """``panels`` are object names and names in words, ``request`` is what is offered at first."""
        super().__init__(parent, "pictures", self.tr("Save pictures"), request.folder)
        self._panels = [(key, self.make_box(key, name, key in request.panels)) for key, name in panels]
        self._kinds = [(kind, self.make_box(kind, kind.upper(), kind in request.kinds)) for kind in KINDS]
        self._caption = self.make_box("caption", self.tr("Title, sentence and settings"), request.has_caption)
        self._all = self.make_box("all", self.tr("All panels"), len(request.panels) == len(panels))
        self._make_fields()
        self._lay_out()
        self._unit.setCurrentIndex(self._unit.findData(request.unit))
        self._shown_unit: SizeUnit = request.unit
        self._set_bounds()
        for field, value in (
            (self._width, request.width),
            (self._height, request.height),
            (self._text_size, request.text_size),
        ):
            field.setValue(value)
        self._dots.setValue(request.dots_per_inch)
        self._colours.setCurrentIndex(self._colours.findData(request.colours))
        self._connect()
        self._on_changed()

    def _make_fields(self) -> None:
        self._unit = make_combo("picturesUnitBox", self.tr("Unit"), self.tr("Of width and height"))
        self._unit.addItem(self.tr("centimetres"), "cm")
        self._unit.addItem(self.tr("pixels"), "px")
        self._colours = make_combo(
            "picturesColoursBox", self.tr("Colours"), self.tr("Light for paper, dark for slides")
        )
        self._colours.addItem(self.tr("Light"), "light")
        self._colours.addItem(self.tr("Dark"), "dark")
        self._width, self._height, self._text_size = QDoubleSpinBox(), QDoubleSpinBox(), QDoubleSpinBox()
        self._dots = QSpinBox()
        self._dots.setRange(*DOTS)
        for field, key, name, tip in (
            (self._width, "Width", self.tr("Width"), self.tr("Of each picture")),
            (self._height, "Height", self.tr("Height"), self.tr("Of each picture, with its caption")),
            (self._text_size, "TextSize", self.tr("Text size"), self.tr("Of the letters in the picture")),
            (self._dots, "Dots", self.tr("Dots per inch"), self.tr("Of a PNG whose size is in centimetres")),
        ):
            name_widget(field, f"pictures{key}Spin", name, tip)
        self._note = make_paragraph()
        self._note.setObjectName("picturesNote")

    def _lay_out(self) -> None:
        panels, form, whole = QVBoxLayout(), make_form(), QVBoxLayout(self)
        panels.addWidget(heading(self.tr("Panels")))
        for box in (self._all, *(box for _, box in self._panels)):
            panels.addWidget(box)
        panels.addStretch(1)
        form.addRow(heading(self.tr("Picture")))
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        form.setHorizontalSpacing(spacing.USUAL_PX)
        for text, field in (
            (self.tr("&Unit"), self._unit),
            (self.tr("&Width"), self._width),
            (self.tr("&Height"), self._height),
            (self.tr("Text si&ze"), self._text_size),
            (self.tr("&Dots per inch"), self._dots),
            (self.tr("C&olours"), self._colours),
            (self.tr("Caption"), self._caption),
        ):
            form.addRow(text, field)
        kinds = QHBoxLayout()
        for _, box in self._kinds:
            kinds.addWidget(box)
        kinds.addStretch(1)
        form.addRow(self.tr("Format"), kinds)
        self.add_folder(form)
        columns = QGridLayout()
        columns.setHorizontalSpacing(spacing.WIDE_PX)
        columns.addLayout(panels, 0, 0)
        columns.addLayout(form, 0, 1)
        columns.setColumnStretch(1, 1)
        whole.addLayout(columns)
        whole.addWidget(self._note)
        self.make_progress()
        whole.addWidget(self.progress)
        whole.addWidget(self.problem)
        self.add_close()
        whole.addWidget(self.buttons)

    def _connect(self) -> None:
        self._unit.currentIndexChanged.connect(self._on_unit_changed)
        for field in (self._width, self._height, self._text_size):
            field.valueChanged.connect(self._on_changed)
        self._dots.valueChanged.connect(self._on_changed)
        for _, box in (*self._panels, *self._kinds):
            box.toggled.connect(self._on_changed)
        self.folder_edit.textChanged.connect(self._on_changed)
        self._all.clicked.connect(self._on_all_clicked)
        self.buttons.accepted.connect(self._on_accepted)

    @property
    def request(self) -> PictureRequest:
        """What is chosen."""
        return PictureRequest(
            panels=ticked(self._panels),
            unit=self._unit.currentData(),
            width=self._width.value(),
            height=self._height.value(),
            text_size=self._text_size.value(),
            dots_per_inch=self._dots.value(),
            colours=self._colours.currentData(),
            kinds=ticked(self._kinds),
            has_caption=self._caption.isChecked(),
            folder=self.folder_edit.text().strip(),
        )

    @property
    def fields(self) -> tuple[QWidget, ...]:
        boxes = (self._caption, self._all, *(box for _, box in (*self._panels, *self._kinds)))
        return (*boxes, self._unit, self._width, self._height, self._text_size, self._dots, self._colours)

    def show_busy(self, is_busy: bool) -> None:
        """Whether it is being done; then nothing can be chosen but to give it up."""
        super().show_busy(is_busy)
        if not is_busy:
            self._dots.setEnabled(self._shown_unit == "cm")
            self._on_changed()

    def _set_bounds(self) -> None:
        is_cm = self._shown_unit == "cm"
        for field in (self._width, self._height):
            field.setDecimals(1 if is_cm else 0)
            field.setRange(*(CENTIMETRES if is_cm else PIXELS))
            field.setSuffix(self.tr(" cm") if is_cm else self.tr(" px"))
            field.setSingleStep(0.5 if is_cm else 50.0)
        self._text_size.setDecimals(1 if is_cm else 0)
        self._text_size.setRange(*(POINTS if is_cm else LETTER_PX))
        self._text_size.setSuffix(self.tr(" pt") if is_cm else self.tr(" px"))
        self._dots.setEnabled(is_cm)

    def _on_unit_changed(self) -> None:
        """The same size in the other unit."""
        before = self.request
        self._shown_unit = self._unit.currentData()
        is_cm = self._shown_unit == "cm"
        lengths, letters = (1 / PX_PER_CM, 1 / PX_PER_POINT) if is_cm else (PX_PER_CM, PX_PER_POINT)
        self._set_bounds()
        for field, value in (
            (self._width, before.width * lengths),
            (self._height, before.height * lengths),
            (self._text_size, before.text_size * letters),
        ):
            field.setValue(value)
        self._on_changed()

    def _on_all_clicked(self, is_ticked: bool) -> None:
        for _, box in self._panels:
            box.setChecked(is_ticked)

    def _on_changed(self) -> None:
        request = self.request
        self._all.setChecked(len(request.panels) == len(self._panels))
        self._note.setText(self._words_of(request))
        self.save.setEnabled(bool(request.panels and request.kinds and request.folder))
        self.show_problem("")

    def _words_of(self, request: PictureRequest) -> str:
        if not request.panels:
            return self.tr("Tick a panel.")
        if not request.kinds:
            return self.tr("Tick a format.")
        n_files, words = len(request.file_names()), []
        words.append(self.tr("1 file.") if n_files == 1 else self.tr("{n} files.").format(n=n_files))
        if "png" in request.kinds:
            across, down = request.png_size_px
            words.append(self.tr("A PNG has {across:,} × {down:,} pixels.").format(across=across, down=down))
        if request.text_size > request.most_text_size:
            unit = self.tr("pt") if request.unit == "cm" else self.tr("px")
            form = self.tr("With this size the text is {most:.1f} {unit}: with larger letters panels cannot be read.")
            words.append(form.format(most=request.most_text_size, unit=unit))
        return " ".join(words)

    def _on_accepted(self) -> None:
        self.save_requested.emit(self.request)
