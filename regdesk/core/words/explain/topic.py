"""A topic of the Explain dock: a hundred words, a picture where one helps, and where to read on."""

from __future__ import annotations

from dataclasses import dataclass

SCHEME = "topic:"
"""Of links between topics; they lead nowhere outside the program."""
MOST_WORDS = 120
"""Of title, text, what is so now and where to read on; a formula, and the numbers of a step, stand beside them."""


@dataclass(frozen=True)
class Topic:
    """``text`` is Markdown whose links are ``[words](topic:name)``.

    Attributes:
        name: as links have it; those of penalties are the penalties' own.
        picture: one that the dock draws, or a formula of ``resources/formulas``; empty for none.
        see: names of topics to read next.
        called: how links to it name it; empty where its title does, up to the colon.
    """

    name: str
    title: str
    text: str
    see: tuple[str, ...] = ()
    picture: str = ""
    called: str = ""

    @property
    def short_title(self) -> str:
        """How a link names it, in few words: those of three links count among the words of a page."""
        return self.called or self.title.partition(":")[0]


def linked(name: str) -> str:
    """The address of a topic."""
    return f"{SCHEME}{name}"
