"""What is to be known of a program on a machine: a record for JSON, and its lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from regdesk.compiling.engine_state import engine_state
from regdesk.core.words.safe_text import safe_line
from regdesk.upkeep.machine import processor, system, versions_of_extras, versions_of_parts
from regdesk.upkeep.places import Places
from regdesk.upkeep.sizes import size_of, size_text

NOTHING_KEPT = "not kept (REGDESK_SETTINGS is empty, or regdesk was started with --safe)"


def info_record(places: Places, qt_version: str | None = None, screens: list[str] | None = None) -> dict[str, Any]:
    """``versions``, ``extras``, ``system``, ``processor``, ``folders`` with their sizes, and state of the ``engine``.

    ``qt_version`` and ``screens`` are known to who has loaded Qt; without it the version is that of its package.
    """
    kept: dict[str, Path | None] = {
        "preferences": places.preferences,
        "cache": places.cache,
        "recovery": places.recovery,
        "crash_logs": places.crashes,
        "pasted": places.pasted,
    }
    record = {
        "versions": versions_of_parts(qt_version),
        "extras": versions_of_extras(),
        "system": system(),
        "processor": processor(),
        "folders": {name: _kept_record(path) for name, path in kept.items()},
        "engine": engine_state(),
    }
    return record if screens is None else record | {"screens": screens}


def _kept_record(path: Path | None) -> dict[str, Any]:
    """``path`` (null where nothing is kept), ``exists``, ``n_files`` and ``n_bytes``."""
    if path is None:
        return {"path": None, "exists": False, "n_files": 0, "n_bytes": 0}
    n_files, n_bytes = size_of(path)
    return {"path": str(path), "exists": n_files > 0 or path.exists(), "n_files": n_files, "n_bytes": n_bytes}


def info_text(record: Mapping[str, Any]) -> str:
    """``record`` as lines, safe to show."""
    return "\n".join(map(safe_line, _lines(record)))


def _lines(record: Mapping[str, Any]) -> Iterator[str]:
    yield "Versions"
    for name, version in record["versions"].items():
        yield f"  {name} {version or 'not found'}"
    there = [f"{name} {version}" for name, version in record["extras"].items() if version]
    missing = [name for name, version in record["extras"].items() if not version]
    yield f"  extras: {', '.join(there) or 'none'}"
    yield f"  extras not installed: {', '.join(missing) or 'none'}"
    yield "Machine"
    about, cpu = record["system"], record["processor"]
    name = cpu["name"] or "unknown processor"
    yield f"  {about['platform']}"
    yield f"  {name} ({cpu['kind']}), {cpu['cores']} of {cpu['cores_of_the_machine']} cores"
    yield f"  features: {', '.join(cpu['features']) or 'none that matter'}"
    for screen in record.get("screens", ()):
        yield f"  screen: {screen}"
    yield "What is kept"
    for name, kept in record["folders"].items():
        yield f"  {name.replace('_', ' ')}: {_kept_text(kept)}"
    engine = record["engine"]
    yield f"Engine ({'a temporary folder' if engine['is_temporary'] else 'kept'}: {engine['folder']})"
    for part, is_there in engine["parts"].items():
        yield f"  {part}: {'compiled' if is_there else 'not compiled yet'}"


def _kept_text(kept: Mapping[str, Any]) -> str:
    if kept["path"] is None:
        return NOTHING_KEPT
    if not kept["exists"]:
        return f"{kept['path']} (nothing yet)"
    files = "1 file" if kept["n_files"] == 1 else f"{kept['n_files']:,} files"
    return f"{kept['path']} ({files}, {size_text(kept['n_bytes'])})"
