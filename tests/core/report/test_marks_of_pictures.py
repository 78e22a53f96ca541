"""Small pictures of reports to the last mark: what stands where, from back to front.

One shape a line: its kind, its places in pixels, its colour; of lines the width and dashes, of words the anchor.
"""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from regdesk.core.report import model_pictures, sweep_pictures
from regdesk.core.report.model_pictures import MOST_BARS, MOST_DOTS, PartOutcome
from regdesk.core.report.values import Picture


def shapes(picture: Picture) -> list[str]:
    root = ElementTree.fromstring(picture.svg)
    assert (int(root.get("width", 0)), int(root.get("height", 0))) == (picture.width, picture.height)
    found = []
    for one in root.iter():
        kind, own = one.tag.rpartition("}")[2], one.get
        if kind == "polyline":
            found.append(f"line {own('points')} {own('stroke')} {own('stroke-width')} {own('stroke-dasharray', '')}")
        elif kind == "polygon":
            found.append(f"area {own('points')} {own('fill')}")
        elif kind == "rect":
            numbers = " ".join(f"{float(own(name, '0')):g}" for name in ("x", "y", "width", "height"))
            found.append(f"box {numbers} {own('fill')} {own('fill-opacity', '')}")
        elif kind == "g":
            dots = " ".join(f"{dot.get('cx')},{dot.get('cy')}" for dot in one)
            found.append(f"dots {dots} r{one[0].get('r')} {own('fill')} {own('fill-opacity')}")
        elif kind == "text":
            turned = " turned" if own("transform") else ""
            found.append(f"{one.text!r} {own('x')},{own('y')} {own('fill')} {own('text-anchor')}{turned}")
    return [one.replace(".00", "").strip() for one in found]


def part(name: str, targets: Any, predictions: Any = (), outputs: Any = ((0.0,),), weights: Any = None) -> PartOutcome:
    known = None if weights is None else np.asarray(weights, float)
    return PartOutcome(
        name, np.asarray(targets, float), np.asarray(outputs, float), np.asarray(predictions, float), known
    )


def curve(**changes: Any) -> Any:
    """Three λ, of which the largest is first."""
    values = {
        "lambdas": np.array([1.0, 0.1, 0.01]), "train_loss": np.array([4.0, 2.0, 1.0]),
        "validation_loss": np.array([5.0, 3.0, 3.5]), "validation_se": np.array([1.0, 0.5, np.nan]),
        "best": 1, "one_standard_error": 1, "n_folds": 3,
    }  # fmt: skip
    return SimpleNamespace(**(values | changes))


def path(weights: Any, *names: str, lambdas: Any = (1.0, 0.1, 0.01)) -> Any:
    facts = SimpleNamespace(is_network=False, input_names=names)
    return SimpleNamespace(facts=facts, weights=np.asarray(weights, float), lambdas=np.asarray(lambdas, float))


PICTURES = {
    "one output": lambda: model_pictures.weights_picture(["a", "b"], np.array([[-0.5], [1.0]]), ["y"]),
    "classes": lambda: model_pictures.weights_picture(["a"], np.array([[-0.5, 0.0, 1.0]]), ["red", "green", "blue"]),
    "inputs": lambda: model_pictures.inputs_picture(["a", "b"], np.array([[3.0, 4.0], [0.0, 1.0]])),
    "parity": lambda: model_pictures.parity_picture(
        [part("training", [0.0, 10.0], [1.0, 9.0]), part("test", [5.0], [4.0])], "price"
    ),
    "roc": lambda: model_pictures.roc_picture(
        [part("training", [0, 1], outputs=[[-1.0], [1.0]]), part("test", [], outputs=np.empty((0, 1))),
         part("validation", [0, 1, 1], outputs=[[0.0], [1.0], [-1.0]])], "yes"
    ),
    "confusion": lambda: model_pictures.confusion_picture(
        part("test", [0, 0, 1, 1], outputs=[[-1.0], [1.0], [1.0], [1.0]]), ["no", "yes"]
    ),
    "losses": lambda: sweep_pictures.loss_picture(curve(), 0.01),
    "a loss at 0": lambda: sweep_pictures.loss_picture(
        curve(lambdas=np.array([0.1, 0.0]), train_loss=np.array([4.0, 2.0]), validation_loss=np.array([5.0, 3.0]),
              validation_se=np.array([1.0, 0.5]), best=0, n_folds=1), 100.0
    ),
    "weights along λ": lambda: sweep_pictures.path_picture(
        curve(), path([[[0.0], [0.0]], [[1.0], [0.0]], [[2.0], [-1.0]]], "a", "b"), 0.1
    ),
    "norms along λ": lambda: sweep_pictures.path_picture(
        curve(), path([[[0.0, 0.0]], [[0.3, 0.4]], [[3.0, 4.0]]], "a"), 5.0
    ),
}  # fmt: skip

MARKS = {
    "one output": """
line 232.09,16 232.09,56 #E1E4E8 1
'−0.5' 232.09,73 #57606A middle
line 379.36,16 379.36,56 #E1E4E8 1
'0' 379.36,73 #57606A middle
line 526.64,16 526.64,56 #E1E4E8 1
'0.5' 526.64,73 #57606A middle
line 673.91,16 673.91,56 #E1E4E8 1
'1' 673.91,73 #57606A middle
'b' 200,30 #1F2328 end
box 379.36 20 294.55 12 #4A5568
'a' 200,50 #1F2328 end
box 232.09 40 147.27 12 #4A5568
line 379.36,16 379.36,56 #57606A 1.2
'standardised weight' 453,94 #1F2328 middle
""",
    "classes": """
axes
'a' 200,58 #1F2328 end
line 210,54 696,54 #E1E4E8 1
dots 232.1,54.0 r4 #3B2A8C 0.9
dots 673.9,54.0 r4 #1F9FB4 0.9
line 379.36,44 379.36,64 #57606A 1.2
'standardised weight' 453,102 #1F2328 middle
dots 214.0,16.0 r4 #3B2A8C 0.9
'red' 223,20 #1F2328 start
dots 380.7,16.0 r4 #C08A00 0.9
'green' 389.67,20 #1F2328 start
dots 547.3,16.0 r4 #1F9FB4 0.9
'blue' 556.33,20 #1F2328 start
""",
    "inputs": """
line 210,16 210,56 #E1E4E8 1
'0' 210,73 #57606A middle
line 290,16 290,56 #E1E4E8 1
'1' 290,73 #57606A middle
line 370,16 370,56 #E1E4E8 1
'2' 370,73 #57606A middle
line 450,16 450,56 #E1E4E8 1
'3' 450,73 #57606A middle
line 530,16 530,56 #E1E4E8 1
'4' 530,73 #57606A middle
line 610,16 610,56 #E1E4E8 1
'5' 610,73 #57606A middle
'a' 200,30 #1F2328 end
box 210 20 400 12 #4A5568
'2 of 2' 616,30 #57606A start
'b' 200,50 #1F2328 end
box 210 40 80 12 #4A5568
'1 of 2' 296,50 #57606A start
line 210,16 210,56 #57606A 1.2
'norm of the weights, standardised' 420,94 #1F2328 middle
""",
    "parity": """
axes
'price, predicted' 154.64,190 #1F2328 middle turned
line 190,360 530,20 #57606A 1 4 3
dots 205.5,313.6 514.5,66.4 r2.2 #0072B2 0.55
dots 546.0,30.0 r4 #0072B2 0.9
'training' 555,34 #1F2328 start
dots 360.0,220.9 r2.2 #009E73 0.55
dots 546.0,50.0 r4 #009E73 0.9
'test' 555,54 #1F2328 start
""",
    "roc": """
axes
'share of positive rows found' 159.60,180 #1F2328 middle turned
line 200,340 520,20 #57606A 1 4 3
line 200,340 200,20 520,20 #0072B2 2
line 530,30 548,30 #0072B2 2
'training' 554,34 #1F2328 start
line 200,340 200,180 520,180 520,20 #D55E00 2
line 530,50 548,50 #D55E00 2
'validation' 554,54 #1F2328 start
""",
    "confusion": """
'predicted' 159.04,18 #1F2328 middle
'observed' 14,160 #1F2328 middle turned
'no' 111.04,54 #1F2328 middle
'no' 53.04,116 #1F2328 end
'yes' 207.04,54 #1F2328 middle
'yes' 53.04,212 #1F2328 end
box 63.04 64 94 94 #E1E4E8 0.450
box 63.04 64 94 94 #56B4E9 0.375
'1' 110.04,116 #1F2328 middle
box 159.04 64 94 94 #E1E4E8 0.450
box 159.04 64 94 94 #E69F00 0.375
'1' 206.04,116 #1F2328 middle
box 63.04 160 94 94 #E1E4E8 0.450
box 63.04 160 94 94 #E69F00 00
'0' 110.04,212 #1F2328 middle
box 159.04 160 94 94 #E1E4E8 0.450
box 159.04 160 94 94 #56B4E9 0.750
'2' 206.04,212 #1F2328 middle
""",
    "losses": """
line 70,240.45 530,240.45 #E1E4E8 1
'1' 64,244.45 #57606A end
line 70,202.27 530,202.27 #E1E4E8 1
'2' 64,206.27 #57606A end
line 70,164.09 530,164.09 #E1E4E8 1
'3' 64,168.09 #57606A end
line 70,125.91 530,125.91 #E1E4E8 1
'4' 64,129.91 #57606A end
line 70,87.73 530,87.73 #E1E4E8 1
'5' 64,91.73 #57606A end
line 70,49.55 530,49.55 #E1E4E8 1
'6' 64,53.55 #57606A end
line 78.85,250 78.85,254 #57606A 1
'0.01' 78.85,267 #57606A middle
line 300,250 300,254 #57606A 1
'0.1' 300,267 #57606A middle
line 521.15,250 521.15,254 #57606A 1
'1' 521.15,267 #57606A middle
line 70,250 530,250 #57606A 1
'λ' 300,286 #1F2328 middle
'loss' 42.32,145 #1F2328 middle turned
area 521.15,49.55 300,145 78.85,145 78.85,145 300,183.18 521.15,125.91 #D55E00
line 521.15,125.91 300,202.27 78.85,240.45 #0072B2 2
dots 521.2,125.9 300.0,202.3 78.8,240.5 r3 #0072B2 1
line 521.15,87.73 300,164.09 78.85,145 #D55E00 2
dots 521.2,87.7 300.0,164.1 78.8,145.0 r3 #D55E00 1
'training' 536,129.91 #0072B2 start
'validation ± SE' 536,91.73 #D55E00 start
line 78.85,250 78.85,40 #B0558A 1.4
'in this report' 111,20 #B0558A middle
line 300,250 300,40 #57606A 1.4 4 3
'λ_best = λ_1se' 300,34 #1F2328 middle
""",
    "a loss at 0": """
axes
'loss' 42.32,145 #1F2328 middle turned
box 46.85 255 64 15 #FFFFFF
'0' 78.85,267 #57606A middle
area 189.42,49.55 78.85,168.86 78.85,216.59 189.42,145 #D55E00
line 189.42,145 78.85,240.45 #0072B2 2
dots 189.4,145.0 78.8,240.5 r3 #0072B2 1
line 189.42,97.27 78.85,192.73 #D55E00 2
dots 189.4,97.3 78.8,192.7 r3 #D55E00 1
line 193.42,145 533,145 #0072B2 1 1 3
'training' 536,149 #0072B2 start
line 193.42,97.27 533,97.27 #D55E00 1 1 3
'validation ± SE' 536,101.27 #D55E00 start
line 78.85,250 78.85,40 #57606A 1.4 4 3
'λ_1se' 79.50,20 #1F2328 middle
line 189.42,250 189.42,40 #57606A 1.4 4 3
'λ_best' 189.42,34 #1F2328 middle
line 521.15,250 521.15,40 #B0558A 1.4
'in this report' 521.15,34 #B0558A middle
""",
    "weights along λ": """
axes
'standardised weight' 19.52,145 #1F2328 middle turned
line 521.15,176.82 300,176.82 78.85,240.45 #C56662 1.5
dots 521.2,176.8 300.0,176.8 78.8,240.5 r2.5 #C56662 1
line 521.15,176.82 300,113.18 78.85,49.55 #3363D1 1.5
dots 521.2,176.8 300.0,113.2 78.8,49.5 r2.5 #3363D1 1
line 536,49.55 552,49.55 #3363D1 1.5
'a' 557,53.55 #3363D1 start
line 536,240.45 552,240.45 #C56662 1.5
'b' 557,244.45 #C56662 start
line 300,250 300,40 #B0558A 1.4
'λ_best = λ_1se, in this report' 300,34 #B0558A middle
""",
    "norms along λ": """
axes
'size of the weights' 42.32,145 #1F2328 middle turned
line 406.61,240.45 242.73,221.36 78.85,49.55 #3363D1 1.5
dots 406.6,240.5 242.7,221.4 78.8,49.5 r2.5 #3363D1 1
line 536,49.55 552,49.55 #3363D1 1.5
'a' 557,53.55 #3363D1 start
line 242.73,250 242.73,40 #57606A 1.4 4 3
'λ_best = λ_1se' 242.73,34 #1F2328 middle
line 521.15,250 521.15,40 #B0558A 1.4
'in this report' 521.15,34 #B0558A middle
""",
}
"""Worked out by hand for the ends of each axis; ``axes`` stands for lines and numbers of axes as in others."""


@pytest.mark.parametrize("name", list(PICTURES))
def test_a_picture_has_each_mark_at_its_place(name: str) -> None:
    found, wanted = shapes(PICTURES[name]()), MARKS[name].strip().splitlines()
    if wanted[0] == "axes":
        wanted, found = wanted[1:], found[1 - len(wanted) :]
    assert found == wanted


def test_words_below_a_picture_say_what_is_left_out() -> None:
    rng = np.random.default_rng(0)
    for n_more, words in ((0, ""), (3, " The 3 smaller ones are not drawn.")):
        n = MOST_BARS + n_more
        weights = rng.permutation(np.arange(1.0, n + 1.0))[:, np.newaxis]
        names = [f"x{int(one)}" for one in weights[:, 0]]
        picture = model_pictures.weights_picture(names, weights, ["y"])
        assert picture.caption == (
            f"Each bar is a weight. All are on the standardised scale, so that they can be compared.{words}"
        )
        named = [one.split(" ")[0] for one in shapes(picture) if one.startswith("'x")]
        assert named == [f"'x{number}'" for number in range(n, n - MOST_BARS, -1)]
        caption = model_pictures.inputs_picture(names, weights).caption
        assert caption.endswith("not zero." + (" The 3 inputs with smaller ones are not drawn." if n_more else ""))
    for n_rows, is_thin in ((MOST_DOTS, False), (MOST_DOTS + 1, True)):
        values = np.arange(float(n_rows))
        picture = model_pictures.parity_picture([part("training", values, values)], "y")
        assert ("at most 1,200 rows are drawn" in picture.caption) is is_thin
        dots = max((one for one in shapes(picture) if one.startswith("dots")), key=len).split(" ")[1:-3]
        assert (len(dots), dots[0] != dots[-1]) == (MOST_DOTS, True)
