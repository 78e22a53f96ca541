"""Vector instructions for LLVM, and the way from one of numba's calls to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import llvmlite.ir as ir
from numba.core import cgutils

from regdesk.core.engine.registers import REGISTERS

VECTOR_BYTES = 64
"""Of a vector as the arithmetic has it, on every processor: sums over samples are in as many parts as it has lanes. It
stands in one register, or in two or four, with the same numbers.
"""


class Emitter:
    """Loads, stores and products of one register each on flat arrays of one dtype."""

    def __init__(self, builder: Any, dtype: Any) -> None:
        self.builder = builder
        self.dtype = dtype
        self.scalar = _scalar_type(dtype)
        self.item_bytes = dtype.bitwidth // 8
        self.lanes = REGISTERS.n_bytes // self.item_bytes
        self.vector = ir.VectorType(self.scalar, self.lanes)
        # The registers of one vector, by their lanes.
        self.parts = range(0, VECTOR_BYTES // self.item_bytes, self.lanes)

    def address(self, base: Any, *terms: Any) -> Any:
        """Address of ``base[sum of terms]``."""
        total = terms[0]
        for term in terms[1:]:
            total = self.builder.add(total, term)
        return self.builder.gep(base, [total])

    def load(self, base: Any, *terms: Any) -> Any:
        address = self.builder.bitcast(self.address(base, *terms), self.vector.as_pointer())
        return self.builder.load(address, align=self.item_bytes)

    def store(self, value: Any, base: Any, *terms: Any) -> None:
        address = self.builder.bitcast(self.address(base, *terms), self.vector.as_pointer())
        self.builder.store(value, address, align=self.item_bytes)

    def splat(self, scalar: Any) -> Any:
        """``scalar`` in every lane."""
        undefined = ir.Constant(self.vector, ir.Undefined)
        first = self.builder.insert_element(undefined, scalar, ir.Constant(_LANE, 0))
        mask = ir.Constant(ir.VectorType(_LANE, self.lanes), [0] * self.lanes)
        return self.builder.shuffle_vector(first, undefined, mask)

    def accumulator(self, start: Any) -> Any:
        """A vector that LLVM keeps in a register, set to ``start``."""
        slot = cgutils.alloca_once(self.builder, self.vector)
        self.builder.store(start, slot)
        return slot

    def product_sum(self, left: Any, right: Any, added: Any) -> Any:
        """left · right + added, rounded once where the processor can."""
        name = f"llvm.fmuladd.v{self.lanes}{self.scalar.intrinsic_name}"
        function_type = ir.FunctionType(self.vector, [self.vector] * 3)
        function = cgutils.get_or_insert_function(self.builder.module, function_type, name)
        return self.builder.call(function, [left, right, added])

    def add_product(self, left: Any, right: Any, slot: Any) -> None:
        """``slot`` += left · right."""
        self.builder.store(self.product_sum(left, right, self.builder.load(slot)), slot)

    def whole_sums(self, values: list[list[Any]], width: int) -> list[Any]:
        """As ``horizontal_sums``, of vectors in several registers each: halves are added up until there is one."""
        while len(values[0]) > 1:
            half = len(values[0]) // 2
            values = [[self.builder.fadd(one[k], one[k + half]) for k in range(half)] for one in values]
        return self.horizontal_sums([one for (one,) in values], width)

    def horizontal_sums(self, values: list[Any], width: int) -> list[Any]:
        """The sum of the lanes of each of ``values``, of which there are a power of two, in vectors of ``width`` sums.

        Pairwise, in an order that is fixed by the code; two registers are folded into one, so that sixteen sums cost
        little more than one alone.
        """
        sums = []
        for start in range(0, len(values), self.lanes):
            found = self._lane_sums(values[start : start + self.lanes])
            for first in range(0, found.type.count, width):
                sums.append(self._shuffled(found, found, list(range(first, first + width))))
        return sums

    def _lane_sums(self, values: list[Any]) -> Any:
        """The sum of the lanes of each of ``values``, in their order, in one vector; there are at most as many."""
        distance = self.lanes
        while distance > 1:
            distance //= 2
            half = len(values) // 2
            if half:
                values = [self._folded(values[k], values[k + half], distance) for k in range(half)]
            else:
                values = [self._halved(values[0], distance)]
        return values[0]

    def _shuffled(self, one: Any, other: Any, lanes: list[int]) -> Any:
        """These lanes of two vectors, those of ``other`` being counted on from those of ``one``."""
        return self.builder.shuffle_vector(one, other, ir.Constant(ir.VectorType(_LANE, len(lanes)), lanes))

    def _folded(self, one: Any, other: Any, distance: int) -> Any:
        """Lanes ``distance`` apart added up: those of ``one`` stand in the lower half of every run of 2·``distance``.

        What stays in its lane is blended and only the rest is moved: a processor has one unit that moves lanes. With
        both operands moved, a step of 16-16 on 32 rows took 0.1 µs more.
        """
        lanes = range(one.type.count)
        is_upper = [lane // distance % 2 == 1 for lane in lanes]
        kept = [lane + len(lanes) * upper for lane, upper in zip(lanes, is_upper, strict=True)]
        moved = [
            lane - distance + len(lanes) if upper else lane + distance
            for lane, upper in zip(lanes, is_upper, strict=True)
        ]
        return self.builder.fadd(self._shuffled(one, other, kept), self._shuffled(one, other, moved))

    def _halved(self, value: Any, half: int) -> Any:
        """Both halves of every run of 2·``half`` lanes added up."""
        lanes = range(value.type.count)
        low, high = (
            self._shuffled(value, value, [lane for lane in lanes if lane // half % 2 == side]) for side in (0, 1)
        )
        return self.builder.fadd(low, high)

    @contextmanager
    def while_there_are(self, place: Any, count: Any, step: int) -> Iterator[None]:
        """Loop while ``step`` more, from what stands in ``place`` on, are within ``count``; then ``place`` is so much
        further.
        """
        builder = self.builder
        head, body, end = (builder.append_basic_block(name) for name in ("head", "body", "end"))
        builder.branch(head)
        builder.position_at_end(head)
        following = builder.add(builder.load(place), number(step))
        builder.cbranch(builder.icmp_signed("<=", following, count), body, end)
        builder.position_at_end(body)
        yield
        builder.store(following, place)
        builder.branch(head)
        builder.position_at_end(end)

    def increase(self, base: Any, term: Any, added: Any) -> None:
        """``base[term:]`` += ``added``, a vector of any length."""
        address = self.builder.bitcast(self.address(base, term), added.type.as_pointer())
        present = self.builder.load(address, align=self.item_bytes)
        self.builder.store(self.builder.fadd(present, added), address, align=self.item_bytes)


_INDEX = ir.IntType(64)
_LANE = ir.IntType(32)


def _scalar_type(dtype: Any) -> Any:
    return ir.DoubleType() if dtype.bitwidth == 64 else ir.FloatType()


def number(value: int) -> Any:
    return ir.Constant(_INDEX, value)


def call_out_of_line(
    builder: Any, dtype: Any, name: str, pointers: list[Any], indices: list[Any], body: Callable[..., None]
) -> None:
    """Call ``body(emitter, *pointers, *indices)`` as one function of the module.

    Not inlined: each caller would carry and optimise a copy of its own, which doubled the compile time.
    """
    pointer = _scalar_type(dtype).as_pointer()
    function_type = ir.FunctionType(ir.VoidType(), [pointer] * len(pointers) + [_INDEX] * len(indices))
    name = f"regdesk_{name}_{dtype}"
    function = builder.module.globals.get(name)
    if function is None:
        function = ir.Function(builder.module, function_type, name)
        function.linkage = "linkonce_odr"
        function.attributes.add("noinline")
        inner = ir.IRBuilder(function.append_basic_block("entry"))
        body(Emitter(inner, dtype), *function.args)
        inner.ret_void()
    builder.call(function, [*pointers, *indices])


def generator(name: str, array_positions: tuple[int, ...], body: Callable[..., None]) -> Callable[..., Any]:
    """An intrinsic's code: ``body`` on the data of its array arguments and on its other arguments, integers."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        pointers = [
            context.make_array(signature.args[position])(context, builder, arguments[position]).data
            for position in array_positions
        ]
        indices = [argument for position, argument in enumerate(arguments) if position not in array_positions]
        call_out_of_line(builder, signature.args[0].dtype, name, pointers, indices, body)
        return context.get_dummy_value()

    return generate
