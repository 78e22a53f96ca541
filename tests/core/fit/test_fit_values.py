"""Values of pictures of the fit: what is counted, which pictures are the same, how far fits of samples spread."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from regdesk.core.fit.cloud import FitCloud, ResampleWork
from regdesk.core.fit.scene import FitScene, is_same_picture
from regdesk.core.fit.tools import NO_TOOLS, PointTools
from regdesk.core.types import TrainSettings

NONE = np.empty((0, 1))
SCENE = FitScene(
    "curve",
    "file.csv",
    "y",
    ("a", "b"),
    ("a",),
    ("a",),
    ((),),
    (),
    NONE,
    NONE[:, 0],
    NONE,
    NONE[:, 0],
    (np.array([0.0, 1.0]),),
    0,
    0,
    0,
)


def test_rows_are_counted_by_weight_where_they_have_one() -> None:
    assert (SCENE.counted, replace(SCENE, n_weighed=0.0).counted) == ("rows", "rows by weight")


@pytest.mark.parametrize(("slice_columns", "has_others"), [((), False), (("a",), True), (("a", "b"), False)])
def test_a_slice_of_fewer_columns_than_there_are_has_others(slice_columns: tuple[str, ...], has_others: bool) -> None:
    assert replace(SCENE, slice_columns=slice_columns).has_others is has_others


@pytest.mark.parametrize(
    ("name", "value", "is_same"),
    [
        ("kind", "map", False),
        ("dataset_name", "other.csv", False),
        ("target", "z", False),
        ("columns", ("a",), False),
        ("slice_columns", ("b",), False),
        ("axis_categories", (("x",),), False),
        ("classes", ("no",), False),
        ("n_train", 9, True),
        ("train_targets", np.ones(3), True),
    ],
)
def test_a_picture_is_the_same_while_its_columns_are(name: str, value: object, is_same: bool) -> None:
    assert is_same_picture(SCENE, replace(SCENE, **{name: value})) is is_same
    assert is_same_picture(SCENE, SCENE)


def test_fits_spread_as_a_sample_does() -> None:
    surfaces = np.array([[1.0, 0.0], [3.0, 0.0], [5.0, 3.0]])
    cloud = FitCloud(1, SCENE, TrainSettings(), 0.0, 0, 0, surfaces, 0.0)
    np.testing.assert_allclose(cloud.spread_surface, [2.0, np.sqrt(3.0)])
    usual = ResampleWork.__dataclass_fields__["n_fits"].default
    assert isinstance(usual, int)
    assert 20 <= usual <= 40, "a band of tens of fits is drawn within seconds"


def test_nothing_is_offered_before_there_are_points() -> None:
    assert (PointTools().asks_value, PointTools().degree, NO_TOOLS.no_add) == (False, None, "There are no points yet.")
