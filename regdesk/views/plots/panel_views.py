"""The plots of a panel: read out under the pointer, zoomed by hand, and made to look as everything else does."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QPointF, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from regdesk.views.plots.hover import HoverBubble
from regdesk.views.plots.plot_view import prepare_view
from regdesk.views.plots.rulers import Ruler
from regdesk.views.plots.selecting_frame import SelectingFrame


class PanelViews(SelectingFrame):
    """Base of ``Panel``, which says what is drawn in the views.

    Signals: ``zoom_changed(bool)``, whether a hand has moved any of its plots; ``clicked_on()``, a click on its
    picture, whatever it was for.
    """

    zoom_changed = Signal(bool)
    clicked_on = Signal()

    def __init__(self, object_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self._views: list[Any] = []
        self._pointer: QPointF | None = None
        self._hover = HoverBubble(self)
        self._was_zoomed = False
        self._to_come: Any = None
        self.ruled: Any = None
        """What has the ``rulers`` of the panel, where that is not the panel itself."""

    def set_content(self, widget: QWidget, *views: Any) -> None:
        """``widget`` fills the panel; ``views`` are the pyqtgraph views in it, read out on hover."""
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.addWidget(widget, stretch=1)
        for view in views:
            self.add_view(view)

    def add_view(self, view: Any) -> None:
        """A pyqtgraph view that is in the panel: it is read out on hover, and can be zoomed."""
        from regdesk.views.plots.plot_zoom import PlotZoom

        self._views.append(view)
        title = self.tr("Picture: {title}").format(title=self.windowTitle())
        prepare_view(view, f"{self.objectName()}View{len(self._views)}", title)
        zoom = PlotZoom(view)
        zoom.moved.connect(self._on_moved)
        zoom.restore_wanted.connect(self.restore_axes)
        zoom.double_clicked.connect(partial(self._on_double_clicked, view))
        # The view's own signal is silent unless it may be panned as a whole.
        view.scene().sigMouseMoved.connect(self._on_pointer_moved)
        view.scene().sigMouseClicked.connect(self.clicked_on)

    def value_at(self, view: Any, place: QPointF) -> str | None:
        """What stands at ``place`` of the scene of ``view``, in words and numbers; None for nothing."""
        return None

    def means_itself(self, view: Any, place: QPointF) -> bool:
        """Whether a double click at ``place`` of the scene of ``view`` is for what stands there."""
        return False

    def show_again(self) -> None:
        """Draw once more what is drawn."""
        raise NotImplementedError

    def show_moved(self) -> None:
        """A hand has moved a plot, or let it go: words have other places."""
        self.show_again()

    def fit_axes(self) -> None:
        """Choose the ranges anew for what is to be seen now, where they are rulers that stand still otherwise."""

    def restore_axes(self) -> None:
        """Show all again: what a hand has moved is let go, and the axes fit what is there now."""
        self.fit_axes()
        for view in self._views:
            view.plot_zoom.restore()
        self.show_again()

    def zoom(self, factor: float) -> None:
        """Nearer by ``factor`` above 1, in every plot that can be seen."""
        for view in self._views:
            if view.isVisible():
                view.plot_zoom.zoom(factor)

    @property
    def is_zoomed(self) -> bool:
        """Whether a hand has moved any of the plots."""
        return any(view.plot_zoom.is_zoomed for view in self._views)

    @property
    def rulers(self) -> dict[str, Ruler]:
        """What says where axes end, by names; those that have been made."""
        return {} if self.ruled is None else self.ruled.rulers

    def show_rulers(self) -> None:
        """Rulers stand elsewhere: the axes end where they say."""

    def picture_memory(self) -> dict[str, Any]:
        """What the picture depends on besides what it shows: where rulers stand, and what a hand has moved."""
        rulers = {name: ruler.memory() for name, ruler in self.rulers.items()}
        held = [view.plot_zoom.memory() for view in self._views]
        return {"rulers": rulers, "zoom": held}

    def bring_back_picture(self, memory: Any) -> None:
        """Have the axes as they were when ``memory`` was handed out; what of it is none is left out. A panel that has
        nothing drawn yet has them when it has.
        """
        self._to_come = memory
        if self.rulers or self.is_zoomed:
            self.settle_picture()

    def settle_picture(self) -> bool:
        """Something is drawn: axes that were to be brought back are by now, and whether any were."""
        memory, self._to_come = self._to_come, None
        if memory is None:
            return False
        self._bring_back(memory)
        return True

    def forget_picture(self) -> None:
        """What was to be brought back is of a run that is over."""
        self._to_come = None

    def _bring_back(self, memory: Any) -> None:
        found = memory if isinstance(memory, dict) else {}
        rulers, held = found.get("rulers"), found.get("zoom")
        for name, ruler in self.rulers.items():
            ruler.bring_back(rulers.get(name) if isinstance(rulers, dict) else None)
        self.show_rulers()
        for view, one in zip(self._views, held if isinstance(held, list) else (), strict=False):
            view.plot_zoom.bring_back(one)

    @property
    def has_plots(self) -> bool:
        """Whether there is anything that can be zoomed."""
        return any(view.isVisible() and view.plot_zoom.boxes for view in self._views)

    def restyle_views(self) -> None:
        """Plots take on the colours in force."""
        if self._views:
            from regdesk.views.plots.axes import restyle_plots

            for view in self._views:
                restyle_plots(view)

    def resize_texts(self) -> None:
        """Plots take on the size of the text in force."""
        if self._views:
            from regdesk.views.plots.axis_room import resize_text

            for view in self._views:
                resize_text(view)

    def leaveEvent(self, event: QEvent) -> None:
        self._pointer = None
        self._read_pointer()
        super().leaveEvent(event)

    def _on_moved(self) -> None:
        is_zoomed = self.is_zoomed
        if is_zoomed != self._was_zoomed:
            self._was_zoomed = is_zoomed
            self.zoom_changed.emit(is_zoomed)
        self.show_moved()

    def _on_pointer_moved(self, place: QPointF) -> None:
        self._pointer = place
        self._read_pointer()

    def _on_double_clicked(self, view: Any, place: QPointF) -> None:
        if not self.means_itself(view, place):
            self.restore_axes()

    def _read_pointer(self) -> None:
        view = next((view for view in self._views if view.underMouse()), None)
        if view is None or self._pointer is None:
            self._hover.hide()
        else:
            pointer = view.mapTo(self, view.mapFromScene(self._pointer))
            self._hover.show_text(self.value_at(view, self._pointer), pointer)
