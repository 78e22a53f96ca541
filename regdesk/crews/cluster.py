"""A Dask cluster that does units; distributed is imported only where somebody asks for one."""

from __future__ import annotations

import importlib
import logging
from collections.abc import Callable, Collection
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from regdesk import __version__
from regdesk.core.stopping import Stop, Stopped
from regdesk.crews.choice import CrewLost
from regdesk.crews.shared import SharedKey, SharedValue, do_unit, new_token, version_here

ANSWER_S = 10.0
"""How long a scheduler has to answer."""
CLOSE_S = 0.5
MOST_TRIES = 5
"""Of a unit whose shared value is lost before it could begin."""
_log = logging.getLogger("regdesk.sweep")


class ClusterCrew:
    """The workers of a scheduler. A ``Crew``; close it at the end.

    The scheduler gives a unit whose worker is lost to another one, and what was lost of the shared values with it is
    sent again.
    """

    def __init__(self, address: str, parts: tuple[str, ...]) -> None:
        """Raises CrewLost where nobody answers at ``address``, or with a regdesk of another version."""
        try:
            distributed = importlib.import_module("distributed")
        except ImportError as error:
            raise CrewLost(
                f"a cluster needs the package distributed: pip install 'regdesk[cluster]' ({error})."
            ) from error
        if address.startswith(("tls:", "wss:")) and distributed.Security().tls_ca_file is None:
            # A client without certificates fails when it is begun, and again when Python drops it, with a traceback.
            raise CrewLost(f"{address} needs certificates: name them in Dask's configuration (distributed.comm.tls).")
        try:
            self._client = distributed.Client(address, timeout=ANSWER_S, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            raise CrewLost(f"no Dask scheduler answers at {address} ({error}).") from error
        self._parts, self._token, self._is_over = parts, new_token(), False
        self._values: list[SharedValue] = []
        self._scattered: list[Any] = []
        self._mending = ThreadPoolExecutor(1)
        try:
            self.n_workers = self._count(address)
        except CrewLost:
            self.close()
            raise
        self._executor = self._client.get_executor(pure=False)
        _log.info("The cluster at %s has %d threads of workers.", address, self.n_workers)

    def _count(self, address: str) -> int:
        n_workers = int(sum(self._client.nthreads().values()))
        if not n_workers:
            raise CrewLost(f"the cluster at {address} has no workers.")
        try:
            others = set(self._client.run(version_here).values()) - {__version__}
        except Exception as error:
            raise CrewLost(f"a worker of the cluster at {address} cannot load regdesk ({error}).") from error
        if others:
            listed = ", ".join(sorted(map(str, others)))
            raise CrewLost(f"workers of the cluster at {address} have regdesk {listed}, and this is {__version__}.")
        return n_workers

    def share(self, value: Any) -> SharedKey:
        shared = SharedValue.of(self._token, len(self._values), value)
        self._values.append(shared)
        self._scattered.append(self._scatter(shared))
        return shared.key

    def _scatter(self, shared: SharedValue) -> Any:
        return self._client.scatter(shared, broadcast=True, hash=False)

    def submit(self, unit: Callable[..., Any], *arguments: Any, stop: Stop) -> Future[Any]:
        outer = _ClusterFuture()
        outer.set_running_or_notify_cancel()
        self._send(outer, unit, arguments, 1)
        return outer

    def _send(self, outer: _ClusterFuture, unit: Callable[..., Any], arguments: tuple[Any, ...], n_tries: int) -> None:
        """``unit`` for the ``n_tries``-th time."""
        sent = [self._scattered[one.number] if isinstance(one, SharedKey) else one for one in arguments]
        inner = outer.inner = self._executor.submit(do_unit, self._parts, unit, *sent)

        def answer(done: Future[Any]) -> None:
            if done.cancelled():
                if self._is_over:
                    outer.set_exception(Stopped())
                elif n_tries < MOST_TRIES:
                    # Not here, in the thread that the cluster answers in.
                    self._mending.submit(self._send_again, outer, unit, arguments, n_tries + 1)
                else:
                    outer.set_exception(CrewLost("the cluster has lost the data again and again."))
                return
            error = done.exception()
            if error is None:
                outer.set_result(done.result())
            elif type(error).__module__.partition(".")[0] == "distributed":
                outer.set_exception(CrewLost(f"the cluster has given up: {type(error).__name__}: {error}"))
            else:
                outer.set_exception(error)

        inner.add_done_callback(answer)

    def _send_again(
        self, outer: _ClusterFuture, unit: Callable[..., Any], arguments: tuple[Any, ...], n_tries: int
    ) -> None:
        """With the shared values that were lost with the workers which had them: schedulers thin out copies."""
        try:
            for one in arguments:
                if isinstance(one, SharedKey) and self._scattered[one.number].status != "finished":
                    _log.info("The cluster has lost a shared value, which is sent again.")
                    self._scattered[one.number] = self._scatter(self._values[one.number])
            self._send(outer, unit, arguments, n_tries)
        except Exception as error:
            outer.set_exception(Stopped() if self._is_over else CrewLost(f"the cluster has lost the data ({error})."))

    def give_up(self, futures: Collection[Future[Any]], stop: Stop) -> None:
        """Workers finish the units that they are at; nobody hears of the results."""
        stop.request()
        self._is_over = True
        for future in futures:
            assert isinstance(future, _ClusterFuture)
            future.inner.cancel()

    def close(self) -> None:
        """Leave the cluster, which goes on."""
        self._is_over = True
        self._client.close(timeout=CLOSE_S)
        self._mending.shutdown()


class _ClusterFuture(Future[Any]):
    """The future of a unit, and the executor's own behind it."""

    inner: Future[Any]
