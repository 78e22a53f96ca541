"""Calls of the passes at their addresses: each is compiled once, in whichever process, for all that call it.

What is at an address must have been compiled for exactly the types that the call has. They follow from those of the
layout and of the workspace, here for both sides; a call with others is not compiled.
"""

from __future__ import annotations

from typing import Any

from numba import types
from numba.core.errors import TypingError
from numba.extending import intrinsic


def forward_types(layout: Any, real: Any) -> tuple[Any, ...]:
    """Of the arguments of ``passes.forward_here``; numba's types of a layout and of a number."""
    row = types.Array(real, 1, "C")
    return layout, row, row, types.intp, types.intp, types.intp, row, types.intp


def gradient_types(layout: Any, work: Any, real: Any) -> tuple[Any, ...]:
    """Of the arguments of ``passes.gradient_pass_here``; numba's types of a layout, a workspace and a number."""
    row = types.Array(real, 1, "C")
    return layout, row, row, types.intp, types.intp, row, row, real, work, types.boolean


def _checked(given: tuple[Any, ...], wanted: tuple[Any, ...]) -> tuple[Any, ...]:
    """The types that the call takes: arrays as they are, which differ at most in whether they may be written."""
    taken = []
    for one, other in zip(given, wanted, strict=True):
        own = one.copy(readonly=False) if isinstance(one, types.Array) else one
        if own != other and not isinstance(other, (types.Integer, types.Boolean)):
            raise TypingError(f"what stands at the address takes {other} and not {one}")
        taken.append(one if own == other else other)
    return tuple(taken)


def _generator(wanted: tuple[Any, ...]) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        convention, returned = context.call_conv, signature.return_type
        function_type = convention.get_function_type(returned, wanted)
        function = builder.inttoptr(arguments[0], function_type.as_pointer())
        _, value = convention.call_function(builder, function, returned, wanted, arguments[1:])
        return value

    return generate


@intrinsic
def call_forward(
    typing_context: Any, address: Any, layout: Any, parameters: Any, source: Any, source_offset: Any,
    source_stride: Any, n_samples: Any, activations: Any, block: Any,
) -> Any:  # fmt: skip
    """``passes.forward_here`` at ``address``."""
    wanted = forward_types(layout, parameters.dtype)
    given = layout, parameters, source, source_offset, source_stride, n_samples, activations, block
    return types.intp(types.intp, *_checked(given, wanted)), _generator(wanted)


@intrinsic
def call_gradient_pass(
    typing_context: Any, address: Any, layout: Any, parameters: Any, inputs: Any, inputs_offset: Any,
    inputs_stride: Any, targets: Any, weights: Any, inverse_total: Any, work: Any, want_loss: Any,
) -> Any:  # fmt: skip
    """``passes.gradient_pass_here`` at ``address``."""
    wanted = gradient_types(layout, work, parameters.dtype)
    given = layout, parameters, inputs, inputs_offset, inputs_stride, targets, weights, inverse_total, work, want_loss
    return types.float64(types.intp, *_checked(given, wanted)), _generator(wanted)
