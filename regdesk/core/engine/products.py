"""The products of a dense layer put together from register tiles: forward, back, and the gradient."""

from __future__ import annotations

from regdesk.core.engine.outer_tiles import (
    outer_1x1,
    outer_1x1_and_sums,
    outer_1x4,
    outer_1x4_and_sums,
    outer_2x1,
    outer_2x1_and_sums,
    outer_2x4,
    outer_2x4_and_sums,
    outer_4x1,
    outer_4x1_and_sums,
    outer_4x4,
    outer_4x4_and_sums,
)
from regdesk.core.engine.stored import njit
from regdesk.core.engine.tiles import (
    dense_plain_1,
    dense_plain_4,
    dense_relu_1,
    dense_relu_4,
    dense_relu_slope_1,
    dense_relu_slope_4,
    dense_tanh_1,
    dense_tanh_4,
    dense_tanh_slope_1,
    dense_tanh_slope_4,
)


def _compiled(name, function):
    """``function`` compiled under a ``name`` that no other has.

    numba's symbols are made of the qualified name, the types and a number that counts in each process. Of two functions
    with one name, compiled by two processes, one would be called for the other: of two objects with a symbol in common
    the loader takes the first.
    """
    function.__name__ = function.__qualname__ = name
    return njit(nogil=True, error_model="numpy", inline="never")(function)


def _make_dense(name, tile_4, tile_1):
    """destination[j] = f(bias[j] + Σ_k weights[weight + k·input_step + j·output_step] · source[k]), with the tiles' f.

    bias < 0: none. Four outputs at a time.
    """

    def dense(
        weights, weight, input_step, output_step, bias, n_inputs, n_outputs, source, source_offset, source_stride,
        destination, destination_offset, destination_stride, activations, activations_offset, n_samples,
    ):  # fmt: skip
        output = 0
        while output + 4 <= n_outputs:
            ahead = output * destination_stride
            tile_4(
                weights, weight + output * output_step, input_step, output_step,
                bias + output if bias >= 0 else -1, n_inputs, source, source_offset, source_stride,
                destination, destination_offset + ahead, destination_stride, activations, activations_offset + ahead,
                n_samples,
            )  # fmt: skip
            output += 4
        while output < n_outputs:
            ahead = output * destination_stride
            tile_1(
                weights, weight + output * output_step, input_step, output_step,
                bias + output if bias >= 0 else -1, n_inputs, source, source_offset, source_stride,
                destination, destination_offset + ahead, destination_stride, activations, activations_offset + ahead,
                n_samples,
            )  # fmt: skip
            output += 1

    return _compiled(name, dense)


dense_plain = _make_dense("dense_plain", dense_plain_4, dense_plain_1)
dense_tanh = _make_dense("dense_tanh", dense_tanh_4, dense_tanh_1)
dense_relu = _make_dense("dense_relu", dense_relu_4, dense_relu_1)
dense_tanh_slope = _make_dense("dense_tanh_slope", dense_tanh_slope_4, dense_tanh_slope_1)
dense_relu_slope = _make_dense("dense_relu_slope", dense_relu_slope_4, dense_relu_slope_1)


def _make_outer(name, four, two, one):
    """gradient[weight + k·n_outputs + j] += Σ_samples source[k] · deltas[j], of as many columns as the tiles have.

    Each argument is a tile without and one with the sums of the deltas, of four, two or one rows; the first tile of a
    column adds those sums to gradient[bias + j].
    """
    four_plain, four_and_sums = four
    two_plain, two_and_sums = two
    one_plain, one_and_sums = one

    def outer_columns(
        gradient, weight, n_inputs, n_outputs, bias, source, source_offset, source_stride, deltas, deltas_offset,
        deltas_stride, n_samples,
    ):  # fmt: skip
        row = 0
        while row < n_inputs:
            first, source_row = weight + row * n_outputs, source_offset + row * source_stride
            left = n_inputs - row
            if left >= 4:
                if row == 0:
                    four_and_sums(
                        gradient, first, n_outputs, bias, source, source_row, source_stride,
                        deltas, deltas_offset, deltas_stride, n_samples,
                    )  # fmt: skip
                else:
                    four_plain(
                        gradient, first, n_outputs, bias, source, source_row, source_stride,
                        deltas, deltas_offset, deltas_stride, n_samples,
                    )  # fmt: skip
                row += 4
            elif left >= 2:
                if row == 0:
                    two_and_sums(
                        gradient, first, n_outputs, bias, source, source_row, source_stride,
                        deltas, deltas_offset, deltas_stride, n_samples,
                    )  # fmt: skip
                else:
                    two_plain(
                        gradient, first, n_outputs, bias, source, source_row, source_stride,
                        deltas, deltas_offset, deltas_stride, n_samples,
                    )  # fmt: skip
                row += 2
            else:
                if row == 0:
                    one_and_sums(
                        gradient, first, n_outputs, bias, source, source_row, source_stride,
                        deltas, deltas_offset, deltas_stride, n_samples,
                    )  # fmt: skip
                else:
                    one_plain(
                        gradient, first, n_outputs, bias, source, source_row, source_stride,
                        deltas, deltas_offset, deltas_stride, n_samples,
                    )  # fmt: skip
                row += 1

    return _compiled(name, outer_columns)


_outer_four = _make_outer(
    "outer_four", (outer_4x4, outer_4x4_and_sums), (outer_2x4, outer_2x4_and_sums), (outer_1x4, outer_1x4_and_sums)
)
_outer_one = _make_outer(
    "outer_one", (outer_4x1, outer_4x1_and_sums), (outer_2x1, outer_2x1_and_sums), (outer_1x1, outer_1x1_and_sums)
)


@njit(nogil=True, error_model="numpy")
def outer(
    gradient, weight, n_inputs, n_outputs, bias, source, source_offset, source_stride, deltas, deltas_offset,
    deltas_stride, n_samples,
):  # fmt: skip
    """gradient[weight + k·n_outputs + j] += Σ_samples source[k] · deltas[j], and gradient[bias + j] += Σ deltas[j]."""
    column = 0
    while column + 4 <= n_outputs:
        _outer_four(
            gradient, weight + column, n_inputs, n_outputs, bias + column, source, source_offset, source_stride,
            deltas, deltas_offset + column * deltas_stride, deltas_stride, n_samples,
        )  # fmt: skip
        column += 4
    while column < n_outputs:
        _outer_one(
            gradient, weight + column, n_inputs, n_outputs, bias + column, source, source_offset, source_stride,
            deltas, deltas_offset + column * deltas_stride, deltas_stride, n_samples,
        )  # fmt: skip
        column += 1
