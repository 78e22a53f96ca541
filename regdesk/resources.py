"""Where the files lie that come with the program: in a checkout, or where an installation has put them."""

from __future__ import annotations

import sysconfig
from pathlib import Path

_CHECKOUT = Path(__file__).resolve().parents[1]


def resource_file(kind: str, name: str) -> Path | None:
    """The file ``name`` among the ``kind`` ("samples", "icons") that come along; None if it was not installed.

    The checkout comes first, so that an editable installation never shows files of an older one; then come the places
    of an installation for all, for one user and in one folder.
    """
    checkout = _CHECKOUT / "resources" / kind / name
    if checkout.is_file():
        return checkout
    installed = Path("share", "regdesk", kind, name)
    shared = (
        Path(sysconfig.get_path("data")),
        Path(sysconfig.get_path("data", sysconfig.get_preferred_scheme("user"))),
        _CHECKOUT,
    )
    return next((base / installed for base in shared if (base / installed).is_file()), None)
