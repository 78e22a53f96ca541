"""Topics are short, lead to topics that there are, and say of the moment what is so."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from canned import Canned, dataset_of
from tables import write_kinds, write_sparse

from regdesk.core.run.verdict import Verdict
from regdesk.core.settings.view_table import PANELS
from regdesk.core.types import TrainSettings
from regdesk.core.words.explain.now import now_text
from regdesk.core.words.explain.objective import loss_kind
from regdesk.core.words.explain.on_screen import SEE_ALSO, topic_on_screen
from regdesk.core.words.explain.pages import pages_of
from regdesk.core.words.explain.topic import MOST_WORDS, SCHEME, Topic
from regdesk.core.words.explain.topics import HEADINGS, TOPICS
from regdesk.views.explain.pictures import IN_WORDS, PICTURES

RESOURCES = Path(__file__).resolve().parents[4] / "resources"
LINK = re.compile(r"\[([^]]+)\]\(([^)]*)\)")
PENALTIES = ["none", "l1", "l2", "elastic-net", "group-lasso"]


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tables")
    sparse, kinds = write_sparse(folder / "sparse.csv"), write_kinds(folder / "kinds.csv")
    squared, softmax = dataset_of(sparse, "y"), dataset_of(kinds, "kind")
    found = [Canned.of(squared, (), settings=TrainSettings(penalty, 0.0123)).with_zeros(3) for penalty in PENALTIES]
    return [*found, Canned.of(softmax, (8,), settings=TrainSettings("l1", 1e9))]


def read_words(topic: Topic, now: str) -> list[str]:
    """What a person reads of it, where to read on included."""
    text = LINK.sub(lambda link: link[1], topic.text)
    see = f"Read on: {' · '.join(TOPICS[name].short_title for name in topic.see)}"
    return f"{topic.title} {text} {now} {see}".split()


@pytest.mark.parametrize("topic", TOPICS.values(), ids=list(TOPICS))
def test_a_topic_is_no_longer_than_can_be_read_at_a_glance(models, topic):
    for model in models:
        gradient = np.full(model.network.n_parameters, 0.0123)
        now = now_text(topic.name, model.snapshot(12345.0, gradient=gradient), model.run_scene)
        assert len(read_words(topic, now)) <= MOST_WORDS, (topic.name, now)


@pytest.mark.parametrize("topic", TOPICS.values(), ids=list(TOPICS))
def test_links_lead_to_other_topics_and_pictures_are_there(topic):
    addresses = [address for _, address in LINK.findall(topic.text)]
    assert all(address.startswith(SCHEME) for address in addresses)
    for name in [*(address.removeprefix(SCHEME) for address in addresses), *topic.see]:
        assert name in TOPICS
        assert name != topic.name
    assert "<" not in topic.text
    if topic.picture and topic.picture not in PICTURES:
        assert (RESOURCES / "formulas" / f"{topic.picture}.svg").is_file()


def test_every_topic_is_in_the_list_once_and_is_led_to():
    listed = [topic.name for group in HEADINGS.values() for topic in group]
    assert len(listed) == len(set(listed)) == len(TOPICS)
    led_to = {name for topic in TOPICS.values() for name in topic.see}
    led_to |= {address.removeprefix(SCHEME) for topic in TOPICS.values() for _, address in LINK.findall(topic.text)}
    # The others follow from what is on screen.
    assert set(TOPICS) - led_to <= {"none", "loss-squared", "loss-logistic", "loss-softmax"}
    assert set(IN_WORDS) == set(PICTURES) <= {topic.picture for topic in TOPICS.values()}


def test_the_drawn_formulas_are_those_of_the_script_and_all_are_used():
    drawn = {path.stem for path in (RESOURCES / "formulas").glob("*.svg")}
    script = (RESOURCES / "formulas" / "draw.py").read_text(encoding="utf-8")
    assert drawn == set(re.findall(r'^    "([a-z0-9-]+)": r"', script, re.MULTILINE))
    source = " ".join(path.read_text(encoding="utf-8") for path in (RESOURCES.parent / "regdesk").rglob("explain/*.py"))
    made = {
        *(f"loss-{kind}{end}" for kind in ("squared", "logistic", "softmax") for end in ("", "-weighted")),
        *(f"penalty-{kind}{end}" for kind in PENALTIES[1:] for end in ("", "-factors")),
        *(f"prox-{kind}" for kind in PENALTIES), "step-adam", "step-momentum", "step-sgd",
    }  # fmt: skip
    assert {name for name in drawn if f'"{name}"' not in source} <= made
    assert made <= drawn


def test_numbers_of_the_moment_are_those_of_the_model(models):
    none, lasso, ridge, net, _, classes = models
    snapshot, scene = lasso.snapshot(), lasso.run_scene
    assert now_text("l1", snapshot, scene) == "Now λ = 0.0123, and 3 of 8 weights are exactly zero."
    assert now_text("none", snapshot, scene) == "The present penalty is L1."
    off = replace(snapshot, settings=replace(snapshot.settings, lam=0.0))
    assert now_text("none", off, scene).startswith("Now: training loss")
    gradient = np.linspace(-0.5, 0.2, lasso.network.n_parameters)
    pulled = now_text("l1", lasso.snapshot(gradient=gradient), scene)
    assert pulled.endswith("exactly zero; the largest pull on what is zero is 0.5.")
    assert now_text("l1", ridge.snapshot(), scene) == "The present penalty is L2."
    share = 100.0 * 0.0123 * snapshot.penalty_value / snapshot.objective
    assert now_text("objective", snapshot, scene) == f"Now the penalty makes up {share:.3g} % of J."
    rate = 0.0123 * scene.n_train
    assert now_text("bayes", snapshot, scene).endswith(f"Laplace of scale {1.0 / rate:.3g} σ².")
    assert now_text("bayes", ridge.snapshot(), scene).endswith(f"Gauss of variance {1.0 / rate:.3g} σ².")
    assert now_text("bayes", net.snapshot(), scene).endswith(
        f"Laplace of scale {2.0 / rate:.3g} σ² times Gauss of variance {2.0 / rate:.3g} σ²."
    )
    assert now_text("freedom", snapshot, scene) == "Now 5 of 8 weights are not zero."
    assert now_text("freedom", none.snapshot(), scene) == ""
    assert now_text("freedom", ridge.snapshot(), scene, 4.25) == (
        "Now, at λ = 0.0123, the exact model has 3.25 of at most 8 degrees of freedom in its weights, and 1 in its "
        "intercept."
    )
    norm = float(np.linalg.norm(ridge.parameters[ridge.network.is_weight]))
    assert f"‖W‖₂ = {norm:.2f}" in now_text("l2", ridge.snapshot(), scene)
    assert now_text("biases", snapshot, scene) == "Here 8 weights can be pressed, and one bias is free."
    assert now_text("loss-softmax", classes.snapshot(), classes.run_scene).endswith(f"log 3 = {math.log(3.0):.2f}.")
    measured = snapshot.measured
    assert now_text("overfitting", snapshot, scene) == (
        f"Now: training loss {measured.train_loss:.3f}, validation loss {measured.validation_loss:.3f}, "
        f"gap {measured.gap:.4f}.".replace("-", "−")
    )


@pytest.mark.parametrize("name", ["l2", "lambda", "proximal"])
def test_what_is_too_small_is_counted_beside_none_that_is_zero(models, name):
    ridge = models[2]
    snapshot = ridge.snapshot()
    layers = tuple(replace(layer, n_negligible=8) for layer in snapshot.layers)
    small = replace(snapshot, layers=layers, n_nonzero=snapshot.n_weights)
    now = now_text(name, small, ridge.run_scene)
    if name == "l2":
        assert now.endswith("and none of 8 weights is exactly zero (8 too small).")
    assert len(read_words(TOPICS[name], now)) <= MOST_WORDS


def test_the_topic_follows_what_is_on_screen(models):
    lasso, classes = models[1], models[-1]
    frame, scene = lasso.frame(), lasso.run_scene
    assert topic_on_screen(None, None, "") == "objective"
    assert topic_on_screen(frame, scene, "") == "l1"
    assert topic_on_screen(frame, scene, "geometryPanel") == "corner"
    assert topic_on_screen(frame, scene, "lambdaPanel") == "choosing"
    assert topic_on_screen(frame, scene, "pathPanel") == "path"
    assert topic_on_screen(frame, scene, "weight-step") == "weight-step"
    assert topic_on_screen(classes.frame(), classes.run_scene, "historyPanel") == "loss-softmax"
    off = replace(frame.snapshot, settings=replace(frame.snapshot.settings, lam=0.0))
    assert topic_on_screen(lasso.frame(snapshot=off), scene, "histogramPanel") == "none"

    def on(**values):
        return topic_on_screen(lasso.frame(snapshot=replace(frame.snapshot, **values)), scene, "geometryPanel")

    assert on(has_diverged=True, is_collapsed=True) == "diverged"
    assert on(is_collapsed=True) == "collapse"
    layer = replace(frame.snapshot.layers[0], n_too_small=2)
    assert on(layers=(layer,)) == "underflow"


def test_it_speaks_of_overfitting_where_the_window_does(models):
    lasso = models[1]
    verdicts = {kind: Verdict(kind, 0.1, 0.4, None, 0.5) for kind in ("overfitting", "underfitting")}
    for kind, verdict in verdicts.items():
        frame = lasso.frame(verdict=verdict)
        for panel in ("", "historyPanel", "dataFitPanel"):
            assert topic_on_screen(frame, lasso.run_scene, panel) == kind
        assert topic_on_screen(frame, lasso.run_scene, "histogramPanel") == "l1"


def test_every_panel_has_somewhere_to_read_on():
    assert all(name in TOPICS for names in SEE_ALSO.values() for name in names)
    assert set(SEE_ALSO) == set(PANELS)


def test_each_task_has_its_loss(models):
    assert [loss_kind(model.run_scene) for model in (models[0], models[-1])] == ["squared", "softmax"]


def test_a_long_text_is_cut_between_sentences_into_pages_of_one_length():
    sentences = [f"{'word ' * n_words}end." for n_words in (30, 40, 50, 60, 20)]
    text = " ".join(sentences)
    pages = pages_of(text)
    assert " ".join(pages) == text
    assert [len(page.split()) for page in pages] == [31 + 41, 51 + 61, 21]
    assert max(len(page.split()) for page in pages) <= MOST_WORDS
    assert pages_of("One. Two.") == ("One. Two.",)
    assert pages_of(f"{'word ' * 150}end. Two.") == (f"{'word ' * 150}end.", "Two.")
