"""One line of the table of settings."""

from __future__ import annotations

from dataclasses import dataclass

from regdesk.core.settings.setting_kinds import Kind


@dataclass(frozen=True)
class Option:
    """An option of the command line.

    Attributes:
        help: what ``--help`` says of it.
        what: for a refusal, which goes on with what the setting's kind can be: "the learning rate" is a number ….
        words: what can be said beside the setting's own words, such as auto.
        is_flag: the option takes no value, and makes the setting false.
        opposite: of a flag the option that makes the setting true, where it may be neither; ``opposite_help`` is what
            ``--help`` says of that.
    """

    name: str
    metavar: str = ""
    help: str = ""
    what: str = ""
    words: tuple[str, ...] = ()
    is_flag: bool = False
    opposite: str = ""
    opposite_help: str = ""

    @property
    def attribute(self) -> str:
        """What a parser calls it: ``batch_size`` for ``--batch-size``."""
        return self.name.removeprefix("--").replace("-", "_")


@dataclass(frozen=True)
class Setting:
    """What can be chosen, and everything that is said of it.

    Attributes:
        path: its place in a ``Configuration``, such as ``training.lam``.
        label: the name that a person reads.
        caption: what stands beside or on its control, with & before the letter that is its key; where it is empty, the
            label.
        unit: of its number.
        sentence: how a change of it is said, with ``{before}`` and ``{after}``; where it is empty, ``unsaid`` says
            why.
        none_text: what None is in such a sentence.
        option: of the command line; where there is none, ``no_option`` says why.
        control: object name of what shows it on the screen; where it is empty, ``no_control`` says why.
        tip: of that control.
        idle: why the control does nothing at the moment, where other settings can leave it without effect.
    """

    path: str
    kind: Kind
    label: str
    sentence: str = ""
    unit: str = ""
    tip: str = ""
    none_text: str = "automatic"
    option: Option | None = None
    control: str = ""
    unsaid: str = ""
    no_option: str = ""
    no_control: str = ""
    caption: str = ""
    idle: str = ""

    @property
    def name(self) -> str:
        """The last part of its path: its field."""
        return self.path.rpartition(".")[2]

    @property
    def beside(self) -> str:
        """What stands beside or on its control."""
        return self.caption or self.label
