"""What the processor holds its vectors in, and the tiles of a product that fit in there."""

from __future__ import annotations

from dataclasses import dataclass

from numba.core.registry import cpu_target


@dataclass(frozen=True)
class Registers:
    """Vector registers, and tiles whose sums stay in them with what they are made of.

    Attributes:
        n_bytes: of one register.
        dense_strips: registers for each of the four outputs of a dense tile, the most first, and of one of one output.
        outer_columns: outputs of the tiles of a layer's gradient, the largest first; a sum takes 64 bytes there.
        outer_rows: their inputs.
    """

    n_bytes: int
    dense_strips: tuple[tuple[int, ...], tuple[int, ...]]
    outer_columns: tuple[int, ...]
    outer_rows: tuple[int, ...]


WIDE = Registers(64, ((4, 2, 1), (4, 2, 1)), (4, 1), (4, 2, 1))
"""AVX-512: 32 of them."""
MEDIUM = Registers(32, ((2, 1), (4, 1)), (2, 1), (2, 1))
"""AVX and AVX2: 16. With the tiles of AVX-512, which the compiler splits, half of the sums went through memory: 79 µs a
step of 16-16 with 1,000 rows instead of 45."""
NARROW = Registers(16, ((2, 1), (4, 1)), (1,), (2, 1))
"""SSE2: 16."""
MANY_NARROW = Registers(16, ((4, 1), (4, 1)), (2, 1), (2, 1))
"""ARM: 32."""


def registers_of(triple: str, features: str) -> Registers:
    """Of the processor that is compiled for, as LLVM names it and what it can do (``+avx2,-avx512f,…``)."""
    if not triple.startswith(("x86_64", "i386", "i686")):
        return MANY_NARROW
    abilities = set(features.split(","))
    if "+avx512f" in abilities:
        return WIDE
    return MEDIUM if "+avx" in abilities else NARROW


def _own_registers() -> Registers:
    triple, _, features = cpu_target.target_context.codegen().magic_tuple()
    return registers_of(triple, features)


REGISTERS = _own_registers()
