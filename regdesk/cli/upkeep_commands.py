"""The commands ``info`` and ``reset``: what is installed, kept and compiled here, and how that is cleared."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass

from regdesk.cli.argument_options import add_json, make_parser
from regdesk.cli.command_parts import BAD_INPUT, DONE, FAILED, DrawPanels, json_text, write_result
from regdesk.core.words.safe_text import safe_line
from regdesk.system.terminal import write_aside, write_error
from regdesk.upkeep.info import info_record, info_text
from regdesk.upkeep.places import places
from regdesk.upkeep.reset import Findings, findings, remove, running_instances

NOTHING = "Nothing is kept on this computer."
NOBODY_TO_ASK = "reset asks before it removes anything, and nobody can be asked here; give --yes to do without."
IS_RUNNING = "regdesk is running ({processes}): close its windows first. Nothing was removed."


@dataclass(frozen=True)
class InfoArguments:
    """``regdesk info``."""

    as_json: bool


@dataclass(frozen=True)
class ResetArguments:
    """``regdesk reset``; ``is_agreed``: nobody need be asked."""

    is_agreed: bool


def parse_info_arguments(argv: Sequence[str]) -> InfoArguments:
    """The arguments after ``info``. Raises SystemExit: 2, having said why, or 0 after ``--help``."""
    description = "Versions, processor, folders with their sizes, and which parts of the engine are compiled."
    parser = make_parser("regdesk info", description)
    add_json(parser)
    return InfoArguments(parser.parse(argv).json)


def parse_reset_arguments(argv: Sequence[str]) -> ResetArguments:
    """The arguments after ``reset``. Raises SystemExit as ``parse_info_arguments``."""
    description = (
        "Remove what regdesk keeps on this computer: preferences, compiled engine, unsaved work, crash logs.\n"
        "It lists them and asks. Your own files stay: data, models, sessions, results, tables that you have pasted."
    )
    parser = make_parser("regdesk reset", description)
    parser.add_argument("--yes", action="store_true", help="remove them without asking")
    return ResetArguments(parser.parse(argv).yes)


def run_info(argv: list[str], _: DrawPanels | None) -> int:
    """Say what is to be known."""
    arguments = parse_info_arguments(argv)
    record = info_record(places())
    write_result(json_text(record) if arguments.as_json else info_text(record))
    return DONE


def run_reset(argv: list[str], _: DrawPanels | None) -> int:
    """List what is kept, ask, and remove it."""
    arguments, where = parse_reset_arguments(argv), places()
    running = running_instances(where)
    if running:
        numbers = ", ".join(map(str, running))
        write_error(IS_RUNNING.format(processes=f"process {numbers}" if len(running) == 1 else f"processes {numbers}"))
        return FAILED
    found = findings(where)
    if not found.kept:
        write_result("\n".join([NOTHING, *map(safe_line, found.left)]))
        return DONE
    write_result("\n".join(map(safe_line, _listing(found))))
    if not arguments.is_agreed:
        if not (sys.stdin is not None and sys.stdin.isatty()):
            write_error(NOBODY_TO_ASK)
            return BAD_INPUT
        if not _agrees():
            write_result("Nothing was removed.")
            return DONE
    problems = remove(where, found)
    for problem in problems:
        write_error(problem)
    write_result("Removed." if not problems else "Removed, but for what is named above.")
    return FAILED if problems else DONE


def _listing(found: Findings) -> list[str]:
    return ["regdesk keeps on this computer:", *(f"  {one.words}" for one in found.kept), *found.left]


def _agrees() -> bool:
    """Whether a person types yes."""
    write_aside("Remove all of it? Type yes, then Enter:")
    return sys.stdin.readline().strip().lower() in ("y", "yes")
