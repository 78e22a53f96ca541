"""A box without its check can be seen, in light colours and in dark ones."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QCheckBox, QStyle, QStyleOptionButton, QStyleOptionViewItem, QTreeView

from regdesk.core.words.data_facts import ColumnFact
from regdesk.views.controls.feature_list import FeatureList
from regdesk.views.kit import theme
from regdesk.views.kit.setting_controls import setting_check

LEAST_CONTRAST = 3.0
"""Of what has to be seen to use a control: WCAG 2.1, 1.4.11."""


def luminance(colour: QColor) -> float:
    """Relative luminance, WCAG 2.1."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def least_contrast_of_rim(image: QImage, box: QRect) -> float:
    """Between the pixels halfway along each side of ``box`` and those within and outside of them."""
    middle, found = box.center(), []
    for side, step in (
        (QPoint(box.left(), middle.y()), QPoint(1, 0)),
        (QPoint(box.right(), middle.y()), QPoint(-1, 0)),
        (QPoint(middle.x(), box.top()), QPoint(0, 1)),
        (QPoint(middle.x(), box.bottom()), QPoint(0, -1)),
    ):
        rim = image.pixelColor(side)
        # The style's own line may be next to it, and the box at the edge of the image.
        beside = (place for place in (side + 3 * step, side - 2 * step) if image.valid(place))
        found += [contrast(rim, image.pixelColor(place)) for place in beside]
    return min(found)


@pytest.fixture(params=[theme.LIGHT, theme.DARK], ids=["light", "dark"])
def colours(request: Any, qapp: QApplication) -> Any:
    before = theme.colours()
    theme.apply_theme(qapp, request.param)
    yield request.param
    theme.apply_theme(qapp, before)


def test_the_colour_stands_out_from_both_grounds(colours: theme.Colours) -> None:
    for ground in (colours.background, colours.window):
        assert contrast(QColor(colours.outline), QColor(ground)) >= LEAST_CONTRAST


def test_a_check_box_has_a_rim(qtbot: Any, colours: theme.Colours) -> None:
    box: QCheckBox = setting_check("data.standardize")
    qtbot.addWidget(box)
    box.setChecked(False)
    box.resize(box.sizeHint())
    option = QStyleOptionButton()
    box.initStyleOption(option)
    place = box.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, box)
    assert least_contrast_of_rim(box.grab().toImage(), place) >= LEAST_CONTRAST


def test_a_column_that_is_not_checked_has_a_rim_and_one_that_cannot_be_has_none(
    qtbot: Any, colours: theme.Colours
) -> None:
    features = FeatureList()
    qtbot.addWidget(features)
    facts = tuple(ColumnFact(name, "numeric", 0, 9, "1 input", "", True) for name in ("a", "b"))
    features.show_facts(facts, (), {"b": "the target"}, {})
    features.resize(600, 300)
    features.show()
    tree = features.findChild(QTreeView)
    image = tree.viewport().grab().toImage()

    def rim(row: int) -> float:
        index = tree.model().index(row, 0)
        option = QStyleOptionViewItem()
        option.initFrom(tree)
        option.rect = tree.visualRect(index)
        tree.itemDelegate().initStyleOption(option, index)
        part = QStyle.SubElement.SE_ItemViewItemCheckIndicator
        return least_contrast_of_rim(image, tree.style().subElementRect(part, option, tree))

    assert rim(0) >= LEAST_CONTRAST
    assert rim(1) < LEAST_CONTRAST
