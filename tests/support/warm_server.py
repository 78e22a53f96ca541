"""A process that has imported the program and loaded its engine, and forks a child for each that is asked for.

``warm_processes`` starts it and says over a socket what each child is to do. What a child runs, it runs as if Python
had just been started with those arguments: at the top level of this file, so that an interpreter ends with it as ever.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import selectors
import signal
import socket
import sys
from dataclasses import dataclass
from typing import Any

MOST_BYTES = 200_000
"""Of a request: its arguments and environment."""
N_FILES = 4
"""Files that come with a request: standard input, output and error, and where the exit status goes."""
MODULES = (
    "regdesk.app", "regdesk.start", "regdesk.cli.headless", "regdesk.cli.training_commands", "regdesk.desktop.program",
    "regdesk.views.docks.panel_docks", "PySide6.QtSvg", "PySide6.QtTest",
    "pyqtgraph",
)  # fmt: skip
"""With all that these import."""


@dataclass(frozen=True)
class Request:
    """What a child is to do: Python's arguments, where, and with which environment."""

    arguments: list[str]
    folder: str
    environment: dict[str, str]
    is_session: bool
    collects_at_end: bool


def prepare() -> None:
    """Import what every child would, and load the compiled code. No thread may run when a child is forked."""
    from regdesk.compiling import engine_cache

    engine_cache.prepare_cache_folder()
    for part in engine_cache.PARTS:
        engine_cache.fill(part)
    for name in MODULES:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()


def next_request(asked: socket.socket) -> Request:
    """Serve until there is a child to be; returns in that child alone. The process itself ends with its socket."""
    waiting = selectors.DefaultSelector()
    waiting.register(asked, selectors.EVENT_READ)
    while True:
        for key, _ in waiting.select():
            if key.data is not None:
                # A child has ended.
                waiting.unregister(key.fileobj)
                os.close(key.fd)
                pid, status = key.data
                os.write(status, json.dumps(os.waitpid(pid, 0)[1]).encode())
                os.close(status)
                continue
            content, files, _, _ = socket.recv_fds(asked, MOST_BYTES, N_FILES)
            if not content:
                os._exit(0)
            pid = os.fork()
            if not pid:
                waiting.close()
                asked.close()
                for number, file in enumerate(files[:3]):
                    os.dup2(file, number)
                for file in files:
                    os.close(file)
                return Request(**json.loads(content))
            for file in files[:3]:
                os.close(file)
            os.write(files[3], json.dumps(pid).encode())
            waiting.register(os.pidfd_open(pid), selectors.EVENT_READ, (pid, files[3]))


def open_streams() -> None:
    """Those of the server know whether its own could be sought in."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        old = getattr(sys, name)
        how = {"encoding": old.encoding, "errors": old.errors, "closefd": False}
        new = os.fdopen(number, "w" if number else "r", **how)
        if number:
            new.reconfigure(line_buffering=number == 2 or new.isatty(), write_through="PYTHONUNBUFFERED" in os.environ)
        setattr(sys, name, new)
        setattr(sys, f"__{name}__", new)


def become(request: Request) -> tuple[Any, ...]:
    """Take on what the request says; returns what is to be run: "-c" and code, "-m" and a name, or a file."""
    if request.is_session:
        os.setsid()
    os.chdir(request.folder)
    os.environ.clear()
    os.environ.update(request.environment)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    open_streams()
    arguments = list(request.arguments)
    while arguments[0] == "-W":
        import warnings

        warnings.simplefilter(arguments[1])
        del arguments[:2]
    if request.collects_at_end:
        gc.unfreeze()
    else:
        # Python's last collections looked at all that was here before: 0.5 s of processor time in each child.
        atexit.register(gc.freeze)
    kind = arguments.pop(0) if arguments[0] in ("-c", "-m") else "file"
    sys.argv = ["-c" if kind == "-c" else arguments[0], *arguments[1:]]
    # Of a file in the present folder this is "", as Python itself has it, where Path would say ".".
    sys.path.insert(0, {"-c": "", "-m": request.folder}.get(kind, os.path.dirname(arguments[0])))  # noqa: PTH120
    return kind, arguments[0]


if __name__ == "__main__":
    del sys.path[0]
    prepare()
    _kind, _what = become(next_request(socket.socket(fileno=int(sys.argv[1]))))
    if _kind == "-c":
        # Nor is there a file, which a child of multiprocessing would run.
        for _name in [_name for _name in globals() if _name in ("__file__", "__cached__") or not _name.startswith("_")]:
            del globals()[_name]
        exec(compile(_what, "<string>", "exec"))
    else:
        import runpy

        if _kind == "-m":
            runpy.run_module(_what, run_name="__main__", alter_sys=True)
        else:
            runpy.run_path(_what, run_name="__main__")
