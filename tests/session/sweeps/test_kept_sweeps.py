"""What was found by a sweep under way, as a session or undo brings it back: it goes on no more."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from session_fakes import FakeSweeping, curve_at, loaded_from, write_small

from regdesk.compiling.engine_cache import PATHS
from regdesk.core.settings.configuration import Configuration
from regdesk.core.sweep.view import SweepView
from regdesk.core.types import Architecture, TrainSettings
from regdesk.session.session import Session
from regdesk.session.sweep_service import SweepService
from regdesk.views.sweep.words import sweep_sentence

LASSO = Configuration(architecture=Architecture(()), training=TrainSettings(penalty="l1"))


@pytest.mark.parametrize(("lambdas", "begins"), [([1.0, 0.1], "Cancelled after 2 of 4 λ."), ([4, 3, 2, 1], "Recomm")])
def test_a_sweep_under_way_comes_back_as_one_that_was_ended(tmp_path: Path, lambdas: list[float], begins: str) -> None:
    thread, session = FakeSweeping(), Session(LASSO)
    service = SweepService(thread, session, SimpleNamespace(now=loaded_from(write_small(tmp_path)), opened=None))
    service.set_ready(PATHS)
    service.adopt(curve_at(lambdas, 2))
    kept = service.kept
    assert kept is not None
    service.bring_back(kept)
    curve = service.curve
    assert curve is not None
    assert curve.is_done
    assert not curve.is_still_falling
    sentence = sweep_sentence(SweepView(curve, service.is_busy, service.is_waiting, service.is_stale, ""))
    assert sentence.startswith(begins)
