"""One topic: its title, picture, text, what is so now, and where to read on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from regdesk.core.words.explain.pages import pages_of
from regdesk.core.words.explain.topic import MOST_WORDS, Topic, linked
from regdesk.core.words.explain.topics import TOPICS
from regdesk.views.explain.formula_picture import FormulaPicture
from regdesk.views.explain.links import topic_in
from regdesk.views.explain.pictures import PICTURES
from regdesk.views.explain.topic_picture import TopicPicture
from regdesk.views.kit import spacing
from regdesk.views.kit.plain_text import PlainLabel
from regdesk.views.kit.text_size import TITLE, larger_font, make_heading


class TopicView(QWidget):
    """Signal: ``topic_chosen(str)``, the topic that a link leads to. No link leads anywhere else."""

    topic_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("explainTopic")
        self._title = PlainLabel()
        self._title.setObjectName("explainTitle")
        self._title.setWordWrap(True)
        self._picture, self._formula = TopicPicture(), FormulaPicture("explainTopicFormula")
        self._text, self._see = self._linked_label("explainText"), self._linked_label("explainSee")
        self._plain, self._now = PlainLabel(), PlainLabel()
        self._more = QPushButton()
        self._more.setObjectName("explainMoreButton")
        self._more.clicked.connect(self._on_more_clicked)
        self._pages: tuple[str, ...] = ()
        self._page = 0
        for label, name in ((self._plain, "explainPlainText"), (self._now, "explainNow")):
            label.setObjectName(name)
            label.setWordWrap(True)
        make_heading(self._now)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(spacing.SMALL_PX)
        for part in (self._title, self._picture, self._formula, self._text, self._plain):
            layout.addWidget(part)
        layout.addWidget(self._more, alignment=Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._now)
        layout.addWidget(self._see)
        self.apply_text_size()

    def _linked_label(self, name: str) -> QLabel:
        label = QLabel()
        label.setObjectName(name)
        label.setWordWrap(True)
        label.setOpenExternalLinks(False)
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        label.linkActivated.connect(self._on_link_activated)
        return label

    @property
    def words(self) -> str:
        """What can be read of it but for where to read on."""
        parts = (self._title.text(), self._text.text(), self._plain.text(), self._now.text())
        return "\n".join(part for part in parts if part)

    def show_topic(self, topic: Topic) -> None:
        """Its text is ours: Markdown with links to topics."""
        self._title.setText(topic.title)
        self._text.setTextFormat(Qt.TextFormat.MarkdownText)
        self._text.setText(topic.text)
        self._show_pages(())
        self._show(topic.picture, topic.see)

    def show_panel_help(self, title: str, text: str, see: tuple[str, ...]) -> None:
        """What one sees in a panel; names of columns may stand in ``text``, which is shown letter by letter."""
        self._title.setText(title)
        self._text.setText("")
        self._show("", see)
        # Addresses of links have no blanks: they count no words.
        n_around = sum(len(words.split()) for words in (title, self._see.text(), self._caption(1, 2)))
        self._show_pages(pages_of(text, MOST_WORDS - n_around))

    def _caption(self, page: int, n_pages: int) -> str:
        return self.tr("Read more ({page} of {n_pages})").format(page=page, n_pages=n_pages)

    def _show_pages(self, pages: tuple[str, ...], page: int = 0) -> None:
        self._pages, self._page = pages, page
        self._plain.setText(pages[page] if pages else "")
        self._plain.setVisible(bool(pages))
        caption = self._caption(page + 1, len(pages))
        self._more.setText(caption)
        self._more.setAccessibleName(caption)
        self._more.setVisible(len(pages) > 1)

    def _on_more_clicked(self) -> None:
        self._show_pages(self._pages, (self._page + 1) % len(self._pages))

    def _show(self, picture: str, see: tuple[str, ...]) -> None:
        self._text.setVisible(bool(self._text.text()))
        self._picture.show_picture(picture)
        self._formula.show_formula("" if picture in PICTURES else picture)
        self._see.setTextFormat(Qt.TextFormat.MarkdownText)
        links = " · ".join(f"[{TOPICS[name].short_title}]({linked(name)})" for name in see)
        self._see.setText(f"{self.tr('Read on:')} {links}" if links else "")
        self._see.setVisible(bool(links))

    def show_now(self, sentence: str) -> None:
        """What is so at the moment."""
        if self._now.text() != sentence:
            self._now.setText(sentence)
            self._now.setVisible(bool(sentence))

    def apply_text_size(self) -> None:
        self._title.setFont(larger_font(self.font(), TITLE))
        self._picture.updateGeometry()
        self._formula.updateGeometry()

    def apply_theme(self) -> None:
        # The colour of a link is laid out with the text.
        for label in (self._text, self._see):
            text = label.text()
            label.setText("")
            label.setText(text)
        self.update()

    def _on_link_activated(self, address: str) -> None:
        topic = topic_in(address)
        if topic:
            self.topic_chosen.emit(topic)
