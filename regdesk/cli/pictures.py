"""What the command line and who draws its pictures tell each other; without Qt, and light, so that both can load it."""

from __future__ import annotations


class PicturesFailed(Exception):
    """Pictures could not be drawn; the message is a sentence."""
