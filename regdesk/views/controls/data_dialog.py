"""Which column is predicted from which, on which rows; with what that does said before it is applied."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialogButtonBox, QHBoxLayout, QVBoxLayout, QWidget

from regdesk.core.settings.column_roles import roles_of
from regdesk.core.settings.settings_table import setting_at
from regdesk.core.types import DataSettings
from regdesk.core.words.data_facts import usual_roles
from regdesk.views.controls.data_form import DataForm
from regdesk.views.controls.feature_list import FeatureList
from regdesk.views.kit import spacing
from regdesk.views.kit.consequences_view import ConsequencesView
from regdesk.views.kit.form_parts import make_section
from regdesk.views.kit.keyed_dialog import KeyedDialog
from regdesk.views.kit.plain_text import PlainLabel, title_text
from regdesk.views.kit.text_size import scaled_px

if TYPE_CHECKING:
    from regdesk.core.words.data_facts import ColumnFact, Consequences

PREVIEW_AFTER_MS = 150
SIZE_PX = (980, 660)
FORM_PX, FORM_SHARE = 300, 0.34
"""Width of the form for text of the usual size, and the share of the dialog's that larger text may take."""
MARGIN_PX = 24


class DataDialog(KeyedDialog):
    """Signals: ``settings_edited(DataSettings, int)``, to be answered with ``show_consequences`` or ``show_problem``;
    ``settings_chosen(DataSettings, int)`` with the seed, when they differ from those in force.
    """

    # A seed may be larger than the C int that ``Signal(int)`` carries.
    settings_edited = Signal(object, object)
    settings_chosen = Signal(object, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self.setObjectName("dataDialog")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._facts: tuple[ColumnFact, ...] = ()
        self._settings, self._seed = DataSettings(), 0
        self._is_settled = True
        self._has_problem = False
        self._applies_when_settled = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PREVIEW_AFTER_MS)
        self._form = DataForm()
        self._features = FeatureList()
        self._text = ConsequencesView("consequencesText", self.tr("This cannot be applied:"))
        self._progress = PlainLabel()
        self._progress.setObjectName("previewState")
        self._buttons = QDialogButtonBox()
        self._apply = self._buttons.addButton(self.tr("Apply"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._cancel = self._buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self._apply.setObjectName("dataApplyButton")
        self._apply.setAccessibleName(self.tr("Apply (Enter)"))
        self._apply.setToolTip(self.tr("Begin a new run with this (Enter)"))
        self._cancel.setObjectName("dataCancelButton")
        self._cancel.setAccessibleName(self.tr("Cancel (Esc)"))
        self._cancel.setToolTip(self.tr("Leave everything as it is (Esc)"))
        self._apply.setDefault(True)
        self._lay_out()
        self._form.edited.connect(self._on_edited)
        self._form.roles_edited.connect(self._on_roles_edited)
        self._features.features_edited.connect(self._on_edited)
        self._timer.timeout.connect(self._on_preview_due)
        self._buttons.accepted.connect(self._on_apply_clicked)
        self._buttons.rejected.connect(self.reject)
        self.finished.connect(self._on_finished)

    def _lay_out(self) -> None:
        features = make_section(setting_at("data.features").label, self._features)
        consequences = make_section(self.tr("What this does"), self._text)
        # Beside the form and not below it: in a small window with large text the form alone fills the height.
        beside = QVBoxLayout()
        beside.addWidget(features, stretch=3)
        beside.addWidget(consequences, stretch=2)
        upper = QHBoxLayout()
        upper.setSpacing(spacing.WIDE_PX)
        upper.addWidget(self._form)
        upper.addLayout(beside, stretch=1)
        lower = QHBoxLayout()
        lower.addWidget(self._progress, stretch=1)
        lower.addWidget(self._buttons)
        layout = QVBoxLayout(self)
        layout.addLayout(upper, stretch=1)
        layout.addLayout(lower)

    def open_with(
        self,
        title: str,
        facts: tuple[ColumnFact, ...],
        settings: DataSettings,
        seed: int,
        consequences: Consequences | None,
    ) -> None:
        """Show what is in force for the table called ``title``; without ``consequences`` they are asked for."""
        self.setWindowTitle(title_text(self.tr("Data – {title}").format(title=title)))
        self._facts = facts
        self._show(settings, seed)
        if consequences is not None:
            self.show_consequences(consequences)
        else:
            self._ask()
        self._fit_into_window()
        self.open()
        self._form.focus_target()

    def show_in_force(self, settings: DataSettings, seed: int) -> None:
        """Something else is in force; while the dialog is open, what has been changed in it was of what was before."""
        if self.isVisible() and (settings, seed) != (self._settings, self._seed):
            self._show(settings, seed)
            self._ask()

    def _show(self, settings: DataSettings, seed: int) -> None:
        facts, self._settings, self._seed = self._facts, settings, seed
        self._form.show_settings(tuple(fact.name for fact in facts), settings, seed)
        # Also those that are something else now: they are features again when another column takes their place.
        free = replace(settings, target=None, split_column=None, fold_column=None, weight_column=None)
        checked = [name for name, role in roles_of(free, usual_roles(facts)).items() if role == "feature"]
        self._features.show_facts(facts, checked, self._reserved, dict(settings.penalty_factors))
        self._is_settled = True
        self._applies_when_settled = False

    def _fit_into_window(self) -> None:
        """As large as the text wants, where the window has the room."""
        usual_px = [scaled_px(one) for one in SIZE_PX]
        width_px = min(usual_px[0], self._window.width() - MARGIN_PX)
        self.resize(width_px, min(usual_px[1], self._window.height() - 2 * MARGIN_PX))
        # The list beside it has six columns.
        self._form.setFixedWidth(max(FORM_PX, min(scaled_px(FORM_PX), round(FORM_SHARE * width_px))))

    @property
    def _reserved(self) -> dict[str, str]:
        """Columns that cannot be features, and what they are."""
        reserved = {self._form.target: self.tr("the target")}
        split, fold = self._settings.split_column, self._settings.fold_column
        if split is not None:
            reserved.setdefault(split, self.tr("splits the rows"))
        if fold is not None:
            reserved.setdefault(fold, self.tr("the fold"))
        weight = self._form.weight
        if weight is not None:
            reserved.setdefault(weight, self.tr("the weight"))
        return reserved

    def edited_settings(self) -> tuple[DataSettings, int]:
        """The settings and the seed as they stand in the dialog."""
        settings, seed = self._form.edited_settings(self._settings)
        chosen, reserved = self._features.features, self._reserved.keys()
        settings = replace(settings, roles=tuple(pair for pair in settings.roles if pair[0] not in reserved))
        roles = roles_of(settings, usual_roles(self._facts))
        features = {name for name, role in roles.items() if role == "feature"}
        if features != set(chosen) or not reserved.isdisjoint(settings.features or ()):
            # Where nothing else is chosen the order of the command line, which is an order, too, stays.
            settings = replace(settings, features=None if self._features.are_default else chosen, roles=())
        factors = tuple(self._features.factors.items())
        before_factors = self._settings.penalty_factors
        if {pair for pair in before_factors if pair[1] != 1.0} == set(factors):
            # Others say nothing, unless they are of columns that are no features any more: these are refused.
            factors = tuple(pair for pair in before_factors if pair[0] in set(chosen))
        return replace(settings, penalty_factors=factors), seed

    @property
    def is_changed(self) -> bool:
        """Whether what stands in the dialog differs from what is in force."""
        return self.edited_settings() != (self._settings, self._seed)

    def show_consequences(self, consequences: Consequences) -> None:
        """The answer to what was asked last."""
        if self._timer.isActive():
            return
        self._is_settled, self._has_problem = True, False
        self._form.show_task(consequences.task)
        self._text.show_consequences(consequences)
        self._show_state()
        if self._applies_when_settled:
            self._choose()

    def show_problem(self, sentence: str) -> None:
        """What was asked for last cannot be: why."""
        if self._timer.isActive():
            return
        self._is_settled, self._has_problem = True, True
        self._applies_when_settled = False
        self._text.show_problem(sentence)
        self._show_state()

    def apply_theme(self) -> None:
        """Take on the colours in force."""
        self._text.apply_theme()

    def _show_state(self) -> None:
        self._apply.setEnabled(not (self._is_settled and self._has_problem))
        if not self._is_settled:
            text = self.tr("Working out what this does …")
        elif self._has_problem:
            text = ""
        elif self.is_changed:
            text = self.tr("Apply begins a new run from the seed's initial weights.")
        else:
            text = self.tr("This is in force; nothing has been changed.")
        self._progress.setText(text)

    def _ask(self) -> None:
        self._timer.stop()
        self._is_settled = False
        self._show_state()
        self.settings_edited.emit(*self.edited_settings())

    def _choose(self) -> None:
        self._applies_when_settled = False
        chosen = self.edited_settings()
        is_changed = self.is_changed
        self.accept()
        if is_changed:
            self.settings_chosen.emit(*chosen)

    def _on_edited(self) -> None:
        self._is_settled = False
        self._applies_when_settled = False
        self._show_state()
        self._timer.start()

    def _on_roles_edited(self) -> None:
        self._features.show_reserved(self._reserved)
        self._on_edited()

    def _on_preview_due(self) -> None:
        self._ask()

    def _on_apply_clicked(self) -> None:
        if self._is_settled:
            self._choose()
            return
        # Enter came before the answer: it is applied once it is known to be possible.
        self._applies_when_settled = True
        if self._timer.isActive():
            self._ask()

    def _on_finished(self, _result: int) -> None:
        self._timer.stop()
