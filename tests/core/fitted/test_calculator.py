"""What a calculator says of a point is what the whole model predicts for the changed rows, one by one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from canned import dataset_of
from reference import forward
from tables import write_csv

from regdesk.core.fitted.calculation import Calculation, calculate
from regdesk.core.fitted.calculator_model import CalculatorModel
from regdesk.core.fitted.column_spread import column_spreads
from regdesk.core.fitted.contributions import contributions
from regdesk.core.fitted.fitted_model import FitCertificate, FittedModel
from regdesk.core.fitted.points import Cell, Point, PointRows
from regdesk.core.fitted.profiles import N_POINTS, range_of
from regdesk.core.model.network import Network
from regdesk.core.settings.configuration import Configuration
from regdesk.core.types import Architecture, Float64s

N_ROWS = 90
NAMES = ("si'ze", 'colour "]]>', "=side()", "rooms", "day")
COLOURS = ("<red>", 'gre"en', "blue\\")
TARGETS = {"price": 1, "sold": 2, "grade": 4}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every kind of column with missing cells, under names and labels that mean something elsewhere."""
    generator = np.random.default_rng(2)
    size = generator.normal(80, 20, N_ROWS).round(2)
    colour = ['"' + COLOURS[row % 3].replace('"', '""') + '"' for row in range(N_ROWS)]
    side = ["left" if row % 5 < 2 else "right" for row in range(N_ROWS)]
    rooms = generator.integers(1, 6, N_ROWS)
    day = [f"2024-0{1 + row % 9}-11" for row in range(N_ROWS)]
    price = (2.5 * size + 7 * rooms + generator.normal(size=N_ROWS)).round(3)
    cells = [[str(cell) for cell in column] for column in (size, colour, side, rooms, day)]
    for row in range(0, N_ROWS, 7):
        cells[row % 5][row] = ""
    names = ['"' + name.replace('"', '""') + '"' for name in NAMES]
    sold, grade = np.where(price > np.median(price), "yes", "no"), [f"g{row % 4}" for row in range(N_ROWS)]
    return write_csv(
        tmp_path_factory.mktemp("calculator") / "rooms.csv",
        [*names, *TARGETS], [*cells, price, sold, grade],
    )  # fmt: skip


def model_of(file: Path, target: str = "price", hidden: tuple[int, ...] = (), **settings: bool) -> FittedModel:
    """A network with drawn weights, of all rows that the window would train on; nobody has fitted it."""
    dataset = dataset_of(file, target, features=NAMES, **settings)
    network = Network.of(Architecture(hidden, "tanh"), dataset.n_inputs, dataset.n_outputs, dataset.input_groups)
    parameters = np.random.default_rng(5).normal(0.0, 0.5, network.n_parameters).astype(np.float32)
    if not settings.get("standardize", True):
        # Numbers in the hundreds would leave every unit at its end.
        parameters[: network.bias_offsets[0]] *= 0.01
    assert dataset.encoding is not None
    spreads = column_spreads(dataset.encoding, dataset.inputs[dataset.split.train])
    none = FitCertificate(None, None, False)
    return FittedModel(network, parameters, dataset.encoding, Configuration(), {}, none, spreads)


def answers_of(model: FittedModel, points: list[Point]) -> Float64s:
    """By the whole model, row by row, ``(n_points, n_answers)``."""
    found = model.predictions(PointRows(model.encoding, points))
    assert not found.skipped
    return found.probabilities if found.probabilities is not None else np.asarray(found.values)[:, np.newaxis]


def deviation_of(model: FittedModel) -> float:
    return 1.0 if model.classes else model.encoding.target.scale


def changed(point: Point, column: int, cell: Cell) -> Point:
    return (*point[:column], cell, *point[column + 1 :])


POINTS: list[Point] = [
    (83.5, "<red>", "right", 3.0, 19_800.0),
    (-4e3, 'gre"en', "left", 9.5, 25_000.25),
    (None, None, None, None, None),
    (71.0, "never seen", "left", None, 19_750.0),
]
MODELS = [(target, hidden) for target in TARGETS for hidden in ((), (7, 5))]


@pytest.mark.parametrize("point", POINTS, ids=["usual", "far", "missing", "unseen"])
@pytest.mark.parametrize(("target", "hidden"), MODELS)
@pytest.mark.parametrize("standardize", [True, False])
def test_curves_are_predictions_of_changed_rows(file, target, hidden, point, standardize):
    model = model_of(file, target, hidden, standardize=standardize)
    found = calculate(CalculatorModel.of(model), point, range(len(NAMES)))
    assert set(found.profiles) == set(range(len(NAMES)))
    assert found.answer.tolist() == answers_of(model, [point])[0].tolist(), "bit for bit"
    for column, profile in found.profiles.items():
        seen = model.encoding.columns[column].seen
        cells: list[Cell] = [seen[int(place)] if seen else float(place) for place in profile.places]
        expected = answers_of(model, [changed(point, column, cell) for cell in cells])
        np.testing.assert_allclose(profile.answers, expected, rtol=0, atol=1e-12 * scale_of(model, found))


def scale_of(model: FittedModel, found: Calculation) -> float:
    """The deviation of the target; where the answer is thousands of them away, as large as the answer."""
    return max(deviation_of(model), float(np.abs(found.answer).max()))


@pytest.mark.parametrize("point", POINTS, ids=["usual", "far", "missing", "unseen"])
@pytest.mark.parametrize(("target", "hidden"), MODELS)
@pytest.mark.parametrize("standardize", [True, False])
def test_an_addition_is_the_change_from_the_columns_training_mean(file, target, hidden, point, standardize):
    model = model_of(file, target, hidden, standardize=standardize)
    calculator = CalculatorModel.of(model)
    found = calculate(calculator, point, ())
    trained = dataset_of(file, target, features=NAMES)
    means = trained.inputs[trained.split.train].mean(axis=0)
    np.testing.assert_allclose(calculator.means, means, rtol=1e-12, err_msg="in whatever way inputs are scaled")
    inputs = model.encoding.apply(PointRows(model.encoding, [point])).inputs[0]
    for column, group in enumerate(range(len(NAMES))):
        there = np.where(trained.input_groups == group, means, inputs)
        raw = model.encoding.input_scaler.apply(np.stack([inputs, there]))
        outputs = forward(model.parameters.astype(np.float64), model.network.sizes, "tanh", raw)[2]
        if target == "price":
            answers = model.encoding.target.scaler.invert(outputs)
        else:
            logits = np.column_stack([np.zeros(2), outputs[:, 0]]) if target == "sold" else outputs
            answers = np.exp(logits - logits.max(axis=1, keepdims=True))
            answers /= answers.sum(axis=1, keepdims=True)
        wanted = answers[0] - answers[1]
        np.testing.assert_allclose(found.additions[column], wanted, rtol=0, atol=1e-12 * scale_of(model, found))


def test_additions_of_a_linear_model_add_up_and_are_zero_at_the_means(file):
    model = CalculatorModel.of(model_of(file))
    point = POINTS[0]
    found = calculate(model, point, ())
    at_means = model.answers(model.means[np.newaxis])[0]
    np.testing.assert_allclose(found.additions.sum(axis=0), found.answer - at_means, rtol=1e-10)
    means = contributions(model, model.means)
    assert means.tolist() == np.zeros((len(NAMES), 1)).tolist(), "exactly"


def test_a_column_without_weights_adds_exactly_nothing_and_has_a_flat_curve(file):
    fitted = model_of(file, "sold", (6,))
    parameters = fitted.parameters.copy()
    fitted.network.weights(parameters, 0)[0] = 0.0
    found = calculate(CalculatorModel.of(replace(fitted, parameters=parameters)), POINTS[0], [0])
    assert found.additions[0].tolist() == [0.0, 0.0]
    assert np.ptp(found.profiles[0].answers, axis=0).tolist() == [0.0, 0.0]


def test_a_cell_far_away_takes_no_digit_from_the_curves_of_others(file):
    """The sums of the others are added, and none is what is left when a billion deviations have been subtracted."""
    model = model_of(file, "price", (8,))
    parameters = model.parameters.copy()
    # The far column reaches one unit alone, which is at its end.
    model.network.weights(parameters, 0)[0, 1:] = 0.0
    model = replace(model, parameters=parameters)
    point = changed(POINTS[0], 0, 1e11)
    found = calculate(CalculatorModel.of(model), point, [0])
    expected = answers_of(model, [changed(point, 0, float(place)) for place in found.profiles[0].places])
    np.testing.assert_allclose(found.profiles[0].answers, expected, rtol=0, atol=1e-12 * deviation_of(model))


def test_means_are_a_point_and_labels_stand_at_the_most_frequent(file):
    model = CalculatorModel.of(model_of(file))
    size, colour, side, rooms, day = model.mean_point
    rows = dataset_of(file, "price", features=NAMES)
    trained = rows.inputs[rows.split.train]
    assert (size, rooms, day) == pytest.approx((trained[:, 0].mean(), trained[:, 5].mean(), trained[:, 6].mean()))
    assert colour == COLOURS[int(np.argmax([trained[:, 1 + rows.labels[1].index(one)].sum() for one in COLOURS]))]
    assert side == "right"


def test_places_are_the_range_of_the_training_rows_and_reach_a_number_beyond_it(file):
    model = CalculatorModel.of(model_of(file))
    low, high = range_of(model, 0)
    rows = dataset_of(file, "price", features=NAMES)
    trained = rows.inputs[rows.split.train][:, 0]
    assert (low, high) == (trained.min(), trained.max())
    found = calculate(model, (250.0, *POINTS[0][1:]), [0, 1, 3]).profiles
    assert (found[0].places[0], found[0].places[-1], len(found[0].places)) == (low, 250.0, N_POINTS)
    assert found[1].places.tolist() == [0.0, 1.0, 2.0]
    assert found[3].places.tolist() == [1.0, 2.0, 3.0, 4.0, 5.0], "whole numbers, each for itself"


def test_without_spreads_there_is_a_range_of_deviations(file):
    model = replace(CalculatorModel.of(model_of(file)), spreads=())
    size = model.encoding.columns[0]
    low, high = range_of(model, 0)
    assert (low + high) / 2 == pytest.approx(size.means[0])
    assert (high - low) / 6 == pytest.approx(size.scales[0])
    assert model.mean_point[1] in COLOURS, "what fills a missing cell"


def test_why_there_is_no_prediction_is_a_sentence(file):
    found = calculate(CalculatorModel.of(model_of(file)), (1e30, *POINTS[0][1:]), [0])
    assert found.fault == "si'ze: 1e+30 is too far from the rows that the model was fitted on."
    assert np.isnan(found.answer).all()
    assert not found.profiles
    dropping = CalculatorModel.of(model_of(file, missing="drop"))
    assert "it is missing" in calculate(dropping, (None, *POINTS[0][1:]), ()).fault


def test_a_point_must_fit_the_model(file):
    model = CalculatorModel.of(model_of(file))
    with pytest.raises(ValueError, match="a point has 1 cells, and the model 5 columns"):
        calculate(model, (1.0,), ())
    with pytest.raises(ValueError, match="'x' is no number of si'ze"):
        calculate(model, ("x", *POINTS[0][1:]), ())
    with pytest.raises(ValueError, match=r"2.0 is no label of =side\(\)"):
        calculate(model, (1.0, "<red>", 2.0, 3.0, 4.0), ())
