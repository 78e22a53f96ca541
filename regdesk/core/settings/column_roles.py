"""What each column of a table is for: its role, from the settings and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from regdesk.core.types import ColumnRole, DataSettings

ROLES = "data.roles"
ROLE_PATHS: dict[str, str] = {
    "target": "data.target",
    "split": "data.split_column",
    "fold": "data.fold_column",
    "weight": "data.weight_column",
}
"""Roles that one column has at most, and the settings that keep them; ``ROLES`` keeps the others."""
LEFT_OUT_ROLES = ("ignored", "identifier")


def single_roles(settings: DataSettings) -> dict[str, ColumnRole]:
    """The columns that are the target, split or fold the rows, or say their weight, with that role."""
    named: tuple[tuple[str | None, ColumnRole], ...] = (
        (settings.weight_column, "weight"),
        (settings.fold_column, "fold"),
        (settings.split_column, "split"),
        (settings.target, "target"),
    )
    return {name: role for name, role in named if name is not None}


def roles_of(settings: DataSettings, usual: Mapping[str, ColumnRole]) -> dict[str, ColumnRole]:
    """The role of every column under ``settings``, in the order of ``usual``: what each is where nobody chooses."""
    found = dict(usual)
    if settings.features is not None:
        chosen = set(settings.features)
        found = {name: _listed(name in chosen, role) for name, role in usual.items()}
    found |= {name: role for name, role in settings.roles if name in found}
    return found | {name: role for name, role in single_roles(settings).items() if name in found}


def with_roles(
    settings: DataSettings, roles: Mapping[str, ColumnRole], usual: Mapping[str, ColumnRole]
) -> DataSettings:
    """``settings`` under which every column has its role of ``roles``, said by what differs from ``usual``.

    Penalty factors of columns that are no features any more are left out.
    """

    def only(role: ColumnRole) -> str | None:
        return next((name for name, one in roles.items() if one == role), None)

    differing = tuple(
        (name, role) for name, role in roles.items() if role not in ROLE_PATHS and role != usual.get(name)
    )
    return replace(
        settings,
        target=only("target"),
        split_column=only("split"),
        fold_column=only("fold"),
        weight_column=only("weight"),
        features=None,
        roles=differing,
        penalty_factors=tuple(pair for pair in settings.penalty_factors if roles.get(pair[0]) == "feature"),
    )


def _listed(is_listed: bool, usual: ColumnRole) -> ColumnRole:
    """The role of a column where the features are named, and it is among them or not."""
    if is_listed:
        return "feature"
    return usual if usual in LEFT_OUT_ROLES else "ignored"
