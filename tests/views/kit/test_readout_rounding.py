"""A line that fits in whole pixels is not cut for the fraction that it is wider."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtGui import QFontMetrics, QFontMetricsF, QImage

from regdesk.views.kit.readout_label import ReadoutLabel

WORDS = "R² −0.0457 on 12 validation rows. Underfitting: training loss 0.500, validation loss 0.583."


def dark_columns(label: ReadoutLabel) -> Any:
    """Which columns of pixels have any ink."""
    image = label.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())[:, : image.width()]
    return (rows < 128).any(axis=0)


def test_a_line_that_fits_in_whole_pixels_has_all_its_letters(qtbot: Any) -> None:
    label = ReadoutLabel()
    qtbot.addWidget(label)
    whole, exact = QFontMetrics(label.font()), QFontMetricsF(label.font())
    text = next(WORDS[:end] for end in range(len(WORDS), 0, -1) if 0 < exact.horizontalAdvance(WORDS[:end]) % 1 < 0.5)
    width_px = whole.horizontalAdvance(text)
    assert exact.horizontalAdvance(text) > width_px
    label.setText(text)
    label.resize(width_px + 40, label.sizeHint().height())
    roomy = dark_columns(label)
    label.resize(width_px, label.height())
    assert not label.is_elided
    np.testing.assert_array_equal(dark_columns(label)[: width_px - 1], roomy[: width_px - 1])
    label.resize(width_px - 3, label.height())
    assert label.is_elided
