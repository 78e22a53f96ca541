"""A model as a module of PyTorch, in double precision."""

from __future__ import annotations

from regdesk.core.types import Float64s
from regdesk.exports.plan import Plan
from regdesk.exports.python_code import encoding_text
from regdesk.exports.python_parts import ENCODE
from regdesk.exports.texts import hash_comment, head_lines, rows_of, shortest, wrapped

HOW = (
    "RegdeskModel().predict(columns) takes a dict of raw columns (lists, arrays, or a data frame) by their names as in",
    "the file; encode(columns) makes inputs of them, in original units, and forward(inputs) takes those as a tensor of",
    "float64 (n_rows, n_inputs) and gives outputs (n_rows, n_outputs): the prediction, or logits of the classes.",
    "A cell is a number, a text as it stands in a file, a truth value, a date, or None or NaN where it is missing.",
    "A date is a datetime, a text of ISO 8601 (without a zone it is UTC), or a number of days since 1970-01-01.",
    "A row that cannot be read has the prediction NaN, or None where classes are predicted.",
)

_MODULE = '''

class RegdeskModel(torch.nn.Module):
    """The model, in float64: its weights are parameters, the figures that scale its inputs are buffers."""

    def __init__(self):
        super().__init__()
        self.register_buffer("means", torch.tensor(MEANS))
        self.register_buffer("scales", torch.tensor(SCALES))
        self.layers = torch.nn.ModuleList()
        for weights, biases in LAYERS:
            layer = torch.nn.Linear(len(weights[0]), len(weights), dtype=torch.float64)
            with torch.no_grad():
                layer.weight.copy_(torch.tensor(weights, dtype=torch.float64))
                layer.bias.copy_(torch.tensor(biases, dtype=torch.float64))
            self.layers.append(layer)

    def forward(self, inputs):
        """Outputs of inputs in original units: in the unit of the target, the log-odds, or logits."""
        values = (inputs - self.means) / self.scales
        for number, layer in enumerate(self.layers):
            if number:
                values = torch.tanh(values) if ACTIVATION == "tanh" else torch.relu(values)
            values = layer(values)
        return values * TARGET_SCALE + TARGET_MEAN
'''
_NUMBERS = '''
    def predict(self, columns):
        """Predictions ``(n_rows,)`` of raw columns, in the unit of the target; NaN for a row that has none."""
        inputs, is_sound = encode(columns)
        with torch.no_grad():
            values = self(torch.tensor(inputs))[:, 0].numpy().copy()
        values[~is_sound] = np.nan
        return values
'''
_CLASSES = '''
    def predict_proba(self, columns):
        """Probabilities ``(n_rows, n_classes)`` of raw columns; NaN for a row that has no prediction."""
        inputs, is_sound = encode(columns)
        with torch.no_grad():
            values = self(torch.tensor(inputs))
            if values.shape[1] > 1:
                found = torch.softmax(values, dim=1).numpy().copy()
            else:
                second = torch.sigmoid(values)
                found = torch.hstack([1.0 - second, second]).numpy().copy()
        found[~is_sound] = np.nan
        return found

    def predict(self, columns):
        """The likeliest class of each row, the first where two are equally likely; None for a row that has none."""
        inputs, is_sound = encode(columns)
        with torch.no_grad():
            values = self(torch.tensor(inputs)).numpy()
        places = values.argmax(axis=1) if values.shape[1] > 1 else (values[:, 0] > 0).astype(int)
        found = np.array([CLASSES[place] for place in places], object)
        found[~is_sound] = None
        return found
'''


def torch_code(plan: Plan) -> str:
    """The text of a module with the class ``RegdeskModel``."""
    imports = (
        "import math\nimport re\nfrom datetime import date, datetime, timezone\n\nimport numpy as np\nimport torch\n"
    )
    layers = [f"    ([{_rows(layer.weights.T)}], {_list(layer.biases)}),\n" for layer in plan.layers]
    answers = _CLASSES if plan.classes else _NUMBERS
    return "\n".join(
        [
            hash_comment(head_lines(plan, HOW)),
            imports,
            encoding_text(plan),
            f"LAYERS = (\n{''.join(layers)})\nACTIVATION = {plan.activation!r}\n",
            ENCODE + _MODULE + answers,
        ]
    )


def _rows(weights: Float64s) -> str:
    return ", ".join(f"[\n{wrapped(map(shortest, row))}\n]" for row in rows_of(weights))


def _list(numbers: Float64s) -> str:
    return f"[\n{wrapped(map(shortest, numbers.tolist()))}\n]"
