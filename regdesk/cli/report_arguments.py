"""The command line of ``report``: of a saved model, or of a file with the options of ``fit`` and ``sweep``."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from regdesk.cli import argument_types as types
from regdesk.cli.argument_options import (
    OneSentenceParser,
    add_at,
    add_data,
    add_model,
    add_reading,
    add_sweep_settings,
    add_target,
    make_parser,
)
from regdesk.cli.arguments import SweepArguments, fit_arguments_of, sweep_arguments_of
from regdesk.core.settings.configuration import Configuration
from regdesk.crews.choice import CrewChoice
from regdesk.data.files.model_file import is_model_file
from regdesk.tasks.report.writing import WRONG_FORM, form_of


@dataclass(frozen=True)
class ReportArguments:
    """``regdesk report``.

    Attributes:
        source: a saved model, or the first file of data.
        configuration: of a file what the options come to; None for a saved model.
        is_lambda_given: ``configuration`` has a λ that was named, and none is to be chosen by a rule.
        at: the rule, or the λ of the sweep that is nearest to a number.
        has_sweep: whether λ is swept at all.
        workers: who does the sweep.
    """

    source: Path
    out: Path
    configuration: Configuration | None = None
    is_lambda_given: bool = False
    at: str | float = "best"
    has_sweep: bool = True
    workers: CrewChoice | None = None

    @property
    def sources(self) -> list[Path]:
        """The files that are read."""
        more = () if self.configuration is None else self.configuration.source.reading.more_files
        return [self.source, *map(Path, more)]

    @property
    def sweep_arguments(self) -> SweepArguments:
        """What ``sweep`` is told of the same file."""
        assert self.configuration is not None
        return SweepArguments(self.source, self.configuration, None, False, self.workers)


def parse_report_arguments(argv: Sequence[str]) -> ReportArguments:
    """The arguments after ``report``. Raises SystemExit: 2, having said why, or 0 after ``--help``."""
    parser = make_parser(
        "regdesk report",
        "One file that says it all: what was asked, the data, how λ was chosen, the weights, the scores, the pictures\n"
        "and the command that makes it again. Of a saved MODEL, or of a FILE that is swept and fitted for it.",
    )
    parser.add_argument(
        "files",
        type=types.path,
        nargs="+",
        metavar="MODEL|FILE",
        help="a saved model, or a data file; several of the same columns are read as one",
    )
    parser.add_argument(
        "--out",
        type=types.path,
        metavar="FILE.html|FILE.pdf",
        required=True,
        help=f"write the report as this file; {types.REPLACED}",
    )
    add_target(parser, required=False)
    add_at(parser, "of which λ of the sweep the report is")
    parser.add_argument("--no-sweep", action="store_true", help="sweep no λ: report the model at --lam alone")
    add_sweep_settings(parser)
    add_reading(parser)
    add_data(parser)
    add_model(parser, "when training ends")
    # Whether a λ was named has to be known: else it is chosen.
    parser.set_defaults(lam=None)
    found = parser.parse(argv)
    out, source = Path(found.out), Path(found.files[0])
    if form_of(out) is None:
        parser.error(f"--out: {WRONG_FORM.format(name=out.name)}")
    if is_model_file(source):
        return _of_model(parser, argv, source, out)
    configuration = _checked(parser, found)
    if found.lam is not None and found.at is not None:
        parser.error("--lam names a λ, and --at has the sweep choose one; give one of them")
    if found.no_sweep and found.at is not None:
        parser.error("--at chooses among the λ of the sweep that --no-sweep leaves out; give one of them")
    has_sweep = configuration.training.penalty != "none" and not found.no_sweep
    if found.at is not None and not has_sweep:
        parser.error("without a penalty there is no λ to choose; choose one with --penalty")
    return ReportArguments(
        source,
        out,
        configuration,
        is_lambda_given=found.lam is not None,
        at="best" if found.at is None else found.at,
        has_sweep=has_sweep,
        workers=found.workers,
    )


def _checked(parser: OneSentenceParser, found: Namespace) -> Configuration:
    """What the options come to, by the rules of ``fit``, and where there is a penalty by those of ``sweep``."""
    own = Namespace(**vars(found))
    own.file, own.more_files = found.files[0], tuple(found.files[1:])
    own.json, own.save, own.out, own.at = False, None, None, None
    configuration = fit_arguments_of(own, parser.error).configuration
    if configuration.training.penalty != "none":
        sweep_arguments_of(own, parser.error)
    return configuration


def _of_model(parser: OneSentenceParser, argv: Sequence[str], model: Path, out: Path) -> ReportArguments:
    """A model has its settings: besides ``--out`` and ``--no-sweep`` there is nothing to say."""
    alone = make_parser("regdesk report MODEL", "")
    alone.add_argument("model", type=types.path)
    alone.add_argument("--out", type=types.path, required=True)
    alone.add_argument("--no-sweep", action="store_true")
    found, extra = alone.parse_known_args(list(argv))
    if extra:
        parser.error(f"{extra[0]}: a saved model has its settings; of one the report takes --out and --no-sweep alone")
    return replace(ReportArguments(model, out), has_sweep=not found.no_sweep)
