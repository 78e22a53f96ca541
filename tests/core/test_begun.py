"""A unit that is begun while something else is done: given up where that fails, and nobody's where it does not."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from regdesk.core.stopping import Stop
from regdesk.core.training.cores import Cores
from regdesk.core.units import CallingThread, begun


def wait_until_stopped(begins, stop):
    begins.set()
    while not stop.is_requested:
        threading.Event().wait(0.001)
    return "given up"


def test_a_unit_is_given_up_and_waited_for_where_what_goes_on_beside_it_fails():
    stop, begins, found = Stop(), threading.Event(), []

    def fail_beside_it(crew):
        with begun(crew, wait_until_stopped, begins, stop=stop) as soon:
            found.append(soon)
            assert begins.wait(10.0)
            raise ZeroDivisionError

    with ThreadPoolExecutor(1) as executor:
        with pytest.raises(ZeroDivisionError):
            fail_beside_it(Cores(executor, 1))
        assert found[0].done()
    assert found[0].result() == "given up"


def test_a_unit_that_nobody_disturbs_is_not_stopped():
    stop = Stop()
    with begun(CallingThread(), lambda number, stop: number + 1, 2, stop=stop) as soon:
        pass
    assert soon.result() == 3
    assert not stop.is_requested
