"""The list of all topics, with a line between groups."""

from __future__ import annotations

from PySide6.QtCore import QObject

from regdesk.core.words.explain.topics import HEADINGS
from regdesk.views.kit.slim_box import SlimComboBox


def make_topic_box(parent: QObject) -> SlimComboBox:
    """Each entry has the name of its topic as data; ``parent`` translates."""
    box = SlimComboBox()
    box.setObjectName("explainTopicBox")
    box.setAccessibleName(parent.tr("Topics"))
    box.setToolTip(parent.tr("All topics"))
    for number, group in enumerate(HEADINGS.values()):
        if number:
            box.insertSeparator(box.count())
        for topic in group:
            box.addItem(topic.title, topic.name)
    box.setPlaceholderText(parent.tr("Topics"))
    return box
