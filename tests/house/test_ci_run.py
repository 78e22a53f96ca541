"""The whole suite as a command: the same by hand and by ``.ci/run``, its engine compiled once, nothing by the clock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace

import conftest
import pytest
from hypothesis import settings

from regdesk.compiling import child, engine_cache

ROOT = Path(__file__).resolve().parents[2]


def test_ci_runs_the_readmes_second_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    command = next(line for line in readme.splitlines() if "pytest" in line)
    assert "passes the tests" in readme or "pass the tests" in readme
    parts = command.split(" && ")
    assert len(parts) == 3
    # There pip is quiet; ruff and mypy begin before the tests and are waited for after them.
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8").replace("pip install -q", "pip install")
    places = [script.index(part) for part in [*parts[:2], "check >", parts[2], "wait $checks"]]
    assert places == sorted(places)


class FakeChild:
    """It has heard of every part, and then says that it has ended."""

    def __init__(self, parts: Sequence[str]) -> None:
        self.parts, self.has_ended = list(parts), False

    def listen(self, on_part: Callable[[str], None], on_end: Callable[[int], None]) -> None:
        for part in self.parts:
            on_part(part)
        self.has_ended = True
        on_end(0)


@pytest.mark.parametrize(
    ("n_workers", "is_listing", "filled", "parts"),
    [
        (2, False, (), engine_cache.PARTS),
        (2, False, ("float32", "paths"), ("float64", "class_paths", "planes", "networks")),
        (2, False, engine_cache.PARTS, None),
        (2, True, (), None),
        (None, False, (), None),
    ],
)
def test_what_is_missing_is_compiled_before_the_workers_begin(
    n_workers: int | None, is_listing: bool, filled: Sequence[str], parts: Sequence[str] | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    begun: list[FakeChild] = []

    def begin(missing: Sequence[str]) -> list[FakeChild]:
        begun.extend(FakeChild(missing) for _ in range(2))
        return begun

    monkeypatch.setattr(child, "begin", begin)
    monkeypatch.setattr(engine_cache, "is_filled", lambda part: part in filled)
    options = SimpleNamespace(numprocesses=n_workers, collectonly=is_listing)
    conftest.pytest_configure(SimpleNamespace(option=options))
    assert [one.parts for one in begun] == ([] if parts is None else 2 * [list(parts)])
    assert all(one.has_ended for one in begun)


def test_no_example_has_a_limit_of_time() -> None:
    assert settings().deadline is None
