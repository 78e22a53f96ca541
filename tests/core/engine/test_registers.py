"""Vectors as wide as the processor's registers, and the same numbers in all of them."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from regdesk.core.engine.registers import MANY_NARROW, MEDIUM, NARROW, REGISTERS, WIDE, Registers, registers_of

DIGESTS = """
import json, sys
import numpy as np
from regdesk.core.engine import registers
if sys.argv[1:]:
    registers.REGISTERS = getattr(registers, sys.argv[1])
from regdesk.compiling import engine_cache
if not sys.argv[1:]:
    engine_cache.prepare_cache_folder()
from regdesk.core.model.losses import SOFTMAX, SQUARED
from regdesk.core.model.network import Network, weights_digest
from regdesk.core.training.stack import Stack
from regdesk.core.training.stack_arrays import Rows, columns_of
from regdesk.core.types import TrainSettings
digests = []
# Five inputs, six units and three outputs: tiles of four, of two and of one.
for activation, loss, sizes, batch_size in (
    ("tanh", SQUARED, (5, 6, 3, 1), 0), ("relu", SOFTMAX, (5, 7, 3), 0), ("tanh", SOFTMAX, (3, 9, 3), 17),
):
    generator = np.random.default_rng(7)
    inputs = generator.normal(size=(1, 75, sizes[0]))
    targets = generator.normal(size=(1, 75)) if loss is SQUARED else generator.integers(0, 3, (1, 75)).astype(float)
    network = Network(sizes, activation)
    weights = np.ones((1, 75))
    weights[:, 60:] = 0.0
    start = 0.4 * generator.normal(size=(1, network.n_parameters))
    stack = Stack(network, loss, Rows(inputs, targets, weights, 1 - weights, [0]), start, [0], "float32")
    stack.advance([TrainSettings(lam=0.01, penalty="l1", batch_size=batch_size)], 50)
    assert not stack.has_diverged.any()
    digests.append(weights_digest(stack.parameters[0]))
    digests.append(weights_digest(stack.predict(columns_of(inputs[0], "float32"), 75)))
print(json.dumps(digests))
"""


def digests(*names: str) -> list[str]:
    """Of models that are trained by a process of its own, in registers of that name."""
    command = [sys.executable, "-W", "error", "-c", DIGESTS, *names]
    found: list[str] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return found


@pytest.mark.parametrize(
    ("triple", "features", "registers"),
    [
        ("x86_64-unknown-linux-gnu", "+sse2,+avx,+avx2,+fma,+avx512f", WIDE),
        ("x86_64-pc-windows-msvc", "+sse2,+avx,+avx2,+fma,-avx512f", MEDIUM),
        ("x86_64-unknown-linux-gnu", "+avx,-avx2,-fma", MEDIUM),
        ("x86_64-unknown-linux-gnu", "+sse4.2,-avx,-avx2,-avx512f", NARROW),
        ("x86_64-unknown-linux-gnu", "", NARROW),
        ("arm64-apple-darwin23.0", "+neon", MANY_NARROW),
        ("aarch64-unknown-linux-gnu", "", MANY_NARROW),
    ],
)
def test_registers_are_the_processors(triple: str, features: str, registers: Registers) -> None:
    assert registers_of(triple, features) is registers


@pytest.mark.parametrize("registers", [WIDE, MEDIUM, NARROW, MANY_NARROW])
def test_sums_of_every_tile_fit_in_the_registers(registers: Registers) -> None:
    n_registers = 16 if registers in (MEDIUM, NARROW) else 32
    many, one = (max(strips) for strips in registers.dense_strips)
    # The sums, one strip of the inputs, and a weight.
    assert 4 * many + many + 1 <= n_registers
    assert 2 * one + 1 <= n_registers
    a_vector = 64 // registers.n_bytes
    rows, columns = registers.outer_rows[0], registers.outer_columns[0]
    # The sums, those of the biases in the first tile, a register of each column and one of a row.
    assert a_vector * (rows * columns + columns) + columns + 1 <= n_registers


@pytest.mark.parametrize(
    "name", ["WIDE" if REGISTERS is MEDIUM else "MEDIUM", pytest.param("NARROW", marks=pytest.mark.full)]
)
def test_the_width_of_a_register_changes_no_number(name: str) -> None:
    assert digests(name) == digests()
