"""Nothing is said to Qt in words that a Turkish machine reads otherwise.

PySide looks for the setter of a keyword of a constructor, such as ``interval`` of a QTimer, by the capital of its first
letter, and asks the C library for that: under tr_TR and az_AZ the capital of i is İ, and the window did not start.
"""

from __future__ import annotations

import ast
import re

import pytest
from program_source import PACKAGE

CANDIDATE = re.compile(r"\bQ[A-Z]\w*\s*\(")
KEYWORD = re.compile(r"\bi\w*=(?!=)")
"""As the formatter writes one: around that of an assignment it puts blanks."""


def keywords_with_i(source: str) -> list[str]:
    """Calls of Qt's classes with a keyword that begins with i; only what has words like both is parsed."""
    if not (CANDIDATE.search(source) and KEYWORD.search(source)):
        return []
    return [
        ast.unparse(node)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and re.match(r"Q[A-Z]", ast.unparse(node.func).rpartition(".")[2])
        and any((keyword.arg or "").startswith("i") for keyword in node.keywords)
    ]


def test_no_property_that_begins_with_i_is_a_keyword() -> None:
    found = {str(path): keywords_with_i(path.read_text(encoding="utf-8")) for path in PACKAGE.rglob("*.py")}
    assert {path: calls for path, calls in found.items() if calls} == {}


@pytest.mark.parametrize(
    ("source", "n_found"),
    [
        ("QTimer(self, interval=0)", 1),
        ("QtCore.QTimer(self, interval=0)", 1),
        ("QTimer(self, singleShot=True)", 0),
        ("QTimer(\n    self,\n    # At once.\n    interval=0,\n)", 1),
        ("index = QTimer(self)", 0),
    ],
)
def test_such_a_call_is_found(source: str, n_found: int) -> None:
    assert len(keywords_with_i(source)) == n_found
