"""Numbers as the window writes them."""

from __future__ import annotations

from regdesk.core.narration import fixed_text, number_text

__all__ = ["fixed_text", "number_text"]
