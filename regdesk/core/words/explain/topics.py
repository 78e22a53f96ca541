"""All topics, under the headings of the list."""

from __future__ import annotations

from regdesk.core.words.explain.judging_topics import JUDGING_TOPICS
from regdesk.core.words.explain.model_topics import MODEL_TOPICS
from regdesk.core.words.explain.penalty_topics import PENALTY_TOPICS
from regdesk.core.words.explain.topic import Topic

HEADINGS = {"Penalties": PENALTY_TOPICS, "The model": MODEL_TOPICS, "Judging it": JUDGING_TOPICS}
TOPICS: dict[str, Topic] = {topic.name: topic for group in HEADINGS.values() for topic in group}
