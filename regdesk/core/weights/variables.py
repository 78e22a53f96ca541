"""What each column of the data is to a model: how much its weights come to, their sign, and whether it is in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from regdesk.core.model.network import Network
from regdesk.core.types import Booleans, Float64s, Floats, Integers
from regdesk.core.weights.liveness import by_column, input_importance, liveness_of

PLUS, MINUS, MIXED, NO_SIGN = "+", "−", "±", ""


@dataclass(frozen=True, eq=False)
class VariableFigures:
    """One entry a column.

    Attributes:
        names: of the columns.
        importance: Σ over all ways from the column's inputs to an output of the product of |weights|: of a linear model
            with one output |weight| of a number, Σ |weight| over the inputs of a category.
        signs: of a linear model with one output + or −, ± where the inputs of a category differ, empty where all are
            zero; of other models all are empty.
        is_alive: whether any chain of weights that matter leads from it to an output.
    """

    names: tuple[str, ...]
    importance: Float64s
    signs: tuple[str, ...]
    is_alive: Booleans


@dataclass(frozen=True, eq=False)
class InputColumns:
    """``names`` of the columns, and ``groups`` ``(n_inputs,)``, the number of the one that each input comes from."""

    names: tuple[str, ...]
    groups: Integers

    @classmethod
    def of(cls, column_names: Sequence[str]) -> InputColumns:
        """``column_names`` ``(n_inputs,)`` are the columns that the inputs come from."""
        numbers = {name: number for number, name in enumerate(dict.fromkeys(column_names))}
        return cls(tuple(numbers), np.array([numbers[name] for name in column_names], dtype=np.int64))


def variable_figures(
    network: Network, parameters: Floats, columns: InputColumns, too_small: Booleans | None = None
) -> VariableFigures:
    """Of the model with ``parameters``; ``too_small`` as for ``liveness_of``."""
    groups = columns.groups
    alive = by_column(liveness_of(network, parameters, too_small).inputs.astype(np.float64), groups) > 0.0
    importance = by_column(input_importance(network, parameters), groups)
    signs = (NO_SIGN,) * len(columns.names)
    if network.is_linear and network.sizes[-1] == 1:
        weights = network.weights(parameters, 0)[:, 0]
        above, below = (by_column((side > 0).astype(np.float64), groups) > 0.0 for side in (weights, -weights))
        signs = tuple(np.select([above & below, above, below], [MIXED, PLUS, MINUS], NO_SIGN).tolist())
    return VariableFigures(columns.names, importance, signs, alive)


def entry_places(earliest: Integers, latest: Integers, column_names: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Of each column that enters along a path, the place of its first input in the order of entry, earliest and latest.

    ``earliest`` and ``latest`` ``(n_inputs,)`` are those of the inputs, 0 for one that never entered.
    """
    found: dict[str, tuple[int, int]] = {}
    for name, first, last in zip(column_names, earliest.tolist(), latest.tolist(), strict=True):
        if first > 0 and (name not in found or first < found[name][0]):
            found[name] = (first, last)
    return found
