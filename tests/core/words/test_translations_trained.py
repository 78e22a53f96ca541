"""λ for Keras and PyTorch, proved by training there with the snippets themselves, where they are installed.

A linear model is trained from nothing to what ``regdesk fit`` finds; a network, whose minima are many, begins at ours
and has to stay.
"""

from __future__ import annotations

import json
import re
import subprocess

import numpy as np
import pytest
from export_runners import TORCH, missing_for
from fit_command import fit, write_csv

LAM = 0.07
CASES = {
    "lasso": (["--hidden=", "--penalty", "l1"], 0, False),
    "ridge": (["--hidden=", "--penalty", "l2"], 0, False),
    "ridge of rows with weights": (["--hidden=", "--penalty", "l2"], 0, True),
    "elastic net, raw target": (["--hidden=", "--penalty", "elastic-net", "--no-standardize-target"], 0, False),
    "two classes": (["--hidden=", "--penalty", "elastic-net"], 2, False),
    "three classes": (["--hidden=", "--penalty", "l2"], 3, True),
    "groups": (["--hidden=", "--penalty", "group-lasso"], 3, False),
    "tanh": (["--hidden", "3", "--penalty", "l2", "--tol", "2e-6"], 0, False),
    "tanh, two classes": (["--hidden", "3", "--penalty", "elastic-net", "--tol", "2e-6"], 2, False),
}
SCRIPT = '''
import json, os, sys
os.environ["KERAS_BACKEND"] = "torch"
import torch
N_STEPS = 600
torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)
torch.manual_seed(1)
try:
    import keras
    keras.config.set_floatx("float64")
    keras.utils.set_random_seed(1)
except ImportError:
    keras = None

def arrays(case):
    y = case["y"] if isinstance(case["y"][0], float) else [int(one) for one in case["y"]]
    # One output has a number for each row, also where it is a class.
    y = torch.tensor(y, dtype=torch.int64 if case["n_classes"] > 2 else torch.float64)
    return torch.tensor(case["X"]), y, torch.tensor(case["w"])

def train(optimizer, loss_of, case):
    """Full batches; the steps become smaller, as Adam's own do not."""
    for step in range(N_STEPS):
        if step in (0, N_STEPS // 2, 3 * N_STEPS // 4):
            for group in optimizer.param_groups:
                group["lr"] = case["rate"] if not step else group["lr"] / 10
        optimizer.zero_grad()
        loss_of().backward()
        optimizer.step()

def with_torch(case):
    X, y, w = arrays(case)
    layers = []
    for weights, biases in case["layers"]:
        layer = torch.nn.Linear(len(weights), len(biases))
        if len(case["layers"]) > 1:
            layer.weight.data, layer.bias.data = torch.tensor(weights).T.contiguous(), torch.tensor(biases)
        layers += [layer, torch.nn.Tanh()]
    model = torch.nn.Sequential(*layers[:-1])
    first, second = case["torch"].split("\\n")
    names = {"torch": torch, "model": model, "X": X, "y": y, "w": w}
    exec(first, names)
    def loss_of():
        exec(second, names)
        return names["loss"]
    train(names["optimizer"], loss_of, case)
    return [[one.weight.detach().T.tolist(), one.bias.tolist()] for one in layers[::2]]

def with_keras(case):
    X, y, w = arrays(case)
    names = {}
    exec(case["keras"], names)
    model = names["model"]
    model.build(tuple(X.shape))
    if len(case["layers"]) > 1:
        model.set_weights([torch.tensor(part).numpy() for layer in case["layers"] for part in layer])
    w = w / w.mean() if case["is_weighted"] else None
    y = y[:, None] if case["n_classes"] <= 2 else y
    def loss_of():
        # The compiled loss with the regularizers, as fit() has it of a batch.
        return model.compute_loss(X, y, model(X, training=True), sample_weight=w)
    train(torch.optim.Adam([one.value for one in model.trainable_variables]), loss_of, case)
    return [[layer.kernel.value.tolist(), layer.bias.value.tolist()] for layer in model.layers]

if keras is None:
    print("Keras is not installed.", file=sys.stderr)
found = {}
for name, case in json.load(open(sys.argv[1])).items():
    found[name] = {"PyTorch": with_torch(case)}
    if keras is not None and case["keras"]:
        found[name]["Keras"] = with_keras(case)
print(json.dumps(found))
'''


def case_of(tmp_path, capsys, options, n_classes, is_weighted):
    generator = np.random.default_rng(2)
    X = generator.normal(size=(70, 4)) * [1.0, 7.0, 0.2, 3.0] + [0.0, 30.0, 1.0, -4.0]
    signal = X @ [1.0, 0.0, -9.0, 0.2] + generator.normal(size=70)
    y = np.digitize(signal, np.quantile(signal, np.arange(1, n_classes) / n_classes)) if n_classes else 5 * signal + 11
    w = generator.integers(1, 4, 70) * 0.7
    path = write_csv(tmp_path / "table.csv", [*"abcd", "y", "w"], [*X.T.tolist(), y.tolist(), w.tolist()])
    words = ["--features", "a,b,c,d", "--validation-fraction", "0", "--lam", str(LAM), *options]
    words += ["--weight-column", "w"] if is_weighted else []
    record = fit(capsys, str(path), "y", *words, "--task", "classification" if n_classes else "regression")
    assert record["converged"]
    encoding, target = record["provenance"]["encoding"], record["provenance"]["target"]
    target_scale = 1.0 if n_classes else float(np.std(y)) / target["scale"]
    snippets = {one["program"]: one["snippet"] for one in record["translations"]}
    return {
        "X": ((X - [one["mean"] for one in encoding]) / [one["scale"] for one in encoding]).tolist(),
        "y": (y if n_classes else (y - target["mean"]) / target["scale"]).tolist(),
        "w": w.tolist(),
        "is_weighted": is_weighted,
        "n_classes": n_classes,
        "layers": [[one["weights"], one["biases"]] for one in record["layers"]],
        "torch": snippets["PyTorch"],
        "keras": snippets["Keras"],
        "rate": 1e-4 if len(record["layers"]) > 1 else 0.05 * target_scale,
    }


def other(snippet):
    """``snippet`` with three times the number that it has for the L2 penalty."""
    found = re.sub(r'(l2=|"weight_decay": )(0\.[0-9]*[1-9])', r"\1 3 * \2", snippet)
    assert found != snippet
    return found


def distances(theirs, ours):
    """The largest of weights and of biases, of all layers; the outputs of classes may move together."""
    found = [0.0, 0.0]
    for number, pair in enumerate(zip(theirs, ours, strict=True)):
        for kind, parts in enumerate(zip(*pair, strict=True)):
            first, second = map(np.array, parts)
            if kind and number == len(ours) - 1 and len(first) > 1:
                first, second = first - first.mean(), second - second.mean()
            found[kind] = max(found[kind], float(np.abs(first - second).max()))
    return found


@pytest.mark.skipif(TORCH is None, reason=str(missing_for("torch")))
def test_training_in_keras_and_pytorch_with_their_number_of_lambda_comes_to_our_model(tmp_path, capsys):
    cases = {name: case_of(tmp_path, capsys, *case) for name, case in CASES.items()}
    for name in ("ridge", "tanh"):
        cases[f"another number: {name}"] = {**cases[name], **{to: other(cases[name][to]) for to in ("torch", "keras")}}
    (tmp_path / "cases.json").write_text(json.dumps(cases))
    (tmp_path / "train.py").write_text(SCRIPT, encoding="utf-8")
    command = [TORCH, "train.py", "cases.json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    n_trained = 0
    for name, found in json.loads(done.stdout).items():
        for program, layers in found.items():
            off = distances(layers, cases[name]["layers"])
            if name.startswith("another"):
                # What a wrong number does in as many steps.
                assert max(off) > 0.02, (name, program, off)
            else:
                size = max(1.0, *(np.abs(one).max() for pair in cases[name]["layers"] for one in map(np.array, pair)))
                assert max(off) < 5e-4 * size, (name, program, off)
            n_trained += 1
    assert n_trained == (2 * len(cases) - 1 if "Keras" not in done.stderr else len(cases))
