"""Small faults that can be planted in a source: where each could stand, and the source with it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

KINDS = ("sign", "comparison", "constant", "dropped call")

_SIGNS: dict[type[ast.operator], str] = {ast.Add: "-", ast.Sub: "+"}
_COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "==", ast.Is: "is not",
    ast.IsNot: "is", ast.In: "not in", ast.NotIn: "in",
}  # fmt: skip
_WORDS = (ast.Import, ast.ImportFrom, ast.JoinedStr)
_MAY_BE_AT_FAULT = (ast.BinOp, ast.UnaryOp, ast.Compare, ast.Constant, ast.Expr)
_LEFT_ALONE = {"annotation", "returns", "decorator_list"}


@dataclass(frozen=True)
class Fault:
    """One fault: characters ``first`` to ``last`` of the UTF-8 source give way to ``new``."""

    kind: str
    line: int
    first: int
    last: int
    old: str
    new: str

    def planted(self, source: str) -> str:
        """The source with this fault in it; raises ``ValueError`` where it does not fit the source."""
        data = source.encode("utf-8")
        if data[self.first : self.last].decode("utf-8") != self.old:
            raise ValueError(f"line {self.line} does not read {self.old!r}")
        return (data[: self.first] + self.new.encode("utf-8") + data[self.last :]).decode("utf-8")


def faults_of(source: str) -> list[Fault]:
    """Every fault that ``source`` has a place for, in the order of their places."""
    finder = _Finder(source)
    return sorted(finder.walk(ast.parse(source)), key=lambda fault: (fault.first, fault.last, fault.new))


class _Finder:
    def __init__(self, source: str) -> None:
        self._data = source.encode("utf-8")
        self._starts = [0]
        for line in self._data.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))

    def walk(self, node: ast.AST) -> list[Fault]:
        """Of ``node`` and all that runs within it: annotations, imports, defaults of slots and words are left alone."""
        found: list[Fault] = []
        waiting = [node]
        while waiting:
            node = waiting.pop()
            if isinstance(node, _WORDS) or _is_for_types(node):
                continue
            if isinstance(node, _MAY_BE_AT_FAULT):
                found += self._own(node)
            for name in node._fields:
                if name in _LEFT_ALONE:
                    continue
                value = getattr(node, name, None)
                if isinstance(value, ast.AST):
                    waiting.append(value)
                elif isinstance(value, list):
                    waiting += [child for child in value if isinstance(child, ast.AST)]
        return found

    def _own(self, node: ast.AST) -> Iterator[Fault]:
        if isinstance(node, ast.BinOp) and type(node.op) in _SIGNS and not _is_text(node):
            yield from self._operator("sign", node.left, node.right, "+-", _SIGNS[type(node.op)])
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            yield self._fault("sign", node, self._text(node.operand))
        elif isinstance(node, ast.Compare) and len(node.ops) == 1:
            new = _COMPARISONS[type(node.ops[0])]
            yield from self._operator("comparison", node.left, node.comparators[0], None, new)
        elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
            yield self._fault("constant", node, str(not node.value))
        elif isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
            yield self._fault("constant", node, repr(node.value * 2 if abs(node.value) > 1 else node.value + 1))
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            yield self._fault("dropped call", node, "pass")

    def _operator(self, kind: str, left: ast.expr, right: ast.expr, signs: str | None, new: str) -> Iterator[Fault]:
        """The operator between two operands, where nothing but it and blanks stands there."""
        first, last = self._place(left)[1], self._place(right)[0]
        between = self._data[first:last].decode("utf-8")
        old = between.strip()
        if signs is None or (old in signs and len(old) == 1):
            if "(" in between or ")" in between or "\n" in between:
                return
            begin = first + len(between) - len(between.lstrip())
            line = self._data.count(b"\n", 0, begin) + 1
            yield Fault(kind, line, begin, begin + len(old.encode("utf-8")), old, new)

    def _fault(self, kind: str, node: ast.expr | ast.stmt, new: str) -> Fault:
        first, last = self._place(node)
        return Fault(kind, node.lineno, first, last, self._text(node), new)

    def _text(self, node: ast.expr | ast.stmt) -> str:
        first, last = self._place(node)
        return self._data[first:last].decode("utf-8")

    def _place(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return self._starts[node.lineno - 1] + node.col_offset, self._starts[node.end_lineno - 1] + node.end_col_offset


def _is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _is_text(node: ast.BinOp) -> bool:
    return any(
        isinstance(side, ast.JoinedStr) or (isinstance(side, ast.Constant) and isinstance(side.value, str))
        for side in (node.left, node.right)
    )
