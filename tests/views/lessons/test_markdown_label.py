"""Text of a lesson: what somebody else has written looks as it is, and leads nowhere."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QLabel

from regdesk.views.lessons.markdown_label import html_of


@pytest.mark.parametrize(
    "link",
    ["[there](http://evil.example)", "[there](javascript:run)", "[there](file:///etc/passwd)", "**[there](topic:l1)**"],
)
def test_a_link_is_words_and_looks_like_words(qapp: object, link: str) -> None:
    html = html_of(f"Look {link} <b>now</b>.\n\n- and {link}", QLabel())
    assert "<a " not in html
    assert "evil" not in html
    assert "underline" not in html
    read = QTextDocument()
    read.setHtml(html)
    assert read.toPlainText() == "Look there <b>now</b>.\nand there"


def test_bold_words_stay_bold(qapp: object) -> None:
    assert "font-weight:700" in html_of("Press **Run**.", QLabel())
