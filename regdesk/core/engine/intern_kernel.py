"""Cells numbered by their bytes: each that is new is kept once. Compiled with ``cell_kernel``, for its reasons.

A table of slots, a power of two of them, holds for each kept cell its number from 1 and, above that, half of its hash,
whose low bits say in which slot; what collides stands in the next free one. Kept cells stand one behind the other, a
zero byte behind each, so that all of them become strings at once. A hash goes over eight bytes at a time, as cells are
short.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import llvmlite.ir as ir

NAME = "intern_cells"
BYTES_AFTER = 16
"""Behind the kept cells: they are written and compared eight bytes at a time."""
BYTE, SMALL, WHOLE = ir.IntType(8), ir.IntType(32), ir.IntType(64)
ARGUMENTS = {
    "text": BYTE.as_pointer(),
    "starts": WHOLE.as_pointer(),
    "ends": WHOLE.as_pointer(),
    "first": WHOLE,
    "n_cells": WHOLE,
    "numbers": SMALL.as_pointer(),
    "slots": WHOLE.as_pointer(),
    "mask": WHOLE,
    "kept": BYTE.as_pointer(),
    "places": WHOLE.as_pointer(),
    "n_kept": WHOLE.as_pointer(),
    "most_kept": WHOLE,
    "most_bytes": WHOLE,
}
_FACTOR = 0x9E3779B97F4A7C15
_HALF = 0xFFFFFFFF


class InternKernel:
    """Emits ``intern_cells(**ARGUMENTS)`` into ``module``.

    It numbers the cells between ``starts`` and ``ends`` from ``first`` on, and returns the place of the first that it
    has not: ``n_cells``, or where ``most_kept`` cells or ``most_bytes`` of them would be exceeded. ``places[i]`` is
    where kept cell i begins, ``places[i + 1] - 1`` where it ends. Of ``slots`` there are ``mask + 1``, more than twice
    ``most_kept``. Eight bytes may be read behind each cell, of whatever they are.
    """

    def __init__(self, module: ir.Module) -> None:
        self._function = ir.Function(module, ir.FunctionType(WHOLE, list(ARGUMENTS.values())), NAME)
        self._of = dict(zip(ARGUMENTS, self._function.args, strict=True))
        self._builder = ir.IRBuilder(self._function.append_basic_block("entry"))
        names = ("cell", "start", "size", "hash", "slot", "at", "found", "new")
        self._slots = {name: self._builder.alloca(WHOLE, name=name) for name in names}
        self._set("cell", self._of["first"])
        self._emit()

    def _get(self, name: str) -> Any:
        return self._builder.load(self._slots[name])

    def _set(self, name: str, value: Any) -> None:
        self._builder.store(value, self._slots[name])

    def _element(self, name: str, place: Any) -> Any:
        return self._builder.gep(self._of[name], [place])

    def _eight(self, name: str, place: Any) -> Any:
        """Eight bytes of an array of bytes, wherever they stand."""
        return self._builder.load(self._builder.bitcast(self._element(name, place), WHOLE.as_pointer()), align=1)

    def _while(self, condition: Callable[[], Any], body: Callable[[], None]) -> None:
        builder = self._builder
        head, inner, after = (self._function.append_basic_block(name) for name in ("head", "inner", "after"))
        builder.branch(head)
        builder.position_at_end(head)
        builder.cbranch(condition(), inner, after)
        builder.position_at_end(inner)
        body()
        builder.branch(head)
        builder.position_at_end(after)

    def _masked(self, word: Any, n_left: Any) -> Any:
        """``word``, of which ``n_left`` bytes, at least one, are of the cell."""
        builder = self._builder
        n_bits = builder.shl(n_left, WHOLE(3))
        some = builder.and_(word, builder.lshr(WHOLE(-1), builder.and_(builder.sub(WHOLE(64), n_bits), WHOLE(63))))
        return builder.select(builder.icmp_signed("<", n_left, WHOLE(8)), some, word)

    def _over_words(self, body: Callable[[Any, Any], None]) -> None:
        """``body`` of each place within the cell, eight apart, and how many bytes of it are left."""
        builder = self._builder
        self._set("at", WHOLE(0))

        def step() -> None:
            at = self._get("at")
            body(at, builder.sub(self._get("size"), at))
            self._set("at", builder.add(at, WHOLE(8)))

        self._while(lambda: builder.icmp_signed("<", self._get("at"), self._get("size")), step)

    def _emit(self) -> None:
        builder = self._builder
        self._while(lambda: builder.icmp_signed("<", self._get("cell"), self._of["n_cells"]), self._emit_cell)
        builder.ret(self._of["n_cells"])

    def _emit_cell(self) -> None:
        builder = self._builder
        start = builder.load(self._element("starts", self._get("cell")))
        self._set("start", start)
        self._set("size", builder.sub(builder.load(self._element("ends", self._get("cell"))), start))
        self._set("hash", builder.mul(self._get("size"), WHOLE(_FACTOR)))

        def mix(at: Any, n_left: Any) -> None:
            word = self._masked(self._eight("text", builder.add(self._get("start"), at)), n_left)
            product = builder.mul(builder.xor(self._get("hash"), word), WHOLE(_FACTOR))
            self._set("hash", builder.xor(product, builder.lshr(product, WHOLE(29))))

        self._over_words(mix)
        self._set("hash", builder.mul(self._get("hash"), WHOLE(_FACTOR)))
        self._set("slot", builder.and_(builder.lshr(self._get("hash"), WHOLE(32)), self._of["mask"]))
        self._set("found", WHOLE(-1))
        self._while(lambda: builder.icmp_signed("<", self._get("found"), WHOLE(0)), self._emit_probe)
        number = builder.trunc(self._get("found"), SMALL)
        builder.store(number, self._element("numbers", self._get("cell")))
        self._set("cell", builder.add(self._get("cell"), WHOLE(1)))

    def _emit_probe(self) -> None:
        """Look into a slot: the cell is found, or kept, or the next slot comes."""
        builder = self._builder
        held = builder.load(self._element("slots", self._get("slot")))
        upper = builder.and_(self._get("hash"), WHOLE(~_HALF))
        with builder.if_else(builder.icmp_unsigned("==", held, WHOLE(0))) as (is_free, is_taken):
            with is_free:
                self._emit_new(upper)
            with is_taken:
                is_alike = builder.icmp_unsigned("==", builder.and_(held, WHOLE(~_HALF)), upper)
                with builder.if_then(is_alike):
                    self._emit_comparison(builder.sub(builder.and_(held, WHOLE(_HALF)), WHOLE(1)))
        following = builder.and_(builder.add(self._get("slot"), WHOLE(1)), self._of["mask"])
        self._set("slot", following)

    def _emit_comparison(self, number: Any) -> None:
        builder = self._builder
        place = builder.load(self._element("places", number))
        behind = builder.load(self._element("places", builder.add(number, WHOLE(1))))
        size = builder.sub(builder.sub(behind, place), WHOLE(1))
        # Any bit that differs stays in ``new``.
        self._set("new", builder.xor(size, self._get("size")))
        with builder.if_then(builder.icmp_unsigned("==", self._get("new"), WHOLE(0))):

            def compare(at: Any, n_left: Any) -> None:
                one = self._eight("text", builder.add(self._get("start"), at))
                other = self._eight("kept", builder.add(place, at))
                self._set("new", builder.or_(self._get("new"), self._masked(builder.xor(one, other), n_left)))

            self._over_words(compare)
            with builder.if_then(builder.icmp_unsigned("==", self._get("new"), WHOLE(0))):
                self._set("found", number)

    def _emit_new(self, upper: Any) -> None:
        builder = self._builder
        number = builder.load(self._of["n_kept"])
        place = builder.load(self._element("places", number))
        behind = builder.add(builder.add(place, self._get("size")), WHOLE(1))
        is_full = builder.or_(
            builder.icmp_signed(">=", number, self._of["most_kept"]),
            builder.icmp_signed(">", behind, self._of["most_bytes"]),
        )
        with builder.if_then(is_full, likely=False):
            builder.ret(self._get("cell"))

        def copy(at: Any, n_left: Any) -> None:
            word = self._masked(self._eight("text", builder.add(self._get("start"), at)), n_left)
            target = builder.bitcast(self._element("kept", builder.add(place, at)), WHOLE.as_pointer())
            builder.store(word, target, align=1)

        self._over_words(copy)
        builder.store(BYTE(0), self._element("kept", builder.sub(behind, WHOLE(1))))
        after = builder.add(number, WHOLE(1))
        builder.store(behind, self._element("places", after))
        builder.store(after, self._of["n_kept"])
        builder.store(builder.or_(upper, after), self._element("slots", self._get("slot")))
        self._set("found", number)
