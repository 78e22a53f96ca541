"""Nothing private is made and never used, no signal is never sent, no event is kept from Qt, no pair ends early.

A handler that no signal is connected to, a widget that stands in no layout and a value that nobody reads look like work
and do nothing: mostly the line that used them has been lost.
"""

from __future__ import annotations

from functools import cache

from program_source import Names, all_sources, module_of, reading_of

HELD = {
    "regdesk.desktop.animation_file": {"_mode", "_size"},
    "regdesk.core.engine.stored": {"_cache", "_cache_file", "_impl_class", "_locator_classes", "_py_file"},
    "regdesk.core.engine.units": {"_finalized", "_name"},
    "regdesk.core.engine.elementary": {"_overload_exp_of_negative", "_overload_reduced", "_overload_tanh"},
    "regdesk.cli.argument_options": {"_print_message"},
    "regdesk.views.plots.steady_items": {"_fillPathList", "_lineSegmentsRendered", "_mouseShape", "_shape"},
    "regdesk.views.plots.steady_plots": {"_updateLabel"},
    "regdesk.views.window.main_window": {"_handlers", "_intentions"},
    "regdesk.session.controller": {"_calculator", "_exports", "_geometry"},
    "regdesk.session.questions.asides": {"_comparison", "_resampling", "_variables"},
}
"""Other libraries read these, or, in the last three, nobody else would hold what is in them."""
OF_QT = {"itemClicked"}
"""Plots ask for it, and of what stands in for a list without entries none is clicked on."""
EVENTS = {
    "actionEvent", "changeEvent", "closeEvent", "enterEvent", "event", "focusInEvent", "focusOutEvent", "hideEvent",
    "keyPressEvent", "keyReleaseEvent", "leaveEvent", "moveEvent", "resizeEvent", "showEvent",
}  # fmt: skip
"""Qt does something itself with each of these; those of the mouse and the wheel belong to who handles them."""
LOOSE_PAIRS = {
    "zip(' ' + bare, bare, strict=False)", "zip(*cells, strict=False)", "zip(axes, positions, strict=False)",
    "zip(column.levels, counts, strict=False)", "zip(column.levels, spread.counts, strict=False)",
    "zip(curves, self._chosen, colours.inputs, strict=False)",
    "zip(dataset.features, dataset.penalty_factors, strict=False)",
    "zip(features, factors, strict=False)", "zip(forms, encoding.columns, strict=False)",
    "zip(inputs, snapshot.parameters, strict=False)", "zip(kinds, below, strict=False)",
    "zip(kinds, columns, strict=False)", "zip(names, (x, y), pixel, strict=False)",
    "zip(names, theme.colours().inputs, strict=False)", "zip(scene.grid, (pointer.x, pointer.y), strict=False)",
    "zip(self._changes[:-1:2], self._changes[1::2], strict=False)", "zip(self._lines, lines, strict=False)",
    "zip(self._made, cut, centres, colours, strict=False)", "zip(self._made, outside, spots_px, strict=False)",
    "zip(self._views, held if isinstance(held, list) else (), strict=False)",
    "zip(self.input_groups, self.input_factors, strict=False)", "zip(self.items, self.numbers, strict=False)",
    "zip(self.plots, self._values, strict=False)", "zip(typed, places, strict=False)",
    "zip(line, places_px, strict=False)", "zip(words, places_px, strict=False)",
}  # fmt: skip
"""Of these one may be shorter, and the rest of the other is left."""


@cache
def program() -> dict[str, Names]:
    return {module_of(path): reading_of(path.read_text(encoding="utf-8")).names for path in all_sources()}


@cache
def kin() -> dict[str, set[str]]:
    """Of each module those with a class that one of its own is made of, or that is made of one of its own."""
    makers = {name: module for module, names in program().items() for name in names.classes}
    family = {module: {module} for module in program()}
    for module, names in program().items():
        for base in names.bases & set(makers):
            together = family[module] | family[makers[base]]
            for one in together:
                family[one] = together
    return family


def test_nothing_private_is_made_and_never_used() -> None:
    unused = []
    for module, names in program().items():
        used = names.used.union(*(program()[one].used for one in kin()[module]))
        unused += [f"{module}: {name}" for name in sorted(names.private - used - HELD.get(module, set()))]
    assert unused == []


def test_no_variable_is_made_and_never_read() -> None:
    assert [f"{module}: {one}" for module, names in program().items() for one in sorted(names.locals)] == []


def test_every_signal_is_sent_or_passed_on_where_it_is_made() -> None:
    everywhere = frozenset[str]().union(*(names.used for names in program().values()))
    unsent = []
    for module, names in program().items():
        used = (
            everywhere if len(names.signals) > 20 else names.used.union(*(program()[one].used for one in kin()[module]))
        )
        unsent += [f"{module}: {name}" for name in sorted(names.signals - used - OF_QT)]
    assert unsent == []


def test_who_handles_an_event_hands_it_on_or_says_whose_it_is() -> None:
    kept = []
    for path in all_sources():
        reading = reading_of(path.read_text(encoding="utf-8"))
        for function in reading.functions:
            within, _, name = function.name.rpartition(".")
            passed_on = {what for where, what in reading.names.passed_on if where == function.name}
            if within and name in EVENTS and not passed_on & {name, ".accept", ".ignore"}:
                kept.append(f"{module_of(path)}: {function.name}")
    assert kept == []


def test_every_painter_is_ended() -> None:
    left = []
    for module, names in program().items():
        begun = {where for where, what in names.passed_on if what == "QPainter"}
        ended = {where for where, what in names.passed_on if what == ".end"}
        left += [f"{module}: {one}" for one in sorted(begun - ended)]
    assert left == []


def test_pairs_are_of_equally_many() -> None:
    assert {one for names in program().values() for one in names.loose_pairs} == LOOSE_PAIRS


def test_what_is_unused_is_seen() -> None:
    source = """
class Part(Base):
    told = Signal()
    _room = 3

    def _on_told(self):
        self._on_told()
        self._kept = [one for one in self._read]
        total = sum(a + b for a, b in zip(x, y, strict=False))
        total += 1
        lost = QPainter(self)

    def resizeEvent(self, event):
        super().moveEvent(event)
"""
    names = reading_of(source).names
    assert names.private - names.used == {"_room", "_on_told", "_kept"}
    assert names.signals - names.used == {"told"}
    assert names.locals == {"Part._on_told: lost"}
    assert names.loose_pairs == ("zip(x, y, strict=False)",)
    assert names.passed_on == {("Part._on_told", "QPainter"), ("Part.resizeEvent", "moveEvent")}
    assert (names.classes, names.bases) == ({"Part"}, {"Base"})
