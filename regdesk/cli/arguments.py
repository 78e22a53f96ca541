"""The command lines of the window and of the headless commands, as typed and checked values."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal, NoReturn

from regdesk.cli import argument_types as types
from regdesk.cli.argument_options import (
    OneSentenceParser,
    add_at,
    add_data,
    add_json,
    add_model,
    add_reading,
    add_save,
    add_starts,
    add_sweep,
    add_target,
    add_window,
    make_parser,
    say_and_leave,
)
from regdesk.cli.setting_options import add_setting, configuration_of
from regdesk.core.reading_options import ReadingOptions
from regdesk.core.settings.column_roles import ROLES
from regdesk.core.settings.configuration import Configuration
from regdesk.core.settings.settings_table import WrongSetting, setting_at
from regdesk.core.types import DataSettings
from regdesk.crews.choice import CrewChoice
from regdesk.data.prepare.fractions import check_fractions
from regdesk.data.samples import sample

DEFAULT_AFTER_S = 3.0
Refuse = Callable[[str], NoReturn]

_DESCRIPTION = """\
See regularization act on your own data: a small network, its weights and λ, live.

  regdesk [FILE] …          the window
  regdesk fit FILE …        train without a window and report
  regdesk sweep FILE …      the loss at many λ, cross-validated, and which λ to choose
  regdesk inspect FILE …    what is in a file: columns, kinds, missing cells
  regdesk samples, regdesk lessons   the data and the lessons that come with the program
  regdesk show MODEL, regdesk replay SESSION   what is in a saved model or session; a session's run once more
  regdesk predict MODEL FILE …   predictions for new rows
  regdesk report MODEL|FILE …    all that there is to say, as a page of HTML or a PDF
  regdesk export MODEL --to python   a saved model as code: Python, R, C, JavaScript, SQL, Excel, ONNX, PyTorch
  regdesk info, regdesk reset    what is installed and kept on this computer, and how that is cleared

Training minimises J = mean data loss + λ × penalty R(W), which is of the weights only, never of the biases."""


@dataclass(frozen=True)
class WindowArguments:
    """How the window starts.

    Attributes:
        configuration: what to open among it; of ``source.file`` and ``source.sample`` at most one is given.
        starts_running: train at once.
        screenshot: where to write a picture of the window before leaving; None for an ordinary session.
        after_s: how long to train before the picture, in seconds.
        theme: colours of the window; None is what was chosen last, or else the system's.
        is_safe: without preferences, compiled code and work of former starts; nothing is kept either.
    """

    configuration: Configuration
    starts_running: bool
    screenshot: Path | None
    after_s: float
    theme: Literal["system", "light", "dark"] | None = None
    is_safe: bool = False


@dataclass(frozen=True)
class FitArguments:
    """``regdesk fit``: what to train, for how long, how to report it, and as which file to save the model."""

    file: Path
    configuration: Configuration
    as_json: bool
    save: Path | None = None

    @property
    def sources(self) -> list[Path]:
        """The files that are read."""
        return [self.file, *map(Path, self.configuration.source.reading.more_files)]


@dataclass(frozen=True)
class SweepArguments:
    """``regdesk sweep``: which λ and folds, and where the results go besides standard output (None: nowhere).

    ``workers`` do it; None: threads on every core. ``save`` is the file of the model ``at`` a λ: ``best``, ``1se`` or
    a number.
    """

    file: Path
    configuration: Configuration
    out: Path | None
    as_json: bool
    workers: CrewChoice | None = None
    save: Path | None = None
    at: str | float = "best"

    @property
    def sources(self) -> list[Path]:
        """The files that are read."""
        return [self.file, *map(Path, self.configuration.source.reading.more_files)]


@dataclass(frozen=True)
class InspectArguments:
    """``regdesk inspect``: at least one file. ``data`` has what is said of columns' roles."""

    files: tuple[Path, ...]
    reading: ReadingOptions
    as_json: bool
    data: DataSettings = field(default_factory=DataSettings)


@dataclass(frozen=True)
class SamplesArguments:
    """``regdesk samples``."""

    as_json: bool


def parse_window_arguments(argv: Sequence[str]) -> WindowArguments:
    """The arguments after the program's name. Raises SystemExit: 2, having said why, or 0 after ``--help``."""
    parser = make_parser("regdesk", _DESCRIPTION)
    _add_files(
        parser,
        "*",
        "file of data to open, such as CSV or Excel; several with the same columns are read as one; without any, a "
        "sample is opened",
    )
    add_target(parser, required=False)
    add_setting(parser.add_argument, "source.sample", type=types.sample_name)
    add_window(parser)
    add_reading(parser)
    add_data(parser)
    add_model(parser, "when training ends (by 'regdesk fit'; the window trains until it is paused)")
    found = _with_file(parser.parse(argv))
    if found.sample is not None:
        # What is not asked for is as the sample's text says.
        one = sample(found.sample)
        parser.set_defaults(**asdict(one.architecture), **asdict(one.training))
        parser.set_defaults(optimizer="auto")
        found = _with_file(parser.parse(argv))
    if found.file is not None and found.sample is not None:
        parser.error("give a FILE or --sample, not both")
    if found.after is not None and found.screenshot is None:
        parser.error("--after says when to take the picture that --screenshot asks for; give both")
    _check_ending(found, parser.error)
    return WindowArguments(
        configuration=_configuration(found, parser.error),
        starts_running=found.run,
        screenshot=None if found.screenshot is None else Path(found.screenshot),
        after_s=DEFAULT_AFTER_S if found.after is None else found.after,
        theme=found.theme,
        is_safe=found.safe,
    )


def parse_fit_arguments(argv: Sequence[str], refuse: Refuse = say_and_leave) -> FitArguments:
    """The arguments after ``fit``. Raises SystemExit as ``parse_window_arguments``, or what ``refuse`` raises."""
    description = "Train on a file of data, without a window; report the model and how good it is."
    parser = make_parser("regdesk fit", description, refuse)
    _add_files(parser, "+", "file of data, such as CSV or Excel; several with the same columns are read as one")
    add_target(parser, required=not _makes_a_target(argv))
    add_save(parser)
    add_json(parser)
    add_reading(parser)
    add_data(parser)
    add_model(parser, "when training ends (after N epochs exactly, or at convergence)")
    add_starts(parser)
    return fit_arguments_of(_with_file(parser.parse(argv)), parser.error)


def fit_arguments_of(found: Namespace, refuse: Refuse) -> FitArguments:
    """What the options in ``found`` come to together. ``refuse`` is called with a sentence where they cannot be."""
    configuration = _with_target(_configuration(found, refuse), refuse)
    _check_ending(found, refuse)
    return FitArguments(Path(found.file), configuration, found.json, _path_or_none(found.save))


def parse_sweep_arguments(argv: Sequence[str], refuse: Refuse = say_and_leave) -> SweepArguments:
    """The arguments after ``sweep``. Raises SystemExit as ``parse_window_arguments``, or what ``refuse`` raises."""
    parser = make_parser(
        "regdesk sweep",
        "The loss at many λ, cross-validated, and which λ to choose. Linear models (--hidden '') are solved exactly,\n"
        "networks by warm starts up and down λ, or with --epochs by plain cold starts of the optimiser.",
        refuse,
    )
    _add_files(parser, "+", "file of data, such as CSV or Excel; several with the same columns are read as one")
    add_target(parser, required=not _makes_a_target(argv))
    add_sweep(parser)
    add_save(parser)
    add_at(parser, "of which λ of the sweep the saved model is")
    add_json(parser)
    add_reading(parser)
    add_data(parser)
    add_model(parser, "when training of a network ends (a linear model is solved exactly)")
    return sweep_arguments_of(_with_file(parser.parse(argv)), parser.error)


def sweep_arguments_of(found: Namespace, refuse: Refuse) -> SweepArguments:
    """As ``fit_arguments_of``."""
    configuration = _with_target(_configuration(found, refuse), refuse)
    if configuration.training.penalty == "none":
        refuse("without a penalty λ does nothing; choose one with --penalty")
    if found.lambdas is not None and found.n_lambdas is not None:
        refuse("give --lambdas or --n-lambdas, not both")
    if found.epochs is not None and found.n_starts is not None:
        refuse("give --epochs, which starts from one seed, or --n-starts, not both")
    _check_ending(found, refuse)
    if found.folds is not None and found.fold_column is not None:
        refuse("give --folds or --fold-column, not both")
    out = None if found.out is None else Path(found.out)
    if found.at is not None and found.save is None:
        refuse("--at says of which λ the model is that --save writes; give both")
    save, at = _path_or_none(found.save), "best" if found.at is None else found.at
    return SweepArguments(Path(found.file), configuration, out, found.json, found.workers, save, at)


def parse_inspect_arguments(argv: Sequence[str]) -> InspectArguments:
    """The arguments after ``inspect``. Raises SystemExit as ``parse_window_arguments``."""
    parser = make_parser("regdesk inspect", "What is in a file of data: its columns, their kinds, and what is missing.")
    parser.add_argument(
        "files", type=types.path, nargs="+", metavar="FILE", help="file of data; of several, JSON is one object a line"
    )
    add_target(parser, required=False)
    add_setting(parser.add_argument, ROLES)
    add_json(parser)
    add_reading(parser)
    found = parser.parse(argv)
    configuration = checked_configuration(found, None, parser.error)
    files = tuple(Path(file) for file in found.files)
    return InspectArguments(files, configuration.source.reading, found.json, configuration.data)


def parse_samples_arguments(argv: Sequence[str]) -> SamplesArguments:
    """The arguments after ``samples``. Raises SystemExit as ``parse_window_arguments``."""
    parser = make_parser(
        "regdesk samples", "The data that come with the program; open one with 'regdesk --sample NAME'."
    )
    add_json(parser)
    return SamplesArguments(parser.parse(argv).json)


def _add_files(parser: OneSentenceParser, count: str, text: str) -> None:
    parser.add_argument("files", type=types.path, nargs=count, metavar="FILE", help=text)


def _with_file(found: Namespace) -> Namespace:
    """``found`` with the first of its files apart from those that are read below it."""
    found.file, found.more_files = (found.files[0] if found.files else None), tuple(found.files[1:])
    return found


def _path_or_none(text: str | None) -> Path | None:
    return None if text is None else Path(text)


def _makes_a_target(argv: Sequence[str]) -> bool:
    """Whether ``--role COL=target`` may stand for ``--target COL``."""
    return any(argument.rstrip().endswith("=target") for argument in argv)


def _with_target(configuration: Configuration, refuse: Refuse) -> Configuration:
    if configuration.data.target is None:
        refuse("--target is missing: say which column is to be predicted.")
    return configuration


def _configuration(found: Namespace, refuse: Refuse) -> Configuration:
    try:
        check_fractions(found.validation_fraction, found.test_fraction, "--validation-fraction and --test-fraction")
    except ValueError as error:
        refuse(f"{error}.")
    return checked_configuration(found, found.file, refuse)


def checked_configuration(found: Namespace, file: str | None, refuse: Refuse) -> Configuration:
    try:
        return configuration_of(found, file)
    except WrongSetting as error:
        option = setting_at(error.path).option
        refuse(f"{option.name if option else error.path}: it {error.problem}.")


def _check_ending(found: Namespace, refuse: Refuse) -> None:
    if found.epochs is not None and not (found.tol is None and found.max_epochs is None):
        refuse("--epochs is an exact number; --tol and --max-epochs are for training to convergence without it")
