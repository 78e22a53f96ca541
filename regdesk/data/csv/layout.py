"""How the text of a file is laid out: what stands between cells, around them and before them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Layout:
    """What has been said or found of a file, enough to split it into records.

    Attributes:
        quote: what stands around cells; empty where quotes are ordinary characters.
        has_header: whether the first record after ``n_skipped`` lines holds names.
    """

    encoding: str
    delimiter: str
    quote: str = '"'
    has_header: bool = True
    n_skipped: int = 0

    @property
    def csv_form(self) -> dict[str, Any]:
        """What the standard library's reader has to be told."""
        quoting = csv.QUOTE_MINIMAL if self.quote else csv.QUOTE_NONE
        return {
            "delimiter": self.delimiter,
            "quotechar": self.quote or None,
            "quoting": quoting,
            "skipinitialspace": True,
            "strict": True,
        }
