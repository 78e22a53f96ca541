"""A Dask cluster of two worker processes, as a program: it obeys its standard input and answers in lines of JSON.

It first says its address. ``kill`` ends a worker that is in the midst of a unit, by SIGKILL, and says which; ``counts``
says how often units have been begun, and how many different ones have ended; ``busy`` waits for a unit to be under way.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections import Counter
from typing import Any

import dask
from distributed import LocalCluster
from distributed.diagnostics.plugin import SchedulerPlugin


class Count(SchedulerPlugin):
    """Of units: values that were scattered begin nowhere."""

    def __init__(self) -> None:
        self.begun: Counter[str] = Counter()
        self.ended: set[str] = set()

    def transition(self, key: Any, start: str, finish: str, *_: Any, **__: Any) -> None:
        if finish == "processing":
            self.begun[str(key)] += 1
        if start == "processing" and finish == "memory":
            self.ended.add(str(key))


def say(**values: Any) -> None:
    sys.stdout.write(json.dumps(values) + "\n")
    sys.stdout.flush()


def busy_worker(cluster: LocalCluster) -> Any:
    while True:
        for state in list(cluster.scheduler.workers.values()):
            if state.processing:
                return state
        time.sleep(0.002)


def main() -> None:
    count = Count()
    # Its workers, three in all, are forked from a process that has imported distributed already.
    dask.config.set({"distributed.worker.multiprocessing-method": "forkserver"})
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        cluster.scheduler.add_plugin(count)
        say(address=cluster.scheduler_address)
        for line in sys.stdin:
            order = line.strip()
            if order == "kill":
                name = busy_worker(cluster).name
                number = cluster.workers[name].pid
                os.kill(number, signal.SIGKILL)
                say(killed=number)
            elif order == "busy":
                say(busy=busy_worker(cluster).name)
            else:
                # A result that a killed worker had, and that had not been fetched, is found once more.
                say(begun=sum(count.begun.values()), different=len(count.ended))


if __name__ == "__main__":
    main()
