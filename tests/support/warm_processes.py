"""Processes of Python that have imported the program already: what a test asks of a process, for a quarter of the time.

A child is forked from a server that has loaded the program and its compiled code. It is a process as any other: with
its own streams, environment and signals, and an end of its own. What a start itself does (imports, the first signal,
an empty cache) is seen only in one that ``subprocess`` starts.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import socket
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from subprocess import Popen
from typing import Any

SERVER = Path(__file__).with_name("warm_server.py")
IS_POSSIBLE = sys.platform == "linux" and (3, 11) <= sys.version_info < (3, 14)
"""Of other Pythons nobody knows what their ``Popen`` hands on; there every process begins cold."""
SERVERS: set[int] = set()
"""The system's number of the server, which no test has left behind."""


class _Server:
    def __init__(self) -> None:
        self.socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = Popen(
                [sys.executable, str(SERVER), str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
            )
        SERVERS.add(self._process.pid)
        atexit.register(self.end)

    def end(self) -> None:
        self.socket.close()
        self._process.wait()


@cache
def server() -> _Server | None:
    """The one of this process, begun now if it has not been; None where processes cannot be forked like that."""
    return _Server() if IS_POSSIBLE else None


class WarmPopen(Popen[str]):
    """As ``subprocess.Popen([sys.executable, *arguments])``, forked from the server; a command that begins with this
    Python may have it said.

    What is garbage at its end Python collects only where ``collects_at_end``: for a test of how a process ends.
    """

    def __init__(self, arguments: Sequence[str], *more: Any, collects_at_end: bool = False, **options: Any) -> None:
        self._status: int | None = None
        self._collects_at_end = collects_at_end
        self._answers: socket.socket | None = None
        command = arguments if arguments[0] == sys.executable else [sys.executable, *arguments]
        super().__init__(command, *more, **{"text": True, "encoding": "utf-8"} | options)

    def _execute_child(self, args: Any, *others: Any) -> None:
        asked = server()
        if asked is None:
            super()._execute_child(args, *others)
            return
        (_, _, _, _, cwd, env, _, _, _) = others[:9]
        read, write, out_read, out_write, error_read, error_write = others[9:15]
        request = {
            "arguments": list(args[1:]), "folder": str(cwd or Path.cwd()),
            "environment": dict(os.environ if env is None else env), "is_session": bool(others[20]),
            "collects_at_end": self._collects_at_end,
        }  # fmt: skip
        self._answers, theirs = socket.socketpair()
        files = [own if own != -1 else number for number, own in enumerate((read, out_write, error_write))]
        with theirs:
            socket.send_fds(asked.socket, [json.dumps(request).encode()], [*files, theirs.fileno()])
        self.pid = json.loads(self._answers.recv(100))
        self._child_created = True
        self._close_pipe_fds(read, write, out_read, out_write, error_read, error_write)

    def _try_wait(self, wait_flags: int) -> tuple[int, int]:
        if self._answers is None:
            found: tuple[int, int] = super()._try_wait(wait_flags)
            return found
        if wait_flags & os.WNOHANG and not select.select([self._answers], [], [], 0)[0]:
            return 0, 0
        status = json.loads(self._answers.recv(100))
        self._answers.close()
        return self.pid, status

    def _internal_poll(self, *_: Any, **__: Any) -> int | None:
        if self.returncode is None:
            pid, status = self._try_wait(os.WNOHANG)
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode


def warm_run(*arguments: str, timeout_s: float = 600, **options: Any) -> subprocess.CompletedProcess[str]:
    """As ``subprocess.run([sys.executable, *arguments], …)`` with its words captured as text."""
    options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
    with WarmPopen(arguments, **options) as process:
        try:
            out, errors = process.communicate(timeout=timeout_s)
        except BaseException:
            process.kill()
            raise
        return subprocess.CompletedProcess(process.args, process.returncode, out, errors)
