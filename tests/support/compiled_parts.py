"""The engine's parts, which only compiled code calls, for Python to call."""

from __future__ import annotations

from typing import Any

from regdesk.core.engine.stored import njit


def whole_of(part: Any) -> Any:
    """The same function, compiled as a whole."""
    names = ("nogil", "error_model", "fastmath")
    return njit(cache=True, **{name: part.targetoptions[name] for name in names if name in part.targetoptions})(
        part.py_func
    )
