"""What is said where the machine has no fonts: a window without a letter says nothing itself."""

from __future__ import annotations

from PySide6.QtGui import QFontInfo, QGuiApplication

from regdesk.system.terminal import write_error

NO_FONTS = (
    "there are no fonts on this machine, so that the window shows no letters; install some "
    "(on Debian and Ubuntu: apt-get install fonts-dejavu-core)."
)


def say_where_there_are_none() -> None:
    """A sentence on standard error; to be called after the first paint, which has asked the system for its fonts."""
    # The database still names a few that stand for any.
    if not QFontInfo(QGuiApplication.font()).family():
        write_error(NO_FONTS)
