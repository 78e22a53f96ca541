"""Topics on the penalties: what each does, and why."""

from __future__ import annotations

from regdesk.core.words.explain.topic import Topic

PENALTY_TOPICS = (
    Topic(
        "lambda",
        "λ: how hard the penalty presses",
        "λ says how much the penalty counts against the data loss. At λ = 0 nothing presses: the model fits its "
        "training rows as closely as it can. As λ grows the weights shrink on the whole, the training loss rises, "
        "and the validation loss often falls, then rises: the best λ lies between. As λ → ∞ all that is penalised "
        "goes to zero. Only the [biases](topic:biases) stay, and every row gets the same answer: the mean of the "
        "training rows, or the share of each class.",
        ("choosing", "collapse"),
    ),
    Topic(
        "none",
        "No penalty, or λ = 0",
        "Nothing holds the weights: training fits the training rows as closely as it can, noise included, which is "
        "[overfitting](topic:overfitting) once there are enough weights. A linear model without a penalty is least "
        "squares, or logistic regression. With more inputs than rows many sets of weights fit perfectly, and "
        "nothing says which to take. Where classes can be told apart without a mistake the weights grow without "
        "end, because being surer is always a little better. L2, however weak, settles both.",
        ("l2", "l1", "overfitting"),
        called="No penalty",
    ),
    Topic(
        "l1",
        "L1, the lasso: why it makes zeros",
        "L1 adds λ times the sum of all |w|. It pulls each weight towards zero with λ, however small the weight "
        "is. So a weight stays at exactly zero as long as the pull of the data loss (its slope) is at most λ. As λ "
        "grows, mostly one weight after another goes, and the others shrink. With squared error this is the "
        "**lasso** (Tibshirani 1996). A zero means “not needed beside the others”, not “without effect”: see "
        "[twins](topic:twins).",
        ("proximal", "corner", "l2"),
        "slopes",
    ),
    Topic(
        "l2",
        "L2, or ridge: why it makes no zeros",
        "L2 adds λ/2 times the sum of w²: half the *square* of the Euclidean norm. It pulls on a weight with λw. "
        "As the weight shrinks the pull fades, and nothing pushes the last bit to zero: a linear model's weight "
        "gets small, and is exactly zero only by chance. With squared error this is **ridge** regression (Hoerl "
        "and Kennard 1970). The norm without the square has a corner at zero: see [group "
        "lasso](topic:group-lasso). A network can [collapse](topic:collapse) even so.",
        ("corner", "underflow", "l1"),
        "slopes",
    ),
    Topic(
        "elastic-net",
        "The elastic net: L1 and L2 together",
        "The elastic net adds both: r parts of [L1](topic:l1) and 1 − r parts of [L2](topic:l2) (Zou and Hastie "
        "2005). L1 still makes exact zeros: a weight stays there while the data loss pulls on it with no more than "
        "rλ. L2 keeps inputs together that say nearly the same, where L1 alone would pick one, and makes the "
        "weights of a linear model unique. At r = 1 it is the lasso, at r = 0 it is ridge.",
        ("twins", "l1", "l2"),
        "slopes",
    ),
    Topic(
        "group-lasso",
        "The group lasso: inputs go as a whole",
        "The group lasso adds, for each group, λ times the length of the group times the root of its "
        "size (Yuan and Lin 2006). A length, not its square: its corner is where the whole group is zero, so a "
        "group goes all at once or not at all. A group is what leaves one input column in the first layer, or one "
        "unit in a deeper one. So whole inputs and units drop out of a network. Where every group has one weight "
        "it is the [lasso](topic:l1).",
        ("proximal", "l1", "factors"),
    ),
    Topic(
        "corner",
        "The diamond and the disc",
        "Allow the penalty a budget, R(W) ≤ t. Under L1 the allowed weights form a diamond, under L2 a disc. The "
        "best of them is where a contour of the data loss touches the edge. The diamond has its corners on the "
        "axes, where a weight is zero, and contours from many directions touch it there. The disc is round: as a "
        "rule it is touched where both weights differ from zero. In a linear model each λ allows a budget t: more "
        "λ, less t. The ball that is drawn is what the weights spend now; training brings it to t.",
        ("l1", "l2", "elastic-net"),
        "balls",
        called="Diamond and disc",
    ),
    Topic(
        "proximal",
        "How a step makes an exact zero",
        "Each step has two halves. The optimiser moves the weight against the slope of the data loss, to u. Then "
        "the penalty acts: L1 moves u towards zero by τ and stops there if it arrives; L2 divides u by 1 + c, "
        "which makes no zero. τ and c grow with λ and the learning rate. A weight at zero is not dead: it leaves "
        "once the optimiser moves it by more than τ. Click on a weight to see [its step](topic:weight-step).",
        ("l1", "l2"),
        "steps",
        called="Exact zeros",
    ),
    Topic(
        "twins",
        "Two inputs that say the same",
        "Where two columns are nearly equal, the data know the sum of their weights and hardly anything about the "
        "difference. Without a penalty the two can be large and of opposite sign. The lasso mostly keeps one and "
        "sets the other to zero, and a few other rows may reverse the choice. Ridge gives both nearly the same "
        "weight. The elastic net shares much as ridge does, and still drops what is not needed. So a zero under L1 "
        "does not say that an input does not matter: its twin may speak for it.",
        ("l1", "elastic-net", "standardised"),
        "twins",
        called="Twins",
    ),
    Topic(
        "biases",
        "Biases are free",
        "The penalty presses on weights, never on biases (the intercept of a linear model). A bias puts the answers "
        "at the right height. Were it pressed as well, answers would be drawn to 0, and the result would depend on "
        "where the target's scale has its zero: one for °C, another for kelvin. Free biases are also why λ → ∞ "
        "leaves the mean of the training rows and not nothing.",
        ("lambda", "standardised", "bayes"),
    ),
    Topic(
        "standardised",
        "Why scale matters",
        "A length in millimetres has numbers a thousand times as large as in metres, so its weight is a thousand "
        "times smaller, and the penalty would hardly feel it. It would press on units instead of on importance. So "
        "each input is standardised: its mean is subtracted, and it is divided by its standard deviation, both "
        "from training rows alone. In a linear model a weight then says what one standard deviation of its input "
        "does.",
        ("factors", "biases", "twins"),
        "standardised",
    ),
    Topic(
        "factors",
        "Penalty factors and row weights",
        "A penalty factor F multiplies the penalty of all weights that leave an input. F = 0: this input is never "
        "penalised and stays in, whatever λ is; F = 2: it is pressed twice as hard. Row weights v do so for rows: "
        "the data loss is a weighted mean, so that a row of weight 2 counts as two equal rows, and one of weight 0 is "
        "not there. Both are set in the Data dialog (Ctrl+D).",
        ("objective", "standardised"),
        called="Penalty factors",
    ),
)  # fmt: skip
