"""Values that many units share, on their way to where these are done: sent once, read once a process."""

from __future__ import annotations

import pickle
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from regdesk import __version__
from regdesk.compiling import engine_cache
from regdesk.core.stopping import Stop


@dataclass(frozen=True)
class SharedKey:
    """Stands for the ``number``-th shared value of the crew ``token`` among the arguments of a unit."""

    token: str
    number: int


@dataclass(frozen=True)
class SharedValue:
    """A value as bytes: what is in it may need the engine's code, which must find its cache chosen."""

    key: SharedKey
    content: bytes

    @classmethod
    def of(cls, token: str, number: int, value: Any) -> SharedValue:
        return cls(SharedKey(token, number), pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL))


def new_token() -> str:
    """The name of a crew, unlike that of any other."""
    return secrets.token_hex(8)


_known: dict[SharedKey, Any] = {}
_ready: set[str] = set()
_lock = threading.Lock()


def opened(shared: SharedValue) -> Any:
    """The value, read from its bytes the first time; those of other crews are forgotten then."""
    with _lock:
        if shared.key not in _known:
            for key in [key for key in _known if key.token != shared.key.token]:
                del _known[key]
            _known[shared.key] = pickle.loads(shared.content)
        return _known[shared.key]


def make_ready(parts: tuple[str, ...]) -> None:
    """Load what of the engine is needed, once a process; where it is missing one process of a machine compiles it."""
    with _lock:
        engine_cache.prepare_cache_folder()
        for part in parts:
            if part not in _ready:
                engine_cache.fill(part)
                _ready.add(part)


def do_unit(parts: tuple[str, ...], unit: Callable[..., Any], *arguments: Any) -> Any:
    """``unit`` in another process, with the values that its arguments stand for. Nobody can stop it there."""
    make_ready(parts)
    return unit(*(opened(one) if isinstance(one, SharedValue) else one for one in arguments), Stop())


def version_here() -> str:
    """Of regdesk, in the process that is asked."""
    return __version__
