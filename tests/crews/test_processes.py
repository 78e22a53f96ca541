"""Child processes that do units: each once, again where a process is killed, and none that outlives its parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import closing
from pathlib import Path

import crew_units
import pytest

from regdesk.core.stopping import Stop, Stopped
from regdesk.core.units import results_of
from regdesk.crews.choice import CrewLost
from regdesk.crews.processes import MOST_TRIES, ProcessCrew

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")


@pytest.fixture(autouse=True)
def _units_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "tests" / "support"))


@pytest.fixture
def crew() -> Iterator[ProcessCrew]:
    with closing(ProcessCrew(2, ())) as crew:
        yield crew
    assert crew.process_numbers == []


def test_every_unit_is_done_once_and_a_shared_value_is_read_once_a_process(crew: ProcessCrew, tmp_path: Path) -> None:
    shared = crew.share(crew_units.Told(tmp_path, [1, 2, 3]))
    other = crew.share(crew_units.Told(tmp_path, [100]))
    calls = [(shared, number) for number in range(20)] + [(other, number) for number in range(4)]
    found = dict(results_of(crew, crew_units.total, calls, Stop()))
    assert sorted(found) == list(range(24))
    assert [found[number][0] for number in range(24)] == [*range(6, 26), *range(100, 104)]
    workers = {process for _, process in found.values()}
    assert workers == set(crew.process_numbers)
    assert os.getpid() not in workers
    # Two values, each once.
    assert all((tmp_path / f"read-by-{one}").read_text() in ("x", "xx") for one in workers)


def test_a_unit_whose_process_is_killed_is_done_again(crew: ProcessCrew, tmp_path: Path) -> None:
    calls = [(tmp_path, number, 1 if number in (2, 5) else 0) for number in range(8)]
    found = list(results_of(crew, crew_units.die, calls, Stop()))
    assert sorted(found) == [(number, number) for number in range(8)]
    begun = sorted(path.name for path in tmp_path.iterdir())
    assert begun == ["0-0", "1-0", "2-0", "2-1", "3-0", "4-0", "5-0", "5-1", "6-0", "7-0"]


def test_a_unit_that_kills_every_process_is_given_up_with_a_sentence(crew: ProcessCrew, tmp_path: Path) -> None:
    with pytest.raises(CrewLost, match="too little memory"):
        list(results_of(crew, crew_units.die, [(tmp_path, 0, 99)], Stop()))
    assert len(list(tmp_path.iterdir())) == MOST_TRIES


def test_a_unit_that_fails_says_so_and_the_process_goes_on(crew: ProcessCrew, tmp_path: Path) -> None:
    stop = Stop()
    with pytest.raises(ValueError, match="out of its depth"):
        crew.submit(crew_units.fail, "out of its depth", stop=stop).result()
    with pytest.raises(RuntimeError, match="UnreadableError: hard to read"):
        crew.submit(crew_units.fail_strangely, "hard to read", stop=stop).result()
    # A function of no module cannot be sent.
    with pytest.raises(Exception, match="pickle"):
        crew.submit(lambda stop: None, stop=stop).result()
    assert crew.submit(crew_units.die, tmp_path, 7, 0, stop=stop).result() == 7


def until_all_wait(folder: Path, count: int) -> list[int]:
    while len(found := list(folder.iterdir())) < count:
        time.sleep(0.01)
    return [int(path.name) for path in found]


def test_what_is_given_up_ends_in_the_midst_of_its_units(tmp_path: Path) -> None:
    crew, stop = ProcessCrew(2, ()), Stop()
    futures = [crew.submit(crew_units.wait_for_ever, tmp_path, number, stop=stop) for number in range(5)]
    processes = until_all_wait(tmp_path, 2)
    assert sorted(processes) == sorted(crew.process_numbers)
    crew.give_up(futures, stop)
    assert stop.is_requested
    assert not any(crew_units.is_alive(one) for one in processes)
    ends = set()
    for future in futures:
        with pytest.raises((Stopped, CancelledError)) as raised:
            future.result(0)
        ends.add(raised.type)
    assert ends == {Stopped, CancelledError}
    crew.close()


def test_a_stop_ends_the_wait_for_units_that_would_take_for_ever(tmp_path: Path) -> None:
    crew, stop = ProcessCrew(1, ()), Stop()

    def request_when_it_waits() -> None:
        until_all_wait(tmp_path, 1)
        stop.request()

    watch = threading.Thread(target=request_when_it_waits)
    watch.start()
    with pytest.raises(Stopped):
        next(results_of(crew, crew_units.wait_for_ever, [(tmp_path, 0)], stop))
    watch.join()
    (process,) = until_all_wait(tmp_path, 1)
    assert not crew_units.is_alive(process)
    assert crew.process_numbers == []


PARENT = """
import sys
from pathlib import Path
import crew_units
from regdesk.core.stopping import Stop
from regdesk.crews.processes import ProcessCrew
crew = ProcessCrew(2, ())
futures = [crew.submit(crew_units.wait_for_ever, Path(sys.argv[1]), number, stop=Stop()) for number in range(2)]
futures[0].result()
"""


@pytest.mark.parametrize("number", ["SIGKILL", "SIGTERM"])
def test_children_end_with_a_parent_that_is_killed(tmp_path: Path, number: str) -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT, str(tmp_path)], cwd=ROOT)
    processes = until_all_wait(tmp_path, 2)
    assert all(crew_units.is_alive(one) for one in processes)
    parent.send_signal(getattr(signal, number))
    parent.wait()
    while any(crew_units.is_alive(one) for one in processes):
        time.sleep(0.01)
