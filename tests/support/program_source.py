"""The program's modules, their rooms and what they import, read from the source."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "regdesk"


@cache
def module_of(path: Path) -> str:
    """``regdesk.core.types`` for its path; a package's own name for its ``__init__``."""
    parts = list(path.relative_to(ROOT).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_of(path): path.name == "__init__.py" for path in PACKAGE.rglob("*.py")}
"""Every module, and whether it is a package."""


def room_of(module: str, is_package: bool = False) -> str:
    """``core/linear`` for ``regdesk.core.linear.path``; files at the top level are rooms of their own."""
    parts = module.split(".")[1:]
    return "/".join(parts if is_package or len(parts) == 1 else parts[:-1])


def is_for_types(node: ast.AST) -> bool:
    """Whether ``node`` is ``if TYPE_CHECKING:``."""
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


@dataclass(frozen=True)
class Import:
    """A statement, and whether it stands inside a function, and below ``if TYPE_CHECKING:``."""

    node: ast.Import | ast.ImportFrom
    is_late: bool
    is_for_types: bool


@dataclass(frozen=True)
class Function:
    """One with its qualified name, its lines, and its positional parameters without self."""

    name: str
    n_lines: int
    n_parameters: int


@dataclass(frozen=True)
class Reading:
    """What the house asks of a source; ``called`` are bare names and methods as ``.name``, ``texts`` all its texts."""

    imports: tuple[Import, ...]
    functions: tuple[Function, ...]
    called: frozenset[str]
    texts: frozenset[str]


def _function(node: ast.FunctionDef | ast.AsyncFunctionDef, name: str) -> Function:
    positional = [one.arg for one in (*node.args.posonlyargs, *node.args.args)]
    n_lines = (node.end_lineno or node.lineno) - node.lineno + 1
    return Function(name, n_lines, len(positional) - (positional[:1] in (["self"], ["cls"])))


@cache
def reading_of(source: str) -> Reading:
    """Parsed once for all that ask: to parse the program takes 3 s.

    Its trees are not kept, whose million nodes every collection of later tests would look at.
    """
    imports: list[Import] = []
    functions: list[Function] = []
    called: set[str] = set()
    texts: set[str] = set()
    waiting: list[tuple[ast.AST, str, bool, bool]] = [(ast.parse(source), "", False, False)]
    while waiting:
        node, within, is_late, is_typed = waiting.pop()
        if isinstance(node, ast.Import | ast.ImportFrom):
            imports.append(Import(node, is_late, is_typed))
            continue
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            within = f"{within}.{node.name}".lstrip(".")
            if not isinstance(node, ast.ClassDef):
                functions.append(_function(node, within))
                is_late = True
        elif isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                called.add(node.func.id)
            elif isinstance(node.func, ast.Attribute):
                called.add(f".{node.func.attr}")
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            texts.add(node.value)
        is_typed = is_typed or is_for_types(node)
        waiting += [(child, within, is_late, is_typed) for child in ast.iter_child_nodes(node)]
    return Reading(tuple(imports), tuple(functions), frozenset(called), frozenset(texts))


@cache
def imports_of(
    source: str, module: str, is_package: bool = False, with_types: bool = True, only_late: bool = False
) -> set[str]:
    """Every module that ``source`` imports, in full and absolute; of names that are no modules, where they are from.

    Without those below ``if TYPE_CHECKING:`` unless ``with_types``; ``only_late`` are those inside a function.
    """
    found = set()
    for one in reading_of(source).imports:
        node = one.node
        if (one.is_for_types and not with_types) or (only_late and not one.is_late):
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        else:
            base = node.module or ""
            if node.level:
                parts = module.split(".") if is_package else module.split(".")[:-1]
                parts = parts[: len(parts) - node.level + 1]
                base = ".".join([*parts, base] if base else parts)
            for alias in node.names:
                full = f"{base}.{alias.name}"
                is_module = full in MODULES or base == "PySide6" or (base == "regdesk" and alias.name != "__version__")
                found.add(full if is_module else base)
    return found


@cache
def all_sources() -> tuple[Path, ...]:
    return tuple(sorted(PACKAGE.rglob("*.py")))
