"""Bytes of a text file split into cells, and the numbers in them: one pass over them, compiled when it is first needed.

It is written in LLVM's own form, which is code within 0.1 s and wants neither numba nor a cache: whoever reads a file
waits for it. Of numbers it reads those whose digits it can turn exactly into the nearest double, and leaves others
alone. A whole number of at most 19 digits is exact in 64 bits. Up to 2⁵³ one division by a power of ten, which is a
double, rounds rightly (Clinger, PLDI 1990). Beyond, the quotient is found as a sum of two doubles (Dekker, Numerische
Mathematik 18, 1971); where its own error decides to which double it is nearest, the cell is left alone, too.

One file, since all of it emits one function: each method adds to the blocks and variables of the one before.
"""

from __future__ import annotations

from typing import Any

import llvmlite.ir as ir
import numpy as np

NAME = "split_cells"
MOST_DIGITS = 19
IS_OTHER, IS_NEGATIVE, HAS_MARK, HAS_EXPONENT, IS_DOUBLED = 1, 2, 4, 8, 16
"""Bits of what is said of a cell: that no number was read; that it begins with a minus, has a mark of decimals, an
exponent; that it is quoted, and holds quotes that are written twice."""
_MOST_TENS = 22
_MOST_COUNTED = 127
_TENS = 10.0 ** np.arange(_MOST_TENS + 1)
_SPLITTER = 2.0**27 + 1.0
"""Parts the 53 bits of a double into two halves, whose products are exact."""
_HIGH_TENS = _TENS * _SPLITTER - (_TENS * _SPLITTER - _TENS)
TABLES = np.concatenate([_TENS, _HIGH_TENS, _TENS - _HIGH_TENS])
"""Powers of ten, and their halves: the last argument of the function."""
_DOUBT = 2.0**-83
"""Of a quotient: a hundred times the error of the sum of two doubles, and 2⁻³⁰ of the step between doubles."""
_BLANK, _NEWLINE, _RETURN, _MINUS, _PLUS, _ZERO = (ord(one) for one in " \n\r-+0")
BYTE, WHOLE, REAL, FLAG = ir.IntType(8), ir.IntType(64), ir.DoubleType(), ir.IntType(1)
ARGUMENTS = {
    "text": BYTE.as_pointer(),
    "size": WHOLE,
    "delimiter": BYTE,
    "quote": BYTE,
    "mark": BYTE,
    "width": WHOLE,
    "stride": WHOLE,
    "starts": WHOLE.as_pointer(),
    "ends": WHOLE.as_pointer(),
    "values": REAL.as_pointer(),
    "flags": BYTE.as_pointer(),
    "digits": BYTE.as_pointer(),
    "decimals": BYTE.as_pointer(),
    "lines": WHOLE.as_pointer(),
    "tables": REAL.as_pointer(),
}


class CellKernel:
    """Emits ``split_cells(**ARGUMENTS)``, which goes over a text of ``size`` bytes, the last a line end.

    It writes down for the cell in row r of column c, at ``c * stride + r``, where it begins, where it ends, its number,
    the bits above, how many digits it has and how many of them are decimals; and for each row how many lines came
    before it. A cell ends with the delimiter or a line end, and blanks before it are none of it. One that begins with
    the quote, 0 for none, ends with the next that is not written twice, behind which there has to be a delimiter or a
    line end. It returns the number of rows, with the place and the line behind them at ``lines[stride]`` and after it:
    a row whose quote is not closed is left out. It returns −1 where these rules do not hold, where a carriage return
    stands alone, and where a row has not ``width`` cells, and behind them none or empty ones.
    """

    def __init__(self) -> None:
        self.module = ir.Module(NAME)
        function = ir.Function(self.module, ir.FunctionType(WHOLE, list(ARGUMENTS.values())), NAME)
        self._function = function
        self._arguments = dict(zip(ARGUMENTS, function.args, strict=True))
        self._builder = ir.IRBuilder(function.append_basic_block("entry"))
        kinds = dict.fromkeys(("place", "row", "column", "slot", "line", "start", "stop", "begin"), WHOLE)
        kinds |= dict.fromkeys(("whole", "n_digits", "n_decimals", "exponent", "row_place", "row_line"), WHOLE)
        kinds |= {"flag": BYTE, "value": REAL, "is_quoted": FLAG, "doubled": BYTE}
        self._slots = {name: self._builder.alloca(kind, name=name) for name, kind in kinds.items()}
        for name in ("place", "row", "line"):
            self._set(name, WHOLE(0))
        self._fail, self._done = function.append_basic_block("fail"), function.append_basic_block("done")
        self._emit()
        ir.IRBuilder(self._fail).ret(WHOLE(-1))

    def _get(self, name: str) -> Any:
        return self._builder.load(self._slots[name])

    def _set(self, name: str, value: Any) -> None:
        self._builder.store(value, self._slots[name])

    def _add(self, name: str, value: Any) -> None:
        self._set(name, self._builder.add(self._get(name), value))

    def _byte(self, place: Any) -> Any:
        return self._builder.load(self._builder.gep(self._arguments["text"], [place]))

    def _keep(self, name: str, place: Any, value: Any) -> None:
        self._builder.store(value, self._builder.gep(self._arguments[name], [place]))

    def _is(self, byte: Any, other: Any) -> Any:
        return self._builder.icmp_unsigned("==", byte, BYTE(other) if isinstance(other, int) else other)

    def _is_end(self, byte: Any) -> Any:
        """Whether a cell that is not quoted ends before ``byte``."""
        either = self._builder.or_(self._is(byte, _NEWLINE), self._is(byte, _RETURN))
        return self._builder.or_(either, self._is(byte, self._arguments["delimiter"]))

    def _block(self, name: str) -> Any:
        return self._function.append_basic_block(name)

    def _go_on_in(self, block: Any) -> None:
        if not self._builder.block.is_terminated:
            self._builder.branch(block)
        self._builder.position_at_end(block)

    def _leave_if(self, condition: Any, target: Any) -> None:
        after = self._block("after")
        self._builder.cbranch(condition, target, after)
        self._builder.position_at_end(after)

    def _fail_if(self, condition: Any) -> None:
        self._leave_if(condition, self._fail)

    def _skip_while(self, condition: Any) -> None:
        """Go on to the first place of whose byte ``condition`` is false; it may do something before that."""
        here, step, after = self._block("skip"), self._block("step"), self._block("after_skip")
        self._go_on_in(here)
        self._builder.cbranch(condition(self._byte(self._get("place"))), step, after)
        self._builder.position_at_end(step)
        self._add("place", WHOLE(1))
        self._builder.branch(here)
        self._builder.position_at_end(after)

    def _emit(self) -> None:
        builder, row, cell = self._builder, self._block("row"), self._block("cell")
        self._go_on_in(row)
        self._set("row_place", self._get("place"))
        self._set("row_line", self._get("line"))
        self._leave_if(builder.icmp_signed(">=", self._get("place"), self._arguments["size"]), self._done)
        self._keep("lines", self._get("row"), self._get("line"))
        self._set("column", WHOLE(0))
        self._set("slot", self._get("row"))
        self._go_on_in(cell)
        self._skip_while(lambda byte: self._is(byte, _BLANK))
        self._emit_bounds()
        self._emit_number()
        self._emit_value()
        self._emit_cell()
        with builder.if_then(self._is(self._byte(self._get("place")), self._arguments["delimiter"])):
            self._add("place", WHOLE(1))
            self._add("column", WHOLE(1))
            self._add("slot", self._arguments["stride"])
            builder.branch(cell)
        with builder.if_then(self._is(self._byte(self._get("place")), _RETURN)):
            self._add("place", WHOLE(1))
        self._fail_if(builder.not_(self._is(self._byte(self._get("place")), _NEWLINE)))
        width = self._arguments["width"]
        self._fail_if(builder.icmp_signed("<", builder.add(self._get("column"), WHOLE(1)), width))
        for name in ("place", "row", "line"):
            self._add(name, WHOLE(1))
        builder.branch(row)
        builder.position_at_end(self._done)
        stride = self._arguments["stride"]
        self._keep("lines", stride, self._get("row_place"))
        self._keep("lines", builder.add(stride, WHOLE(1)), self._get("row_line"))
        builder.ret(self._get("row"))

    def _emit_bounds(self) -> None:
        """Whether the cell is quoted; then where it begins and ends is known, and that what follows may follow."""
        builder, quote = self._builder, self._arguments["quote"]
        byte = self._byte(self._get("place"))
        is_quoted = builder.and_(builder.icmp_unsigned("!=", quote, BYTE(0)), self._is(byte, quote))
        self._set("is_quoted", is_quoted)
        self._set("doubled", BYTE(0))
        self._set("start", self._get("place"))
        with builder.if_then(is_quoted, likely=False):
            self._add("place", WHOLE(1))
            self._set("start", self._get("place"))

            def is_within(byte: Any) -> Any:
                place = self._get("place")
                self._leave_if(builder.icmp_signed(">=", place, self._arguments["size"]), self._done)
                behind = self._byte(builder.add(place, WHOLE(1)))
                self._add("line", builder.zext(self._is(byte, _NEWLINE), WHOLE))
                self._fail_if(builder.and_(self._is(byte, _RETURN), builder.not_(self._is(behind, _NEWLINE))))
                is_quote = self._is(byte, quote)
                is_pair = builder.and_(is_quote, self._is(behind, quote))
                self._add("place", builder.zext(is_pair, WHOLE))
                self._set("doubled", builder.select(is_pair, BYTE(IS_DOUBLED), self._get("doubled")))
                return builder.or_(is_pair, builder.not_(is_quote))

            self._skip_while(is_within)
            self._set("stop", self._get("place"))
            self._fail_if(builder.not_(self._is_end(self._byte(builder.add(self._get("place"), WHOLE(1))))))
            self._set("place", self._get("start"))

    def _emit_number(self) -> None:
        """Minus, digits, a mark, digits; then ``place`` is behind the cell, and the bits say whether that was all."""
        builder = self._builder
        is_negative = self._is_negative()
        sign = builder.select(is_negative, BYTE(IS_NEGATIVE), BYTE(0))
        self._set("flag", builder.or_(sign, self._get("doubled")))
        self._add("place", builder.zext(is_negative, WHOLE))
        self._set("whole", WHOLE(0))
        self._set("n_decimals", WHOLE(0))
        self._set("begin", self._get("place"))
        self._emit_digits()
        self._set("n_digits", builder.sub(self._get("place"), self._get("begin")))
        with builder.if_then(self._is(self._byte(self._get("place")), self._arguments["mark"])):
            self._set("flag", builder.or_(self._get("flag"), BYTE(HAS_MARK)))
            self._add("place", WHOLE(1))
            self._set("begin", self._get("place"))
            self._emit_digits()
            self._set("n_decimals", builder.sub(self._get("place"), self._get("begin")))
            self._add("n_digits", self._get("n_decimals"))
        self._emit_exponent()
        is_number = builder.icmp_signed("<=", self._significant(), WHOLE(MOST_DIGITS))
        is_number = builder.and_(is_number, builder.icmp_signed("<=", self._get("n_digits"), WHOLE(_MOST_COUNTED)))
        scale = builder.sub(self._get("n_decimals"), self._get("exponent"))
        is_number = builder.and_(is_number, builder.icmp_unsigned("<=", scale, WHOLE(_MOST_TENS)))
        # A minus or a mark alone is no number; a cell without any of these is empty.
        is_empty = builder.icmp_signed("==", self._get("place"), self._get("start"))
        has_digits = builder.icmp_signed(">", self._get("n_digits"), WHOLE(0))
        is_number = builder.and_(is_number, builder.or_(is_empty, has_digits))
        with builder.if_else(self._get("is_quoted"), likely=False) as (quoted, plain):
            with quoted:
                is_whole = builder.icmp_signed("==", self._get("place"), self._get("stop"))
                self._set("place", builder.add(self._get("stop"), WHOLE(1)))
                quoted_end = builder.block
            with plain:
                is_ended = self._is_end(self._byte(self._get("place")))
                self._skip_while(lambda byte: builder.not_(self._is_end(byte)))
                self._set("stop", self._get("place"))
                plain_end = builder.block
        is_all = builder.phi(FLAG)
        is_all.add_incoming(is_whole, quoted_end)
        is_all.add_incoming(is_ended, plain_end)
        is_number = builder.and_(is_number, is_all)
        self._set("flag", builder.or_(self._get("flag"), builder.select(is_number, BYTE(0), BYTE(IS_OTHER))))

    def _significant(self) -> Any:
        """How many digits there are from the first on that is no zero, as far as more of them would be too many."""
        builder = self._builder
        self._set("begin", self._get("n_digits"))
        with builder.if_then(builder.icmp_signed(">", self._get("n_digits"), WHOLE(MOST_DIGITS)), likely=False):
            place = self._get("place")
            self._set("place", builder.add(self._get("start"), builder.zext(self._is_negative(), WHOLE)))

            def is_led(byte: Any) -> Any:
                is_zero = self._is(byte, _ZERO)
                self._set("begin", builder.sub(self._get("begin"), builder.zext(is_zero, WHOLE)))
                return builder.or_(is_zero, self._is(byte, self._arguments["mark"]))

            self._skip_while(is_led)
            self._set("place", place)
        return self._get("begin")

    def _is_negative(self) -> Any:
        return self._is(self._byte(self._get("start")), _MINUS)

    def _emit_exponent(self) -> None:
        """Behind a digit or a mark e or E, plus or minus or none, digits: a number of at most three counts."""
        builder = self._builder
        self._set("exponent", WHOLE(0))
        small = builder.or_(self._byte(self._get("place")), BYTE(0x20))
        has_digits = builder.icmp_signed(">", self._get("n_digits"), WHOLE(0))
        with builder.if_then(builder.and_(has_digits, self._is(small, ord("e"))), likely=False):
            self._set("flag", builder.or_(self._get("flag"), BYTE(HAS_EXPONENT)))
            whole = self._get("whole")
            sign = self._byte(builder.add(self._get("place"), WHOLE(1)))
            is_signed = builder.or_(self._is(sign, _MINUS), self._is(sign, _PLUS))
            self._add("place", builder.add(builder.zext(is_signed, WHOLE), WHOLE(1)))
            self._set("begin", self._get("place"))
            self._set("whole", WHOLE(0))
            self._emit_digits()
            n_digits = builder.sub(self._get("place"), self._get("begin"))
            # None, or four, is nothing that ends here: one more than the largest scale.
            is_usual = builder.icmp_unsigned("<=", builder.sub(n_digits, WHOLE(1)), WHOLE(2))
            found = self._get("whole")
            found = builder.select(self._is(sign, _MINUS), builder.neg(found), found)
            self._set("exponent", builder.select(is_usual, found, WHOLE(-1000)))
            self._set("whole", whole)

    def _emit_digits(self) -> None:
        builder = self._builder

        def is_digit(byte: Any) -> Any:
            digit = builder.sub(byte, BYTE(_ZERO))
            found = builder.icmp_unsigned("<", digit, BYTE(10))
            more = builder.add(builder.mul(self._get("whole"), WHOLE(10)), builder.zext(digit, WHOLE))
            self._set("whole", builder.select(found, more, self._get("whole")))
            return found

        self._skip_while(is_digit)

    def _emit_value(self) -> None:
        builder, whole = self._builder, self._get("whole")
        is_number = self._is(builder.and_(self._get("flag"), BYTE(IS_OTHER)), 0)
        self._set("value", REAL(0.0))
        with builder.if_then(is_number):
            decimals = builder.sub(self._get("n_decimals"), self._get("exponent"))
            high, tens = builder.uitofp(whole, REAL), self._table(decimals, 0)
            quotient = builder.fdiv(high, tens)
            self._set("value", quotient)
            with builder.if_then(builder.icmp_unsigned(">", whole, WHOLE(2**53)), likely=False):
                low = builder.sitofp(builder.sub(whole, builder.fptoui(high, WHOLE)), REAL)
                self._emit_quotient(high, low, quotient, decimals)
            negative = builder.fneg(self._get("value"))
            is_negative = builder.not_(self._is(builder.and_(self._get("flag"), BYTE(IS_NEGATIVE)), 0))
            self._set("value", builder.select(is_negative, negative, self._get("value")))

    def _table(self, decimals: Any, number: int) -> Any:
        place = self._builder.add(decimals, WHOLE(number * len(_TENS)))
        return self._builder.load(self._builder.gep(self._arguments["tables"], [place]))

    def _emit_quotient(self, high: Any, low: Any, quotient: Any, decimals: Any) -> None:
        """(high + low) / 10^decimals, of which ``quotient`` is high / 10^decimals, rounded."""
        builder = self._builder
        add, sub, mul = builder.fadd, builder.fsub, builder.fmul
        tens, high_tens, low_tens = (self._table(decimals, number) for number in range(3))
        split = mul(quotient, REAL(_SPLITTER))
        front = sub(split, sub(split, quotient))
        back = sub(quotient, front)
        product = mul(quotient, tens)
        error = add(sub(mul(front, high_tens), product), mul(front, low_tens))
        error = add(add(error, mul(back, high_tens)), mul(back, low_tens))
        rest = builder.fdiv(add(sub(sub(high, product), error), low), tens)
        doubt = mul(quotient, REAL(_DOUBT))
        self._set("value", add(quotient, rest))
        least, most = add(quotient, sub(rest, doubt)), add(quotient, add(rest, doubt))
        is_sure = builder.fcmp_ordered("==", least, most)
        self._set("flag", builder.or_(self._get("flag"), builder.select(is_sure, BYTE(0), BYTE(IS_OTHER))))

    def _emit_cell(self) -> None:
        """Write down what has been found; behind the last column the cell has to be empty."""
        builder = self._builder
        is_more = builder.icmp_signed(">=", self._get("column"), self._arguments["width"])
        with builder.if_else(is_more, likely=False) as (more, within):
            with more:
                self._fail_if(builder.icmp_signed("!=", self._get("start"), self._get("stop")))
            with within:
                slot = self._get("slot")
                for name, value in (("starts", "start"), ("ends", "stop"), ("values", "value"), ("flags", "flag")):
                    self._keep(name, slot, self._get(value))
                for name, value in (("digits", "n_digits"), ("decimals", "n_decimals")):
                    self._keep(name, slot, builder.trunc(self._get(value), BYTE))
