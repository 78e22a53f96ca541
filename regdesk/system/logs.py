"""What the program notes while it runs, by topic: standard logging, silent unless REGDESK_LOG names topics.

Whoever has something to note asks for ``logging.getLogger("regdesk.TOPIC")``, with a topic of ``TOPICS``, and notes
what begins, ends or fails: never what happens in every step or frame. The last lines are kept in memory, for the
details of an unexpected error.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping

from regdesk.core.words.safe_text import safe_line
from regdesk.system.terminal import write_aside, write_error

NAME = "regdesk"
TOPICS = {
    "start": "How the program was started, what it runs on, and how it ended.",
    "settings": "Where preferences are kept, and what of them could not be read or written.",
    "files": "Which files were written for the user.",
    "data": "Which tables are read and prepared, and what became of that.",
    "compiling": "Where compiled code is kept, and the children that compile.",
    "training": "Runs of the live model and of fit: what begins, is put in, diverges or fails.",
    "sweep": "Sweeps over λ: what begins, and how many points were found when it ended.",
    "optimum": "Searches for the optimum that took long or failed.",
    "geometry": "Pictures of the constraint that took long or failed.",
    "session": "What the person has chosen: run and pause, layers, penalty, λ when its slider is let go.",
    "errors": "Errors that should not happen, each place once.",
}
"""Every topic, and a sentence on what is noted under it."""
ALL = "all"
VARIABLE = "REGDESK_LOG"
"""Names topics, with commas between them, whose lines are written to standard error."""
N_KEPT = 200
UNKNOWN_TOPIC = "{variable}={words}: {unknown} is no topic of the log; the topics are {topics}."


def begin(environment: Mapping[str, str] = os.environ) -> None:
    """Keep the last lines, and write those of the topics that ``environment`` asks for to standard error.

    For the program, not for a library: from here on nothing is handed to the root logger. Called again, it goes by the
    new ``environment``. A topic that there is none of becomes one sentence on standard error.
    """
    # Python would otherwise make an entry for each of Qt's threads that notes something, and keep it for ever.
    logging.logThreads = False
    logger = logging.getLogger(NAME)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    for handler in list(logger.handlers):
        if isinstance(handler, _Kept | _Written):
            logger.removeHandler(handler)
    logger.addHandler(_kept)
    topics = _topics_of(environment.get(VARIABLE, ""))
    if topics:
        logger.addHandler(_Written(topics))


def kept_lines() -> list[str]:
    """The last lines, at most ``N_KEPT``, the oldest first; safe to write to a terminal."""
    return [line.text() for line in list(_kept.lines)]


def details() -> str:
    """The last lines under a heading, for whoever mends an error; empty where nothing was noted."""
    lines = kept_lines()
    return "\n".join(["The last lines of the log:", *lines]) if lines else ""


def tell(listener: logging.Handler) -> None:
    """From now on ``listener`` hears of every line, too."""
    logging.getLogger(NAME).addHandler(listener)


def tell_no_more(listener: logging.Handler) -> None:
    """``listener`` has heard enough."""
    logging.getLogger(NAME).removeHandler(listener)


def name_other_threads(name: Callable[[], str]) -> None:
    """``name`` tells the name of the present thread where it is none of Python's own, as those of Qt."""
    _kept.name_of_other = name


def _topics_of(words: str) -> frozenset[str]:
    """The topics that ``words`` name; says which of them there are none of."""
    named = [word.strip().lower() for word in words.split(",") if word.strip()]
    unknown = [word for word in dict.fromkeys(named) if word not in TOPICS and word != ALL]
    if unknown:
        topics = ", ".join([ALL, *TOPICS])
        write_error(UNKNOWN_TOPIC.format(variable=VARIABLE, words=words, unknown=" and ".join(unknown), topics=topics))
    return frozenset(TOPICS) if ALL in named else frozenset(named) & TOPICS.keys()


class _Line:
    """One line as it was noted. It holds text alone: what it speaks of may go."""

    __slots__ = ("created_s", "sentence", "thread", "topic")

    def __init__(self, record: logging.LogRecord) -> None:
        self.created_s = record.created
        self.topic = _topic_of(record)
        self.thread = _thread_name()
        self.sentence = record.getMessage()
        if record.levelno > logging.INFO:
            self.sentence = f"{record.levelname}: {self.sentence}"

    def text(self) -> str:
        """Time of day, topic, thread and sentence."""
        moment = time.strftime("%H:%M:%S", time.localtime(self.created_s))
        fraction_ms = int(self.created_s % 1.0 * 1000.0)
        return safe_line(f"{moment}.{fraction_ms:03d} {self.topic} [{self.thread}] {self.sentence}")


class _Kept(logging.Handler):
    """Keeps the last lines; a deque of limited length is safe between threads."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.lines: deque[_Line] = deque(maxlen=N_KEPT)
        self.name_of_other: Callable[[], str] | None = None

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(_Line(record))


class _Written(logging.Handler):
    """Writes the lines of ``topics`` to standard error, through the guards of everything that is written there."""

    def __init__(self, topics: frozenset[str]) -> None:
        super().__init__(logging.INFO)
        self._topics = topics

    def emit(self, record: logging.LogRecord) -> None:
        if _topic_of(record) in self._topics:
            write_aside(_Line(record).text())


_kept = _Kept()


def _topic_of(record: logging.LogRecord) -> str:
    return record.name.removeprefix(f"{NAME}.")


def _thread_name() -> str:
    """Of the present thread, without ``threading.current_thread``, which makes an entry for one of Qt's."""
    number = threading.get_ident()
    if number == threading.main_thread().ident:
        return "main"
    names = [thread.name for thread in threading.enumerate() if thread.ident == number]
    if names:
        return names[0]
    return (_kept.name_of_other() if _kept.name_of_other is not None else "") or "unnamed"
