"""Words of readouts that lead to topics: one a topic, none within a tag or a colour, all to topics that there are."""

from __future__ import annotations

from regdesk.core.words.explain.on_screen import PENALTY_IN_FORCE
from regdesk.core.words.explain.topics import TOPICS
from regdesk.core.words.explain.word_links import TOPICS_OF_WORDS, own_words, with_topic_links


def test_every_word_leads_to_a_topic_and_is_found():
    assert set(TOPICS_OF_WORDS.values()) <= {*TOPICS, PENALTY_IN_FORCE}
    for word, topic in TOPICS_OF_WORDS.items():
        assert with_topic_links(f"it is {word}, now") == f'it is <a href="topic:{topic}">{word}</a>, now'
        assert "href" not in with_topic_links(f"un{word}ly")


def test_a_topic_has_one_link_and_text_stays_text():
    linked = with_topic_links("gap <b> & overfitting: the gap, ‖W‖₁ 3")
    assert linked == (
        '<a href="topic:overfitting">gap</a> &lt;b&gt; &amp; overfitting: the gap, <a href="topic:l1">‖W‖₁</a> 3'
    )


def test_a_colour_keeps_its_words():
    rich = '<span style="color: red">gap</span><br>zero <b>gap</b>'
    assert with_topic_links("gap zero gap", rich) == rich.replace("zero", '<a href="topic:proximal">zero</a>')


def test_a_word_that_names_in_the_file_have_leads_nowhere():
    assert own_words(
        (
            "gap",
            "unzero",
            "seed of <maize>",
            "colour=too small",
            "<zero",
        )
    ) == {
        "gap",
        "seed",
        "too small",
        "zero",
    }
    assert with_topic_links("gap, alive", None, own_words(("the gap",))) == with_topic_links("alive").replace(
        "<a", "gap, <a"
    )
