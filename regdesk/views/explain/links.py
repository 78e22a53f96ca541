"""From "What one sees" on a control or a panel to the topic behind it."""

from __future__ import annotations

from html import escape

from regdesk.core.words.explain.on_screen import PENALTY_IN_FORCE, SEE_ALSO
from regdesk.core.words.explain.topic import SCHEME
from regdesk.core.words.explain.topics import TOPICS

LINK = f'<a href="{SCHEME}'
"""What a text has that was given one."""
OF_CONTROLS = {
    "lambdaSlider": "lambda",
    "lambdaEdit": "lambda",
    "penaltyBox": PENALTY_IN_FORCE,
    "l1RatioSlider": "elastic-net",
    "hiddenLayersEdit": "collapse",
    "optimizerBox": "optimiser",
    "learningRateEdit": "optimiser",
    "batchSizeEdit": "optimiser",
    "sweepButton": "choosing",
    "useBestLambdaButton": "choosing",
    "solveButton": "converged",
    "newSeedButton": "luck",
    "priorButton": "bayes",
    "objectiveLine": "objective",
}
"""By the names of the controls."""


def with_link(name: str, words: str) -> str:
    """``words`` on the control or panel ``name``, as text or rich text, followed by a link if there is a topic."""
    topic = OF_CONTROLS.get(name) or next(iter(SEE_ALSO.get(name, ())), "")
    if not topic:
        return words
    title = "the penalty in force" if topic == PENALTY_IN_FORCE else TOPICS[topic].short_title
    inside = words.removeprefix("<qt>").removesuffix("</qt>") if words.startswith("<qt>") else escape(words)
    return f'<qt>{inside}<br><br>{LINK}{topic}">Explain: {escape(title)}</a></qt>'


def topic_in(address: str) -> str:
    """The topic that a link of ours leads to; empty for any other address."""
    name = address.removeprefix(SCHEME)
    is_ours = address.startswith(SCHEME) and (name in TOPICS or name == PENALTY_IN_FORCE)
    return name if is_ours else ""
