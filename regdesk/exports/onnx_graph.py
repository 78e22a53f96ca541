"""A model as a graph of ONNX, node by node, in double precision."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from regdesk.exports.column_plan import ColumnPlan
from regdesk.exports.plan import MOST_STANDARDIZED, Plan

_OPSETS = (("", 17), ("ai.onnx.ml", 2))
_IR_VERSION = 8
_MOST_LETTERS = 6
"""Of shorter words every way to write them in small and large letters is listed: 64 of them."""


class Graph:
    """Nodes, constants and inputs under names that none of ``taken`` is."""

    def __init__(self, taken: Iterable[str]) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self._taken = set(taken)
        self._numbers = itertools.count()

    def name(self, wanted: str = "") -> str:
        """A name that nothing has; ``wanted`` where that is free."""
        found = wanted or f"step_{next(self._numbers)}"
        while found in self._taken:
            found += "_"
        self._taken.add(found)
        return found

    def add(self, kind: str, *inputs: str, to: str = "", domain: str = "", **attributes: Any) -> str:
        """The name of what a node of ``kind`` makes of ``inputs``."""
        output = to or self.name()
        self.nodes.append(helper.make_node(kind, list(inputs), [output], domain=domain, **attributes))
        return output

    def constant(self, value: NDArray[np.generic] | float | int) -> str:
        """The name of a constant: numbers are double, whole numbers have 64 bits."""
        name = self.name()
        self.constants.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def encoded(self, text: str, keys: Sequence[str], values: Sequence[int], default: int) -> str:
        """Whole numbers of texts, ``default`` for one that is none of ``keys``."""
        return self.add(
            "LabelEncoder", text, domain="ai.onnx.ml", keys_strings=[key.encode("utf-8", "replace") for key in keys],
            values_int64s=list(values), default_int64=default,
        )  # fmt: skip


def onnx_bytes(plan: Plan) -> bytes:
    """The content of a file of ONNX.

    Each column is an input ``(n_rows,)``: labels are texts, empty where they are missing; numbers and dates are
    double, NaN where they are missing, dates in days since 1970-01-01. ``prediction`` ``(n_rows,)`` is the output, or
    ``label`` and ``probabilities`` ``(n_rows, n_classes)``; NaN or an empty text in a row that has no prediction.
    """
    names = input_names(plan)
    graph = Graph(names)
    is_text = [False] * len(names)
    parts, bad = [], []
    for column in plan.columns:
        is_text[column.source] |= column.reading == "label"
        inputs, is_missing = _read(graph, column, names[column.source])
        parts.append(inputs)
        if plan.drops:
            bad.append(is_missing)
    joined = graph.add("Concat", *parts, axis=1)
    values = graph.add("Div", graph.add("Sub", joined, graph.constant(plan.means)), graph.constant(plan.scales))
    is_far = graph.add("Greater", graph.add("Abs", values), graph.constant(MOST_STANDARDIZED))
    n_far = graph.add("ReduceSum", _cast(graph, is_far, TensorProto.INT64), graph.constant(np.array([1])), keepdims=0)
    bad.append(graph.add("Greater", n_far, graph.constant(np.array(0))))
    is_bad = bad[0]
    for other in bad[1:]:
        is_bad = graph.add("Or", is_bad, other)
    for number, layer in enumerate(plan.layers):
        if number:
            values = graph.add("Tanh" if plan.activation == "tanh" else "Relu", values)
        values = graph.add("MatMul", values, graph.constant(layer.weights))
        values = graph.add("Add", values, graph.constant(layer.biases))
    outputs = _class_outputs(graph, plan, values, is_bad) if plan.classes else [_number(graph, plan, values, is_bad)]
    inputs_info = [
        helper.make_tensor_value_info(name, TensorProto.STRING if text else TensorProto.DOUBLE, ["rows"])
        for name, text in zip(names, is_text, strict=True)
    ]
    body = helper.make_graph(graph.nodes, "regdesk", inputs_info, outputs, graph.constants)
    model = helper.make_model(
        body, producer_name="regdesk", ir_version=_IR_VERSION,
        opset_imports=[helper.make_opsetid(domain, version) for domain, version in _OPSETS],
    )  # fmt: skip
    facts = {name: text.encode("utf-8", "replace").decode() for name, text in plan.facts}
    helper.set_model_props(model, facts | {"columns": json.dumps(dict(zip(names, plan.sources, strict=True)))})
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString())


def input_names(plan: Plan) -> list[str]:
    """The inputs' names: those of the columns, but for one that no runtime would take."""
    found: list[str] = []
    for number, name in enumerate(plan.sources):
        is_sound = name.strip() and not any(one == "\0" or 0xD800 <= ord(one) < 0xE000 for one in name)
        wanted = name if is_sound else f"column_{number + 1}"
        while wanted in found or (not is_sound and wanted in plan.sources):
            wanted += "_"
        found.append(wanted)
    return found


def _cast(graph: Graph, value: str, kind: int) -> str:
    output = graph.name()
    graph.nodes.append(helper.make_node("Cast", [value], [output], to=kind))
    return output


def _read(graph: Graph, column: ColumnPlan, cell: str) -> tuple[str, str]:
    """Inputs ``(n_rows, n_inputs)`` of a column's cells, and which cells are missing ``(n_rows,)``."""
    if column.reading == "label":
        words = _spellings(column)
        place = graph.encoded(cell, list(words) or [""], list(words.values()) or [column.fill_place], column.fill_place)
        gone = graph.encoded(cell, ["", *column.missing], [1] * (1 + len(column.missing)), 0)
        return _told_apart(graph, column, place), _cast(graph, gone, TensorProto.BOOL)
    is_missing = graph.add("IsNaN", cell)
    for number in column.missing_numbers:
        is_missing = graph.add("Or", is_missing, graph.add("Equal", cell, graph.constant(float(number))))
    if not column.is_label:
        filled = graph.add("Where", is_missing, graph.constant(float(column.fill)), cell)
        upright = graph.add("Unsqueeze", filled, graph.constant(np.array([1])))
        powers = [upright]
        for _ in range(column.n_inputs - 1):
            powers.append(graph.add("Mul", powers[-1], upright))
        return (graph.add("Concat", *powers, axis=1) if len(powers) > 1 else upright), is_missing
    days = graph.add("Floor", graph.add("Where", is_missing, graph.constant(0.0), cell))
    which = _weekday(graph, days) if column.reading == "weekday" else _month(graph, days)
    place = graph.add("Gather", graph.constant(np.array(list(column.places.values()))), which)
    place = graph.add("Where", is_missing, graph.constant(column.fill_place), place)
    return _told_apart(graph, column, place), is_missing


def _told_apart(graph: Graph, column: ColumnPlan, place: str) -> str:
    places = np.array([1]) if column.n_inputs == 1 else np.arange(column.n_inputs)
    upright = graph.add("Unsqueeze", place, graph.constant(np.array([1])))
    return _cast(graph, graph.add("Equal", upright, graph.constant(places.astype(np.int64))), TensorProto.DOUBLE)


def _weekday(graph: Graph, days: str) -> str:
    """0 for Monday; 1970-01-01 was a Thursday."""
    whole = _cast(graph, days, TensorProto.INT64)
    return graph.add("Mod", graph.add("Add", whole, graph.constant(3)), graph.constant(7))


def _month(graph: Graph, days: str) -> str:
    """0 for January, by the calendar from 1 March 0000 on (Hinnant, "chrono-compatible low-level date algorithms")."""

    def over(value: str, number: float) -> str:
        return graph.add("Floor", graph.add("Div", value, graph.constant(number)))

    def times(value: str, number: float) -> str:
        return graph.add("Mul", value, graph.constant(number))

    shifted = graph.add("Add", days, graph.constant(719_468.0))
    of_era = graph.add("Sub", shifted, times(over(shifted, 146_097.0), 146_097.0))
    years = graph.add("Sub", of_era, over(of_era, 1460.0))
    years = graph.add("Sub", graph.add("Add", years, over(of_era, 36_524.0)), over(of_era, 146_096.0))
    year = over(years, 365.0)
    before = graph.add("Sub", graph.add("Add", times(year, 365.0), over(year, 4.0)), over(year, 100.0))
    of_year = graph.add("Sub", of_era, before)
    march = over(graph.add("Add", times(of_year, 5.0), graph.constant(2.0)), 153.0)
    whole = _cast(graph, graph.add("Add", march, graph.constant(2.0)), TensorProto.INT64)
    return graph.add("Mod", whole, graph.constant(12))


def _number(graph: Graph, plan: Plan, values: str, is_bad: str) -> onnx.ValueInfoProto:
    scaled = graph.add("Mul", values, graph.constant(float(plan.target_scale)))
    found = graph.add("Add", scaled, graph.constant(float(plan.target_mean)))
    flat = graph.add("Squeeze", found, graph.constant(np.array([1])))
    name = graph.add("Where", is_bad, graph.constant(np.nan), flat, to=graph.name("prediction"))
    return helper.make_tensor_value_info(name, TensorProto.DOUBLE, ["rows"])


def _class_outputs(graph: Graph, plan: Plan, values: str, is_bad: str) -> list[onnx.ValueInfoProto]:
    if len(plan.classes) == 2:
        second = graph.add("Sigmoid", values)
        shares = graph.add("Concat", graph.add("Sub", graph.constant(1.0), second), second, axis=1)
        above = _cast(graph, graph.add("Greater", values, graph.constant(0.0)), TensorProto.INT64)
        place = graph.add("Squeeze", above, graph.constant(np.array([1])))
    else:
        shares = graph.add("Softmax", values, axis=1)
        place = graph.add("ArgMax", values, axis=1, keepdims=0)
    upright = graph.add("Unsqueeze", is_bad, graph.constant(np.array([1])))
    probabilities = graph.add("Where", upright, graph.constant(np.nan), shares, to=graph.name("probabilities"))
    place = graph.add("Where", is_bad, graph.constant(-1), place)
    label = graph.add(
        "LabelEncoder", place, to=graph.name("label"), domain="ai.onnx.ml",
        keys_int64s=list(range(len(plan.classes))), default_string="",
        values_strings=[label.encode("utf-8", "replace") for label in plan.classes],
    )  # fmt: skip
    return [
        helper.make_tensor_value_info(label, TensorProto.STRING, ["rows"]),
        helper.make_tensor_value_info(probabilities, TensorProto.DOUBLE, ["rows", len(plan.classes)]),
    ]


def _spellings(column: ColumnPlan) -> dict[str, int]:
    """The place of each spelling; ONNX cannot make letters small, so that short words are listed in every way."""
    found = dict(column.places)
    if column.folds_case:
        for word, place in column.places.items():
            if len(word) <= _MOST_LETTERS:
                ways = itertools.product(*((one.lower(), one.upper()) for one in word))
                for way in ways:
                    found.setdefault("".join(way), place)
    return found
