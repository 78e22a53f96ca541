"""Which text compiled code is made from: a change of it, or of what it imports, makes the code stale."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
_IMPORT = re.compile(r"^from (regdesk[\w.]*) import (\([^)]*\)|.*)", re.MULTILINE)


def digests_of_sources(package: Path = PACKAGE) -> dict[str, str]:
    """By the name of each module of the engine a digest of its text, and of all in ``package`` that it imports.

    numba itself looks at a function alone, not at what it calls.
    """
    texts: dict[Path, str] = {}
    imports: dict[Path, list[Path]] = {}

    def read(path: Path) -> None:
        texts[path] = path.read_text(encoding="utf-8")
        imports[path] = []
        for name, names in _IMPORT.findall(texts[path]):
            base = package.joinpath(*name.split(".")[1:])
            # What is imported from a module, or the modules that are imported from a package.
            modules = [base.with_suffix(".py"), *(base / f"{one}.py" for one in re.findall(r"\w+", names))]
            imports[path] += [module for module in modules if module in texts or module.is_file()]

    def collect(path: Path, found: set[Path]) -> None:
        found.add(path)
        if path not in texts:
            read(path)
        for module in imports[path]:
            if module not in found:
                collect(module, found)

    digests = {}
    for path in sorted((package / "core" / "engine").glob("*.py")):
        found: set[Path] = set()
        collect(path, found)
        text = "\0".join(texts[one] for one in sorted(found))
        digests[path.stem] = hashlib.sha256(text.encode()).hexdigest()
    return digests
