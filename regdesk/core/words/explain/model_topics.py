"""Topics on the objective, on training, and on what a model can come to."""

from __future__ import annotations

import numpy as np

from regdesk.core.words.explain.topic import Topic
from regdesk.core.words.number_text import number_text

TINY = {name: number_text(float(np.finfo(name).tiny)) for name in ("float32", "float64")}
"""The sizes below which the engine stores a weight as 0."""

MODEL_TOPICS = (
    Topic(
        "objective",
        "What training makes small",
        "Training looks for the weights that make **J** smallest: the data loss, which says how badly the model fits "
        "the training rows, plus [λ](topic:lambda) times the penalty R(W), which says how large the weights are. One "
        "term wants to fit, the other wants small weights; they settle where a little of one costs as much as it "
        "saves of the other. Validation rows are not in J. They are kept out, so that they can tell whether the model "
        "has learnt something or only [remembers its rows](topic:overfitting).",
        ("lambda", "overfitting", "converged"),
    ),
    Topic(
        "loss-squared",
        "Data loss: half the squared error",
        "For each row the error is the target minus the model's answer; the loss is half its square, and the data "
        "loss is the mean over the training rows. An error twice as large costs four times as much. The half makes "
        "the slope just the error. With a standardised target, giving every training row their mean costs exactly "
        "0.5: a validation loss well above that is worse than no model. R² is 1 minus the squared error over that of "
        "the mean.",
        ("objective", "overfitting"),
    ),
    Topic(
        "loss-logistic",
        "Data loss: log-loss",
        "The model gives each row a probability of the second class. A row costs −log of the probability that was "
        f"given to its true class: 0 if that was 1, {np.log(2.0):.2f} for one half, and without bound the surer a "
        "wrong answer is. So a network that knows its training rows by heart can have a huge validation loss: it is "
        "sure about rows it has never seen, and wrong about some. Accuracy does not notice; log-loss does.",
        ("objective", "overfitting"),
    ),
    Topic(
        "loss-softmax",
        "Data loss: cross-entropy",
        "The model has an output for each class, and softmax makes probabilities of them that add up to 1. A row costs "
        "−log of the probability that was given to its true class: 0 if that was 1, log K if it was one in K, and "
        "without bound the surer a wrong answer is. So a network that knows its training rows by heart can have a huge "
        "validation loss: it is sure about rows it has never seen, and wrong about some.",
        ("objective", "overfitting"),
    ),
    Topic(
        "weight-step",
        "One step of one weight",
        "Below are the numbers of the next step: first the optimiser's half, which goes against the slope of the data "
        "loss, then the [penalty's half](topic:proximal). To see another weight, click on it: on a mark in Weights, a "
        "curve in Path, or choose it under Geometry.",
        ("proximal", "optimiser"),
        called="A weight's step",
    ),
    Topic(
        "optimiser",
        "SGD, momentum, Adam",
        "The optimiser decides how far a weight moves. SGD moves it by η (the learning rate) times the slope. "
        "Momentum follows a running mean of slopes, damped, so that λ keeps its meaning. Adam also divides by d, "
        "about the root of the weight's mean squared slope, so that all weights move at a similar pace. The "
        "penalty's half of a step is divided by the same d, so all three come to rest at the same points. d has a "
        "floor, so that one can watch a rise of λ shrink the weights.",
        ("proximal", "weight-step", "diverged"),
    ),
    Topic(
        "collapse",
        "How a whole network dies",
        "In a network the slope of a weight is a product with weights of other layers. When those are near zero "
        "hardly any slope is left, and nothing resists the penalty. So at a large enough λ the layers pull each "
        "other down, even under L2, which holds no weight of a linear model at zero. Once all weights are zero and "
        "the output biases fit, no slope reaches any of them: a smaller λ does not bring the network back; Reset "
        "does. A linear model comes back by itself.",
        ("underflow", "l2", "lambda"),
        called="Collapse",
    ),
    Topic(
        "underflow",
        "λ = 10⁹: zero, or too small to hold?",
        "Under L2 each step divides a weight by 1 + c. On paper it never gets to zero. In a computer numbers have a "
        f"least size: about {TINY['float32']} in float32, in which networks are trained, and {TINY['float64']} in "
        "float64, which linear models have. A smaller weight is stored as 0: *underflow*, not an exact zero such as "
        "L1 makes, and it is counted apart, as “too small”. The ridge weights of a linear model do not come to that, "
        "even at λ = 10⁹: they settle near slope/λ, tiny but not zero.",
        ("l2", "collapse"),
    ),
    Topic(
        "diverged",
        "When the loss runs away",
        "A step that is too long lands higher on the other side, the next one higher still, and the loss leaves all "
        "bounds. Training stops, and the last sound weights are kept. The learning rate is too large for this data: "
        "lower it to a third or a tenth, then press Run. λ is not to blame: the penalty's half of a step can only "
        "make weights smaller, however large λ is.",
        ("optimiser", "proximal"),
    ),
    Topic(
        "converged",
        "When is it done?",
        "At a minimum no small change of the weights makes J smaller: the slope of the data loss and the pull of "
        "the penalty cancel. A weight at exactly zero rests while the slope there is no more than the penalty "
        "holds. The **residual** (in records KKT, after Karush, Kuhn and Tucker) is the largest part that "
        "does not cancel; 0 means a point of rest. A linear model has one lowest J, and the window's last line "
        "says how far above it yours is. A network has many points of rest; this one need not be the best.",
        ("objective", "optimiser"),
    ),
)  # fmt: skip
