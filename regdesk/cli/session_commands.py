"""The command ``replay``, and what ``show`` says of a session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regdesk.cli.command_parts import DONE, FAILED, DrawPanels, json_text, write_result
from regdesk.cli.model_arguments import parse_replay_arguments
from regdesk.cli.report_parts import as_lines
from regdesk.core.words.number_text import number_text
from regdesk.data.errors import listing
from regdesk.system.terminal import ProgressBar
from regdesk.tasks.draining import Drain

if TYPE_CHECKING:
    from pathlib import Path

    from regdesk.tasks.sessions.replaying import Replay

_MOST_ACTS = 20
COMPILING = "Compiling the training engine (first time only, about 20 s) …"


def run_replay(argv: list[str], _: DrawPanels | None) -> int:
    """Train the run of a session again; the status says whether it comes to the same weights. Raises DataError."""
    from regdesk.tasks.sessions.replaying import replay

    arguments = parse_replay_arguments(argv)
    bar = ProgressBar("replaying")
    steps = Drain(replay(arguments.session, lambda: bar.message(COMPILING)))
    try:
        for done, most in steps:
            bar.show(done / max(most, 1), f"step {done} of {most}")
    finally:
        steps.close()
        bar.clear()
    found = steps.value
    if arguments.as_json:
        write_result(json_text({"file": str(arguments.session), **found.record()}))
    else:
        write_result(replay_report(arguments.session.name, found))
    return DONE if found.is_equal else FAILED


def session_of(path: Path) -> dict[str, Any] | None:
    """What is in a session beside its model; None of what is no session. Raises DataError."""
    from regdesk.data.sessions.session_file import is_session_file, read_session
    from regdesk.tasks.sessions.session_record import session_record

    return session_record(read_session(path)) if is_session_file(path) else None


def replay_report(name: str, found: Replay) -> str:
    """What came of it; ``name`` is that of the file."""
    before = listing([str(one) for one in found.runs[:-1]], 5)
    run = f"run {found.run}, which goes on from {before}," if before else f"run {found.run}"
    what = f"{found.steps:,} steps and {found.n_acts:,} acts"
    if found.is_equal:
        return as_lines(
            [f"{name}: {run} comes to the same weights again, to the last bit.", f"  {what}, {found.digest}"]
        )
    if found.problem:
        return as_lines([f"{name}: {run} was not replayed. {found.problem}"])
    lines = [
        f"{name}: {run} does not come to the same weights.",
        f"  {what}; the session has {found.digest},",
        f"  and its data and its timeline come to {found.found}.",
    ]
    if found.last_equal is not None:
        lines.append(f"  Up to step {found.last_equal:,} the losses are the same.")
    for one in found.departures:
        lines.append(
            f"  Step {one.step:,}: training loss {number_text(one.seen[0])} in the session, "
            f"{number_text(one.found[0])} again (apart by {abs(one.seen[0] - one.found[0]):.2e})."
        )
    return as_lines(lines)


def session_report(record: dict[str, Any]) -> str:
    """``record`` of ``session_record``, on about a page."""
    data, run = record["data"], record["run"]
    place = data["file"] or f"the sample {data['sample']}"
    embedded = f", {listing(list(data['embedded']), 5)} in the session" if data["embedded"] else ", not in the session"
    acts = ", ".join(f"{count:,} {kind}" for kind, count in record["acts"].items())
    lines = [
        f"  The session: run {run['number']}, {run['step']:,} steps, {run['history_rows']:,} rows of history.",
        f"  Data: {place}, sha256 {data['digest'][:12]}…{embedded}.",
    ]
    if data["changed_cells"]:
        lines.append(f"  {data['changed_cells']:,} cells are others than in the file.")
    lines.append(f"  Timeline of {record['seconds']:.0f} s: {acts or 'nothing yet'}.")
    for act in record["timeline"][-_MOST_ACTS:]:
        lines.append(f"    step {act['step']:>8,} of run {act['run']}: {act['kind']}, {act['words'] or '—'}")
    for branch in record["branches"]:
        lines.append(f"  A branch: run {branch['number']}, {branch['step']:,} steps.")
    sweep = record["sweep"]
    if sweep is not None:
        state = "" if sweep["is_done"] else ", not to the end"
        lines.append(f"  A sweep of {sweep['n_lambdas']} λ, {sweep['n_folds']} folds{state}.")
    return as_lines(lines)
