"""A generator whose code runs in a thread that Python has begun: its steps, its value, its errors, its end."""

from __future__ import annotations

import threading
from collections.abc import Generator

import pytest
from PySide6.QtCore import QThread

from regdesk.workers.python_thread import in_a_python_thread

PLACES: list[object] = []


@pytest.fixture(autouse=True)
def places() -> list[object]:
    """The threads in which the code of ``counted`` has run."""
    PLACES.clear()
    return PLACES


def counted(most: int, error: Exception | None = None) -> Generator[int, None, str]:
    try:
        for number in range(most):
            PLACES.append(threading.current_thread())
            yield number
        if error is not None:
            raise error
        return f"{most} in all"
    finally:
        PLACES.append(threading.current_thread())


def test_steps_and_value_come_through_from_one_other_thread(places: list[object]) -> None:
    found = []

    def all_of() -> Generator[int, None, None]:
        found.append((yield from in_a_python_thread(counted(3))))

    assert list(all_of()) == [0, 1, 2]
    assert found == ["3 in all"]
    (place,) = set(places)
    assert place is not threading.current_thread()
    assert isinstance(place, threading.Thread)
    assert not place.is_alive()


def test_an_error_comes_through() -> None:
    steps = in_a_python_thread(counted(1, ValueError("broken")))
    assert next(steps) == 0
    with pytest.raises(ValueError, match="broken"):
        next(steps)


def test_whoever_closes_it_has_ended_the_generator_and_the_thread(places: list[object]) -> None:
    steps = in_a_python_thread(counted(9))
    assert next(steps) == 0
    steps.close()
    assert len(places) == 2, "its end has run as well"
    assert not any(place.is_alive() for place in set(places) if isinstance(place, threading.Thread))


def test_a_thread_of_qt_is_not_among_pythons_afterwards(qapp: object) -> None:
    before = set(threading.enumerate())
    found: list[int] = []

    class Asking(QThread):
        def run(self) -> None:
            found.extend(in_a_python_thread(counted(2)))

    thread = Asking()
    thread.start()
    assert thread.wait(30_000)
    assert found == [0, 1]
    assert set(threading.enumerate()) == before
