"""The options of the command line, by group, and the parser that refuses a wrong one in a single sentence."""

from __future__ import annotations

import re
from argparse import SUPPRESS, ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from typing import NoReturn

from regdesk import __version__
from regdesk.cli import argument_types as types
from regdesk.cli.setting_options import add_setting
from regdesk.core.settings.settings_table import DATA, ENDING, MODEL, SWEEP
from regdesk.system.terminal import flush_output, write_error, write_output


def say_and_leave(sentence: str) -> NoReturn:
    """What a command does with arguments that cannot be: a sentence on standard error, and status 2."""
    write_error(sentence)
    raise SystemExit(2)


class OneSentenceParser(ArgumentParser):
    """Says what is wrong in one sentence instead of a page of usage.

    ``refuse`` is what becomes of the sentence; it has to raise.
    """

    refuse: Callable[[str], NoReturn] = staticmethod(say_and_leave)

    def parse(self, argv: Sequence[str]) -> Namespace:
        """What ``argv`` says. Raises SystemExit: 2, having said why, or 0 after ``--help`` or ``--version``.

        Raises OutputLost where these cannot be written.
        """
        found, extra = self.parse_known_args(list(argv))
        if extra:
            name = extra[0].partition("=")[0]
            close = get_close_matches(name, list(self._option_string_actions), n=1) if name.startswith("-") else []
            what = "option" if name.startswith("-") else "argument"
            remedy = f"did you mean {close[0]}?" if close else f"'{self.prog} --help' lists what there is"
            self.error(f"there is no {what} {name} here; {remedy}")
        return found

    def _print_message(self, message: str, file: object = None) -> None:
        # The help and the version; argparse itself would lose them without a word where they cannot be written.
        write_output(message.rstrip("\n"))
        flush_output()

    def error(self, message: str) -> NoReturn:
        sentence = re.sub(r"^argument (\S+?)(?:/\S+)?: ", r"\1: ", message)
        self.refuse(sentence if sentence.endswith(("?", ".")) else sentence + ".")


def make_parser(prog: str, description: str, refuse: Callable[[str], NoReturn] = say_and_leave) -> OneSentenceParser:
    # Abbreviations would change their meaning with every option that is added.
    parser = OneSentenceParser(
        prog=prog,
        description=description,
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
        argument_default=None,
        add_help=False,
    )
    parser.refuse = refuse
    parser.add_argument("-h", "--help", action="help", default=SUPPRESS, help="show this and leave")
    parser.add_argument("--version", action="version", version=f"regdesk {__version__}", help="show the version")
    return parser


def add_json(parser: OneSentenceParser) -> None:
    parser.add_argument("--json", action="store_true", help="write JSON, and nothing else, to standard output")


def add_target(parser: OneSentenceParser, required: bool) -> None:
    add_setting(parser.add_argument, "data.target", required=required)


def add_reading(parser: OneSentenceParser) -> None:
    add_setting(parser.add_argument_group("reading").add_argument, "source.delimiter")


def add_sweep(parser: OneSentenceParser) -> None:
    add = parser.add_argument_group("sweep").add_argument
    for setting in SWEEP:
        # None where it is not said: some of them must not be said beside others.
        add_setting(add, setting.path, default=None)
    add(
        "--workers",
        type=types.workers,
        metavar="threads:N|processes:N|dask:ADDRESS",
        help="who solves the models: threads or child processes of this machine, or a Dask cluster, which needs the "
        "extra 'cluster'; the numbers are the same (default: threads on every core; a linear model's paths in step)",
    )
    add(
        "--out",
        type=types.path,
        metavar="DIR",
        help="also write path.csv, weights.csv, summary.json and pictures of every panel there",
    )


def add_data(parser: OneSentenceParser) -> None:
    add = parser.add_argument_group("data").add_argument
    for setting in DATA:
        if setting.path != "data.target":
            add_setting(add, setting.path)


def add_model(parser: OneSentenceParser, ending: str) -> None:
    """``ending`` is the title of the options that say when training ends."""
    for title, settings in (("model", MODEL), (ending, ENDING)):
        add = parser.add_argument_group(title).add_argument
        for setting in settings:
            if setting.option is not None:
                add_setting(add, setting.path)
