"""Roles of columns: from settings and back."""

from __future__ import annotations

from regdesk.core.settings.column_roles import roles_of, with_roles
from regdesk.core.types import ColumnRole, DataSettings

USUAL: dict[str, ColumnRole] = {"id": "identifier", "a": "feature", "b": "feature", "note": "ignored", "y": "feature"}


def test_every_column_has_a_role() -> None:
    found = roles_of(DataSettings(target="y", fold_column="note"), USUAL)
    assert found == {"id": "identifier", "a": "feature", "b": "feature", "note": "fold", "y": "target"}


def test_named_features_leave_the_others_out() -> None:
    found = roles_of(DataSettings(target="y", features=("note", "b")), USUAL)
    assert found == {"id": "identifier", "a": "ignored", "b": "feature", "note": "feature", "y": "target"}


def test_a_listed_role_comes_before_the_features() -> None:
    settings = DataSettings(target="y", features=("a", "b"), roles=(("a", "identifier"), ("note", "feature")))
    assert roles_of(settings, USUAL) == {
        "id": "identifier", "a": "identifier", "b": "feature", "note": "feature", "y": "target",
    }  # fmt: skip


def test_settings_say_what_differs_from_the_usual() -> None:
    roles: dict[str, ColumnRole] = {"id": "ignored", "a": "weight", "b": "feature", "note": "feature", "y": "target"}
    before = DataSettings(features=("a",), missing="drop", penalty_factors=(("a", 2.0), ("b", 0.5)))
    found = with_roles(before, roles, USUAL)
    assert found == DataSettings(
        target="y",
        weight_column="a",
        missing="drop",
        roles=(("id", "ignored"), ("note", "feature")),
        penalty_factors=(("b", 0.5),),
    )
    assert roles_of(found, USUAL) == roles
