"""The numbers under the terms of J are those of the model, and add up as they are shown."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from canned import Canned, dataset_of
from tables import write_kinds, write_sparse

from regdesk.core.model.penalties import penalty_value
from regdesk.core.types import TrainSettings
from regdesk.core.words.explain.objective import ObjectiveFormula, objective_formula

FORMULAS = Path(__file__).resolve().parents[4] / "resources" / "formulas"
PENALTIES = ["none", "l1", "l2", "elastic-net", "group-lasso"]
KINDS = {"squared": ("sparse", "y"), "logistic": ("two", "kind"), "softmax": ("kinds", "kind")}


@pytest.fixture(scope="module")
def datasets(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tables")
    files = {
        "sparse": write_sparse(folder / "sparse.csv"),
        "two": write_kinds(folder / "two.csv", 2),
        "kinds": write_kinds(folder / "kinds.csv"),
    }
    return {kind: dataset_of(files[file], target) for kind, (file, target) in KINDS.items()}


def number(text: str) -> Decimal:
    return Decimal(text.replace("−", "-").replace("\u202f", ""))


def terms_of(formula: ObjectiveFormula) -> dict[str, str]:
    return {term.role: term.number for term in formula.terms if term.role}


@pytest.mark.parametrize("penalty", PENALTIES)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lam", [0.0, 0.0123, 1e9])
def test_the_terms_add_up_to_j(datasets, kind, penalty, lam):
    model = Canned.of(datasets[kind], (3,), settings=TrainSettings(penalty, lam))
    snapshot = model.snapshot()
    formula = objective_formula(snapshot, model.run_scene)
    shown = terms_of(formula)
    assert [term.picture for term in formula.terms if term.role == "loss"] == [f"loss-{kind}"]
    for term in formula.terms:
        assert (FORMULAS / f"{term.picture}.svg").is_file()
    objective, loss = number(shown["objective"]), number(shown["loss"])
    # Four digits of J at least; what stands under a term is off by less than a unit of its last digit.
    assert float(objective) == pytest.approx(snapshot.objective, rel=1e-3)
    assert abs(float(loss) - snapshot.train_loss) < 10.0 ** objective.as_tuple().exponent
    if penalty == "none":
        assert set(shown) == {"objective", "loss"}
        assert loss == objective
        return
    weights = model.parameters[model.network.is_weight].astype(float)
    value = penalty_value(snapshot.settings, model.network, weights)
    assert float(shown["lam"].replace("\u202f", "")) == lam
    assert float(number(shown["penalty"])) == pytest.approx(value, rel=1e-3)
    # J = loss + λ × R = loss + λR = J, and the last two add up to the last digit.
    start, product, end = formula.addition.replace(" ≈ ", " = ").removeprefix("J = ").split(" = ")
    assert start == f"{shown['loss']} + {shown['lam']} × {shown['penalty']}"
    assert end == shown["objective"]
    first, second = product.split(" + ")
    assert first == shown["loss"]
    assert number(first) + number(second) == objective
    assert float(number(second)) == pytest.approx(lam * value, abs=10.0 ** objective.as_tuple().exponent)


@pytest.mark.parametrize(("value", "sign"), [(3.21, "="), (3.2149, "≈")])
def test_what_is_not_quite_the_product_is_not_called_equal(datasets, value, sign):
    model = Canned.of(datasets["squared"], (), settings=TrainSettings("l1", 1.0))
    snapshot = replace(model.snapshot(), train_loss=0.0004, penalty_value=value, objective=0.0004 + value)
    addition = objective_formula(snapshot, model.run_scene).addition
    assert f" {sign} " in addition.split("×")[1].split("+")[0]


def test_factors_and_row_weights_have_their_own_formulas(datasets):
    model = Canned.of(datasets["squared"], (3,), settings=TrainSettings("group-lasso", 0.1))
    network = replace(model.network, input_factors=(2.0,) * model.network.sizes[0])
    snapshot = replace(model.snapshot(), network=network)
    scene = replace(model.run_scene, is_weighted=True)
    formula = objective_formula(snapshot, scene)
    assert [term.picture for term in formula.terms if term.role in ("loss", "penalty")] == [
        "loss-squared-weighted", "penalty-group-lasso-factors",
    ]  # fmt: skip
    assert "v: row weights." in formula.notes
    assert "F: penalty factors." in formula.notes


def test_of_very_many_rows_it_is_of_the_epoch_at_which_all_was_measured(datasets):
    model = Canned.of(datasets["squared"], (3,), settings=TrainSettings("l2", 0.1))
    measured = model.snapshot(100.0)
    later = replace(model.with_weights(2.0).snapshot(140.0), last_measured=measured, train_loss=np.nan)
    formula = objective_formula(later, model.run_scene)
    assert terms_of(formula) == terms_of(objective_formula(measured, model.run_scene))
    assert formula.notes[0] == "Measured at epoch 100."
