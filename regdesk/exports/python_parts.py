"""The parts of a Python module that are the same for every model."""

from __future__ import annotations

ENCODE = r'''

def is_missing(cell):
    """Whether a cell that is no text says nothing: None, NaN, NaT, what is masked."""
    if cell is None or isinstance(cell, np.ma.core.MaskedConstant) or type(cell).__name__ == "NAType":
        return True
    return isinstance(cell, (float, np.floating, np.datetime64)) and cell != cell or type(cell).__name__ == "NaTType"


def float_of(number):
    """The number, infinite where it is a whole one that no double can hold."""
    try:
        return float(number)
    except OverflowError:
        return math.inf


def text_of(cell):
    """A cell that may be a text; bytes are none, and what they say would be no label."""
    if isinstance(cell, (bytes, bytearray)):
        raise TypeError("a cell is bytes; decode them to text")
    return cell


def number_of_text(text, column):
    """The number in a text; NaN where it is missing, infinity where it has digits and is no number."""
    text = text.strip()
    if not text or text in column["missing"]:
        return math.nan
    if "pattern" in column:
        value = formatted(text, column)
    else:
        text = text.replace(",", ".") if column.get("comma") else text
        value = float(text) if PLAIN.match(text) and text.isascii() else None
    if value is not None:
        return value
    return math.inf if NO_WORD.search(text) else math.nan


def formatted(text, column):
    """A number with thousands, a currency or a unit; None where it is none."""
    found = re.match(column["pattern"], text)
    if found is None:
        return None
    opened, sign, before, inner_opened, inner_sign, body, power, inner_closed, behind, minus, closed = found.groups()
    n_opened, n_closed = bool(opened) + bool(inner_opened), bool(inner_closed) + bool(closed)
    signs = bool(sign) + bool(inner_sign) + bool(minus) + n_opened
    if n_opened != n_closed or signs > 1 or (inner_sign and not before):
        return None
    for mark in column["groups"]:
        body = body.replace(mark, "")
    value = float(body.replace(column["decimal"], ".") + (power or ""))
    if column["is_share"] and not (before or behind) and value != 0.0:
        return None
    return -value if n_opened or "-" in (sign, inner_sign, minus) else value


def day_of_text(text, column):
    """Days since 1970-01-01 of a date; NaN where it is missing, infinity where it has digits and is no date."""
    text = text.strip()
    if not text or text in column["missing"]:
        return math.nan
    found = ISO_DATE.match(text)
    if found is None:
        if column["number_text"] and PLAIN.match(text):
            return day_of_number(float(text), column)
        return math.inf if NO_WORD.search(text) else math.nan
    year, month, day, _, hour, minute, _, seconds, _, zone, _ = found.groups()
    try:
        days = date(int(year), int(month), int(day)).toordinal() - date(1970, 1, 1).toordinal()
    except ValueError:
        return math.inf
    hour, minute, seconds = int(hour or 0), int(minute or 0), float(seconds or 0)
    if hour > 23 or minute > 59 or seconds >= 60:
        return math.inf
    offset = 0
    if zone and zone != "Z":
        digits = zone[1:].replace(":", "")
        offset = (int(digits[:2]) * 60 + int(digits[2:] or 0)) * (-60 if zone[0] == "-" else 60)
    return (days * 86400 + hour * 3600 + minute * 60 - offset + seconds) / 86400.0


def day_of_number(number, column):
    """Days since 1970-01-01 of a number, which counts them unless the file had dates as numbers."""
    if column["digits"]:
        if number != math.floor(number) or not 0 <= number < 10 ** column["digits"]:
            return math.inf
        digits = str(int(number)).zfill(column["digits"]) + "0101"
        return day_of_text(f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}", column)
    least, most = column["bounds"]
    return number / column["per_day"] - column["shift"] if least <= number <= most else number * math.inf


def number_of(cell, column):
    """The number, or the days, in a cell; NaN where it is missing, infinity where it cannot be read."""
    is_date = column["reads"] != "number"
    if isinstance(cell, str):
        value = day_of_text(cell, column) if is_date else number_of_text(cell, column)
    elif is_missing(cell):
        return math.nan
    elif is_date and isinstance(cell, np.datetime64):
        value = (cell - np.datetime64(0, "D")) / np.timedelta64(1, "D")
    elif is_date and isinstance(cell, date):
        if not isinstance(cell, datetime):
            cell = datetime(cell.year, cell.month, cell.day)
        value = (cell if cell.tzinfo else cell.replace(tzinfo=timezone.utc)).timestamp() / 86400.0
    else:
        value = day_of_number(float_of(text_of(cell)), column) if is_date else float_of(text_of(cell))
    return math.nan if value in column.get("missing_numbers", ()) else value


def place_of(cell, column):
    """The place of a label among those that are told apart, -1 for none of them; None where the cell is missing."""
    if isinstance(cell, str):
        text = cell.strip()
        if not text or text in column.get("missing", ()):
            return None
        place = column["places"].get(text)
        if place is None and column["folds"]:
            place = column["places"].get(text.casefold())
        return column["fill"] if place is None else place
    if is_missing(cell):
        return None
    if isinstance(cell, (bool, np.bool_)):
        return column["truths"][int(cell)]
    if isinstance(cell, (int, float, np.number)):
        return column["numbers"].get(float_of(cell), column["fill"])
    return column["places"].get(str(text_of(cell)), column["fill"])


def part_of(cell, column):
    """The place of the month or the weekday of a date, as ``place_of``."""
    days = number_of(cell, column)
    if not math.isfinite(days):
        return None if math.isnan(days) or DROPS else column["fill"]
    day = np.datetime64(math.floor(days), "D")
    names = list(column["places"].values())
    if column["reads"] == "weekday":
        return names[(math.floor(days) + 3) % 7]
    return names[int(str(day.astype("datetime64[M]"))[-2:]) - 1]


def encode(columns):
    """Inputs ``(n_rows, n_inputs)`` in original units, and whether each row can be predicted ``(n_rows,)``."""
    n_rows = len(columns[COLUMNS[0]["name"]])
    inputs, is_sound = np.zeros((n_rows, len(MEANS))), np.ones(n_rows, bool)
    start = 0
    for column in COLUMNS:
        for row, cell in enumerate(columns[column["name"]]):
            if column["reads"] in ("number", "date"):
                value = number_of(cell, column)
                if math.isinf(value) or (DROPS and math.isnan(value)):
                    is_sound[row] = False
                else:
                    value = power = column["fill"] if math.isnan(value) else value
                    for place in range(start, start + column.get("inputs", 1)):
                        inputs[row, place], power = power, power * value
                continue
            place = (place_of if column["reads"] == "label" else part_of)(cell, column)
            if place is None:
                is_sound[row] &= not DROPS
                place = column["fill"]
            if column["inputs"] == 1:
                inputs[row, start] = place == 1
            elif place >= 0:
                inputs[row, start + place] = 1.0
        start += column.get("inputs", 1)
    with np.errstate(over="ignore"):
        is_far = np.abs((inputs - MEANS) / SCALES) > MOST
    return inputs, is_sound & ~is_far.any(axis=1)
'''

LAYERS = '''

def outputs(inputs):
    """What the model says of inputs in original units: ``(n_rows, n_outputs)`` on the standardised scale."""
    with np.errstate(over="ignore"):
        values = (inputs - MEANS) / SCALES
    for number, (weights, biases) in enumerate(LAYERS):
        if number:
            values = np.tanh(values) if ACTIVATION == "tanh" else np.maximum(values, 0.0)
        sums = np.zeros((len(values), len(biases)))
        # Term by term, as regdesk adds: a product of matrices has an order, and last digits, of its own.
        for place, own in enumerate(weights):
            sums += values[:, place : place + 1] * own
        values = sums + biases
    return values
'''

PREDICT_NUMBERS = '''

def predict(columns):
    """Predictions ``(n_rows,)`` in the unit of the target; NaN for a row that has none."""
    inputs, is_sound = encode(columns)
    found = np.full(len(inputs), np.nan)
    found[is_sound] = outputs(inputs[is_sound])[:, 0] * TARGET_SCALE + TARGET_MEAN
    return found
'''

PREDICT_CLASSES = '''

def predict_proba(columns):
    """Probabilities ``(n_rows, n_classes)`` in the order of ``CLASSES``; NaN for a row that has no prediction."""
    inputs, is_sound = encode(columns)
    found = np.full((len(inputs), len(CLASSES)), np.nan)
    found[is_sound] = probabilities(outputs(inputs[is_sound]))
    return found


def probabilities(values):
    """Probabilities of classes from outputs: the log-odds of the second of two, or a logit for each of more."""
    if values.shape[1] > 1:
        powers = np.exp(values - values.max(axis=1, keepdims=True))
        return powers / powers.sum(axis=1, keepdims=True)
    small = np.exp(-np.abs(values))
    second = np.where(values > 0, 1.0, small) / (1.0 + small)
    return np.hstack([1.0 - second, second])


def predict(columns):
    """The likeliest class of each row, the first where two are equally likely; None for a row that has none."""
    inputs, is_sound = encode(columns)
    found = np.full(len(inputs), None, object)
    values = outputs(inputs[is_sound])
    places = np.argmax(values, axis=1) if values.shape[1] > 1 else (values[:, 0] > 0).astype(int)
    found[is_sound] = np.array(CLASSES, object)[places]
    return found
'''
