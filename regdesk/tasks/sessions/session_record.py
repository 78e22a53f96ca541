"""What ``regdesk show`` says of a session beside its model, as JSON-able values."""

from __future__ import annotations

from collections import Counter
from typing import Any

from regdesk.core.model.network import weights_digest
from regdesk.core.settings.configuration_record import to_dict
from regdesk.data.files.model_file import SESSION_KIND
from regdesk.data.sessions.saved_session import SavedRun, SavedSession

NAMES = ("run", "settings", "weights", "choice")


def session_record(saved: SavedSession) -> dict[str, Any]:
    """All of ``saved`` but its model, and but for how the window looks."""
    source, timeline, sweep = saved.run.configuration.source, saved.timeline, saved.sweep
    acts = Counter(act.kind for act in timeline.acts)
    return {
        "format": SESSION_KIND.version,
        "data": {
            "file": source.file,
            "sample": source.sample,
            "digest": saved.data.digest,
            "embedded": {name: len(content) for name, content in saved.data.embedded.items()},
            "changed_cells": len(saved.run.configuration.data.cells),
        },
        "configuration": to_dict(saved.configuration),
        "seconds": timeline.seconds,
        "acts": {name: acts[name] for name in sorted(acts)},
        "timeline": [
            {"kind": act.kind, "run": act.run, "step": act.step, "seconds": act.seconds, "words": act.words}
            for act in timeline.acts
        ],
        "run": _run_record(saved.run),
        "branches": [_run_record(one.run) | {"left_at": one.left_at} for one in saved.branches],
        "sweep": None
        if sweep is None
        else {"n_lambdas": len(sweep.curve.lambdas), "is_done": sweep.curve.is_done, "n_folds": sweep.curve.n_folds},
        "is_frozen": saved.frozen is not None,
    }


def _run_record(run: SavedRun) -> dict[str, Any]:
    state = run.state
    return {
        "number": run.number,
        "step": 0 if state is None else state.step,
        "weights_digest": None if state is None else weights_digest(state.optimizer.parameters),
        "history_rows": len(run.history.rows),
        "has_diverged": state is not None and state.optimizer.has_diverged,
    }
