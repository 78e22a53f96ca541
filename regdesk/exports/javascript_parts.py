"""The parts of a script that are the same for every model."""

from __future__ import annotations

ENCODE = r"""
  function trimmed(text) {
    return text.replace(BLANKS_AROUND, "");
  }

  /* The number in a text; NaN where it is missing, Infinity where it has digits and is no number. */
  function numberOfText(cell, column) {
    let text = trimmed(cell);
    if (text === "" || column.missing.has(text)) return NaN;
    let value = null;
    if (column.pattern) value = formatted(text, column);
    else {
      if (column.comma) text = text.replace(",", ".");
      if (PLAIN.test(text)) value = Number(text);
    }
    if (value !== null) return value;
    return NO_WORD.test(text) ? Infinity : NaN;
  }

  /* A number with thousands, a currency or a unit; null where it is none. */
  function formatted(text, column) {
    const found = column.pattern.exec(text);
    if (found === null) return null;
    const [, opened, sign, before, innerOpened, innerSign, digits, power, innerClosed, behind, minus, closed] = found;
    const count = (...parts) => parts.filter(Boolean).length;
    const isBelow = count(opened, innerOpened) > 0 || [sign, innerSign, minus].includes("-");
    if (count(opened, innerOpened) !== count(innerClosed, closed)) return null;
    if (count(opened, innerOpened, sign, innerSign, minus) > 1 || (innerSign && !before)) return null;
    const body = Array.from(digits).filter((one) => !column.groups.includes(one)).join("");
    const value = Number(body.replace(column.decimal, ".") + (power || ""));
    if (column.isShare && !before && !behind && value !== 0) return null;
    return isBelow ? -value : value;
  }

  /* Days since 1970-01-01 of a date; NaN where it is missing, Infinity where it has digits and is no date. */
  function dayOfText(cell, column) {
    const text = trimmed(cell);
    if (text === "" || column.missing.has(text)) return NaN;
    const found = ISO_DATE.exec(text);
    if (found === null) {
      if (column.numberText && PLAIN.test(text)) return dayOfNumber(Number(text), column);
      return NO_WORD.test(text) ? Infinity : NaN;
    }
    const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
    const moment = new Date(0);
    moment.setUTCFullYear(year, month - 1, day);
    if (year < 1 || moment.getUTCMonth() !== month - 1 || moment.getUTCDate() !== day) return Infinity;
    const [hour, minute, seconds] = [Number(found[5] || 0), Number(found[6] || 0), Number(found[8] || 0)];
    if (hour > 23 || minute > 59 || seconds >= 60) return Infinity;
    let offset = 0;
    if (found[10] && found[10] !== "Z") {
      const zone = found[10].slice(1).replace(":", "");
      offset = (Number(zone.slice(0, 2)) * 60 + Number(zone.slice(2) || 0)) * (found[10][0] === "-" ? -60 : 60);
    }
    return (moment.getTime() / 1000 + hour * 3600 + minute * 60 - offset + seconds) / 86400;
  }

  /* Days since 1970-01-01 of a number, which counts them unless the file had dates as numbers. */
  function dayOfNumber(number, column) {
    if (column.digits) {
      if (!Number.isInteger(number) || number < 0 || number >= 10 ** column.digits) return Infinity;
      const digits = String(number).padStart(column.digits, "0") + "0101";
      return dayOfText(`${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}`, column);
    }
    if (number < column.least || number > column.most) return Infinity;
    return number / column.perDay - column.shift;
  }

  /* The number, or the days, in a cell; NaN where it is missing, Infinity where it cannot be read. */
  function numberOf(cell, column) {
    const isDate = column.reads !== "number";
    let value = Infinity;
    if (cell === null || cell === undefined) return NaN;
    if (typeof cell === "string") value = isDate ? dayOfText(cell, column) : numberOfText(cell, column);
    else if (isDate && cell instanceof Date) value = cell.getTime() / 86400000;
    else if (typeof cell === "number" || typeof cell === "boolean") {
      value = isDate ? dayOfNumber(Number(cell), column) : Number(cell);
    }
    return column.missingNumbers.includes(value) ? NaN : value;
  }

  /* The place of a label among those that are told apart, -1 for none; null where the cell is missing. */
  function placeOf(cell, column) {
    if (cell === null || cell === undefined || (typeof cell === "number" && Number.isNaN(cell))) return null;
    let place;
    if (typeof cell === "boolean") return column.truths[Number(cell)];
    if (typeof cell === "number") place = column.numbers.get(cell);
    else {
      const text = trimmed(String(cell));
      if (text === "" || column.missing.has(text)) return null;
      place = column.places.get(text);
      if (place === undefined && column.folds) place = column.places.get(text.toLowerCase());
    }
    return place === undefined ? column.fill : place;
  }

  /* The place of the month or the weekday of a date, as placeOf. */
  function partOf(cell, column) {
    const days = numberOf(cell, column);
    if (!Number.isFinite(days)) return Number.isNaN(days) || DROPS ? null : column.fill;
    const places = Array.from(column.places.values());
    const moment = new Date(Math.floor(days) * 86400000);
    return column.reads === "weekday" ? places[(moment.getUTCDay() + 6) % 7] : places[moment.getUTCMonth()];
  }

  /* Standardised inputs of a row; null where it cannot be read. */
  function encode(row) {
    const inputs = new Array(MEANS.length).fill(0);
    let start = 0;
    for (const column of COLUMNS) {
      // What a row inherits is no cell of it, such as its constructor.
      if (!Object.prototype.hasOwnProperty.call(row, column.name))
        throw new Error("there is no column " + JSON.stringify(column.name) + ", which the model needs");
      const cell = row[column.name];
      if (column.reads === "number" || column.reads === "date") {
        const value = numberOf(cell, column);
        if (value === Infinity || value === -Infinity || (DROPS && Number.isNaN(value))) return null;
        const filled = Number.isNaN(value) ? column.fill : value;
        let power = filled;
        for (let place = start; place < start + column.inputs; place++) {
          inputs[place] = power;
          power *= filled;
        }
      } else {
        let place = column.reads === "label" ? placeOf(cell, column) : partOf(cell, column);
        if (place === null) {
          if (DROPS) return null;
          place = column.fill;
        }
        if (column.inputs === 1) inputs[start] = place === 1 ? 1 : 0;
        else if (place >= 0) inputs[start + place] = 1;
      }
      start += column.inputs;
    }
    const found = inputs.map((value, place) => (value - MEANS[place]) / SCALES[place]);
    return found.some((value) => Math.abs(value) > MOST) ? null : found;
  }

  /* Outputs of standardised inputs. */
  function outputs(inputs) {
    let values = inputs;
    LAYERS.forEach((layer, number) => {
      if (number) values = values.map(ACTIVATION === "tanh" ? Math.tanh : (value) => Math.max(value, 0));
      const sums = new Array(layer.biases.length).fill(0);
      values.forEach((value, place) => {
        for (let unit = 0; unit < sums.length; unit += 1) sums[unit] += value * layer.weights[place][unit];
      });
      values = sums.map((sum, unit) => sum + layer.biases[unit]);
    });
    return values;
  }
"""

PREDICT_NUMBERS = """
  /* The prediction in the unit of the target; null for a row that has none. */
  function predict(row) {
    const inputs = encode(row);
    return inputs === null ? null : outputs(inputs)[0] * TARGET_SCALE + TARGET_MEAN;
  }

  return { predict };
})();

if (typeof module !== "undefined") module.exports = regdeskModel;
"""

PREDICT_CLASSES = """
  /* Probabilities in the order of classes; null for a row that has no prediction. */
  function probabilities(row) {
    const inputs = encode(row);
    if (inputs === null) return null;
    const values = outputs(inputs);
    if (values.length === 1) {
      const small = Math.exp(-Math.abs(values[0]));
      const second = (values[0] > 0 ? 1 : small) / (1 + small);
      return [1 - second, second];
    }
    const most = values.reduce((one, other) => Math.max(one, other));
    const powers = values.map((value) => Math.exp(value - most));
    const sum = powers.reduce((one, other) => one + other, 0);
    return powers.map((power) => power / sum);
  }

  /* The likeliest class, the first where two are equally likely; null for a row that has none. */
  function predict(row) {
    const inputs = encode(row);
    if (inputs === null) return null;
    const values = outputs(inputs);
    if (values.length === 1) return CLASSES[values[0] > 0 ? 1 : 0];
    return CLASSES[values.indexOf(values.reduce((one, other) => Math.max(one, other)))];
  }

  return { predict, probabilities, classes: CLASSES };
})();

if (typeof module !== "undefined") module.exports = regdeskModel;
"""
