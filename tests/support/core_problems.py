"""Small problems that several tests of the core train on."""

from __future__ import annotations

import numpy as np
from reference import ReferenceModel

from regdesk.core.model.dataset import Dataset, Split
from regdesk.core.model.losses import LOGISTIC, SOFTMAX, SQUARED
from regdesk.core.model.network import Network
from regdesk.core.model.standardizer import Standardizer
from regdesk.core.training.stack import Stack
from regdesk.core.training.stack_arrays import Rows

LOSSES = {"squared": SQUARED, "logistic": LOGISTIC, "softmax": SOFTMAX}


def make_targets(generator, inputs, loss, n_classes=3):
    """Noisy and not linear; 0 or 1 for the logistic loss, a class's index for softmax."""
    signal = np.sin(2.0 * inputs[:, 0]) + 0.5 * inputs.sum(axis=1) + 0.3 * generator.normal(size=len(inputs))
    if loss == "softmax":
        return np.floor(1.7 * np.abs(signal) + 3.0 * generator.uniform(size=len(inputs))) % n_classes
    return (signal > 0).astype(np.float64) if loss == "logistic" else signal


class Problem:
    """Rows of which ``n_train`` have a random positive weight and the others validate, in mixed order."""

    def __init__(self, n_train, n_validation, n_inputs, loss, seed=0, n_models=1, n_sets=1, n_classes=3):
        """``n_classes`` for softmax alone."""
        generator = np.random.default_rng(seed)
        n_rows = n_train + n_validation
        self.loss = loss
        self.n_outputs = n_classes if loss == "softmax" else 1
        self.inputs = generator.normal(size=(n_sets, n_rows, n_inputs))
        self.targets = np.stack([make_targets(generator, inputs, loss, n_classes) for inputs in self.inputs])
        self.train_weights = np.zeros((n_models, n_rows))
        self.validation_weights = np.zeros((n_models, n_rows))
        for model in range(n_models):
            order = generator.permutation(n_rows)
            train, validation = order[:n_train], order[n_train:]
            self.train_weights[model, train] = generator.uniform(0.2, 3.0, n_train)
            self.validation_weights[model, validation] = generator.uniform(0.2, 3.0, n_validation)
        self.set_of_model = [model % n_sets for model in range(n_models)]

    def rows(self, models=None):
        models = range(len(self.train_weights)) if models is None else models
        return Rows(
            inputs=self.inputs,
            targets=self.targets,
            train_weights=self.train_weights[list(models)],
            validation_weights=self.validation_weights[list(models)],
            set_of_model=[self.set_of_model[model] for model in models],
        )

    def network(self, hidden, activation, input_groups=()):
        return Network((self.inputs.shape[2], *hidden, self.n_outputs), activation, tuple(input_groups))

    def stack(self, network, parameters, seeds, dtype=np.float64, models=None, cores=None):
        return Stack(network, LOSSES[self.loss], self.rows(models), parameters, seeds, dtype, cores)

    def reference(self, network, parameters, seed, model=0):
        """The reference's model of the same rows; ``parameters`` ``(n_parameters,)``."""
        own = self.set_of_model[model]
        return ReferenceModel(
            network.sizes,
            network.activation,
            self.loss,
            self.inputs[own],
            self.targets[own],
            self.train_weights[model],
            parameters,
            seed,
            network.input_groups,
        )


def random_parameters(network, seed, n_models=1):
    """Every parameter drawn, biases too, so that none of them can be mistaken for 0."""
    return 0.6 * np.random.default_rng(seed).normal(size=(n_models, network.n_parameters))


def make_dataset(inputs, targets, task, n_validation=0, standardize=True, seed=0, groups=None):
    """A dataset, its last ``n_validation`` rows (in a shuffled order) for validation.

    ``groups`` number the column of each input; without them each input is a numeric column.
    """
    order = np.random.default_rng(seed).permutation(len(inputs)).astype(np.int64)
    n_train = len(inputs) - n_validation
    split = Split(order[:n_train], order[n_train:], np.empty(0, dtype=np.int64))
    n_inputs = inputs.shape[1]
    identity = Standardizer.identity
    groups = np.arange(n_inputs) if groups is None else np.array(groups)
    n_classes = max(2, int(targets.max()) + 1) if task == "classification" else 0
    is_scaled_target = standardize and task == "regression"
    return Dataset(
        name="made up",
        inputs=inputs,
        targets=targets,
        split=split,
        task=task,
        target="y",
        features=tuple(f"column {i}" for i in range(groups.max(initial=-1) + 1)),
        input_names=tuple(f"x{i}" for i in range(n_inputs)),
        input_groups=groups,
        classes=("no", "yes") if n_classes == 2 else tuple(f"class {i}" for i in range(n_classes)),
        input_scaler=Standardizer.fit(inputs[split.train]) if standardize else identity(n_inputs),
        target_scaler=Standardizer.fit(targets[split.train, np.newaxis]) if is_scaled_target else identity(1),
    )
