"""λ as programs have it that train by gradients: scikit-learn's MLP, Keras and PyTorch.

Their losses are means over the rows of a batch, and their penalties weigh on the matrices alone where they are given to
these. The target is standardised as here: a network's layers cannot be scaled back as a linear model can.
"""

from __future__ import annotations

from regdesk.core.words.lambda_facts import LambdaFacts, LambdaTranslation, nothing, said

_SCIKIT_LEARN, _KERAS, _TORCH = "scikit-learn", "Keras", "PyTorch"
_L1_SUM, _GROUP_SUM = "factor of Σ|W|", "factor of Σ√|g| ‖W_g‖₂"
_NO_FACTORS = "it has no penalty factors."


def scikit_learn_network(facts: LambdaFacts) -> list[LambdaTranslation]:
    """MLPRegressor and MLPClassifier, which divide their L2 by the rows of a batch."""
    if facts.penalty not in ("none", "l2"):
        return nothing(_SCIKIT_LEARN, "its networks have L2 alone.")
    if facts.has_factors:
        return nothing(_SCIKIT_LEARN, _NO_FACTORS)
    estimator = "MLPRegressor" if facts.is_regression else "MLPClassifier"
    counted = facts.n_counted * facts.batch_rows / facts.n_rows
    strength = facts.lam * counted
    options = f"hidden_layer_sizes={facts.architecture.hidden!r}, activation={facts.architecture.activation!r}, "
    options += f"alpha={strength!r}, batch_size={facts.batch_rows}"
    weights = ", w" if facts.is_weighted else ""
    note = f"{_standardized(facts)}; alpha is divided by the rows of a batch, here {counted:.10g}"
    if facts.is_weighted:
        note += " by their weights" if facts.batch_rows == facts.n_rows else " by their weights on average"
    head = f"from sklearn.neural_network import {estimator}"
    snippet = f"{head}\nmodel = {estimator}({options}).fit(X, y{weights})"
    return said(_SCIKIT_LEARN, {"alpha": strength}, snippet, f"{note}.")


def keras(facts: LambdaFacts) -> list[LambdaTranslation]:
    """``kernel_regularizer`` of every layer, beside a mean loss. Its L2 has no ½, and its ``mse`` neither."""
    if facts.penalty == "group-lasso":
        return nothing(_KERAS, "it has no group lasso among its regularizers.")
    if facts.has_factors:
        return nothing(_KERAS, _NO_FACTORS)
    share = facts.l1_share
    # 2 J = mse + 2λr ‖W‖₁ + λ(1 − r) ‖W‖₂², and J = cross-entropy + λr ‖W‖₁ + ½λ(1 − r) ‖W‖₂².
    doubled = 2.0 if facts.is_regression else 1.0
    first, second = doubled * facts.lam * share, doubled * facts.lam * (1.0 - share) / 2.0
    loss = {0: '"mse"', 2: "keras.losses.BinaryCrossentropy(from_logits=True)"}.get(
        facts.n_classes, "keras.losses.SparseCategoricalCrossentropy(from_logits=True)"
    )
    numbers = {"l1": {"l1": first}, "l2": {"l2": second}, "none": {"l2": 0.0}}.get(
        facts.penalty, {"l1": first, "l2": second}
    )
    options = ", ".join(f"{name}={number!r}" for name, number in numbers.items())
    *hidden, last = (*facts.architecture.hidden, facts.n_classes if facts.n_classes > 2 else 1)
    layers = [f'dense({units}, "{facts.architecture.activation}")' for units in hidden] + [f"dense({last})"]
    regularizer = f"keras.regularizers.L1L2({options})"
    snippet = (
        f"import keras; dense = lambda *a: keras.layers.Dense(*a, kernel_regularizer={regularizer})\n"
        f"model = keras.Sequential([{', '.join(layers)}]); model.compile(loss={loss})"
    )
    note = f"{_standardized(facts)}; the penalty is added to the mean loss of a batch, whatever its rows"
    note += "; mse has no ½, so all of it is 2 J" if facts.is_regression else ""
    note += "; w divided by its mean as sample_weight" if facts.is_weighted else ""
    return said(_KERAS, numbers, snippet, f"{note}.")


def torch(facts: LambdaFacts) -> list[LambdaTranslation]:
    """``weight_decay`` of the matrices alone, which adds itself × W to a gradient; L1 has to stand in the loss."""
    if facts.has_factors:
        return nothing(_TORCH, _NO_FACTORS)
    if facts.penalty == "group-lasso" and not facts.are_inputs_columns:
        return nothing(_TORCH, "inputs of one column are one group, which no single number says.")
    doubled = 2.0 if facts.is_regression else 1.0
    first, second = doubled * facts.lam * facts.l1_share, doubled * facts.lam * (1.0 - facts.l1_share)
    numbers: dict[str, float] = {}
    sums = ""
    if facts.penalty == "group-lasso":
        numbers[_GROUP_SUM] = doubled * facts.lam
        sums = f" + {numbers[_GROUP_SUM]!r} * sum(len(p) ** 0.5 * p.norm(dim=0).sum() for p in W)"
    elif facts.penalty in ("l1", "elastic-net"):
        numbers[_L1_SUM] = first
        sums = f" + {first!r} * sum(p.abs().sum() for p in W)"
    if facts.penalty in ("l2", "elastic-net", "none"):
        numbers["weight_decay"] = second if facts.penalty != "none" else 0.0
    decay = numbers.get("weight_decay", 0.0)
    loss = {0: "mse_loss", 2: "binary_cross_entropy_with_logits"}.get(facts.n_classes, "cross_entropy")
    # One output is a column, and y none.
    rows = "model(X), y" if facts.n_classes > 2 else "model(X)[:, 0], y"
    mean = f"torch.nn.functional.{loss}({rows})"
    if facts.is_weighted:
        mean = f'(w * torch.nn.functional.{loss}({rows}, reduction="none")).sum() / w.sum()'
    snippet = (
        "W, b = ([p for p in model.parameters() if (p.ndim > 1) == is_matrix] for is_matrix in (True, False)); "
        f'optimizer = torch.optim.Adam([{{"params": W, "weight_decay": {decay!r}}}, {{"params": b}}])\n'
        f"loss = {mean}{sums}"
    )
    note = f"{_standardized(facts)}; W are the matrices of model, b its biases"
    note += "; mse_loss has no ½, so all of it is 2 J" if facts.is_regression else ""
    if sums:
        note += "; steps along gradients leave small weights where there are zeros here"
    if "weight_decay" in numbers:
        note += "; not with AdamW, whose decay is another penalty"
    return said(_TORCH, numbers, snippet, f"{note}.")


def _standardized(facts: LambdaFacts) -> str:
    parts = ["X"] if facts.are_inputs_scaled else []
    parts += ["y"] if facts.is_target_scaled else []
    return f"{' and '.join(parts)} standardised as here" if parts else "X and y as they are"
