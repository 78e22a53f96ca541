"""The program's modules, their rooms and what they import, read from the source."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "regdesk"


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


@cache
def imports_of(source: str, module: str, is_package: bool = False, with_types: bool = True) -> set[str]:
    """Every module that ``source`` imports, in full and absolute; of names that are no modules, where they are from."""
    tree = ast.parse(source)
    skipped = set() if with_types else {id(n) for top in ast.walk(tree) if is_for_types(top) for n in ast.walk(top)}
    found = set()
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
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


def all_sources() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))
