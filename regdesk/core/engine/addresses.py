"""Where the passes stand in this process."""

from __future__ import annotations

from typing import Any

from numba import from_dtype, typeof, types

from regdesk.core.engine.calls import forward_types, gradient_types
from regdesk.core.engine.passes import forward_here, gradient_pass_here
from regdesk.core.engine.structs import Layout, Work
from regdesk.core.engine.units import address_of

_found: dict[Any, tuple[int, int]] = {}


def with_passes(layout: Layout) -> Layout:
    """``layout`` with the addresses of its passes, which are compiled or loaded where they have not been yet."""
    kind = typeof(layout)
    if kind not in _found:
        _found[kind] = find_forward(layout), find_gradient_pass(layout)
    forward_at, gradient_pass_at = _found[kind]
    return layout._replace(forward_at=forward_at, gradient_pass_at=gradient_pass_at)


def find_forward(layout: Layout) -> int:
    """Where the forward pass over such a layout stands."""
    return int(address_of(forward_here, forward_types(typeof(layout), _real(layout))))


def find_gradient_pass(layout: Layout) -> int:
    """Where the gradient's pass over such a layout stands."""
    real = _real(layout)
    work = types.NamedTuple((*[types.Array(real, 1, "C")] * 7, types.intp, real), Work)
    return int(address_of(gradient_pass_here, gradient_types(typeof(layout), work, real)))


def _real(layout: Layout) -> Any:
    return from_dtype(layout.is_weight.dtype)
