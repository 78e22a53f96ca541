"""The parts of a C source file that are the same for every model."""

from __future__ import annotations

DATES = r"""
/* A whole number of so many digits; -1 where there is something else. */
static int take_whole(const char **at, const char *end, int n_digits)
{
    int value = 0;
    if (end - *at < n_digits)
        return -1;
    for (; n_digits > 0; n_digits--, ++*at) {
        if (!is_digit(**at))
            return -1;
        value = 10 * value + (**at - '0');
    }
    return value;
}

/* Days from 1970-01-01 to a day of the calendar; HUGE_VAL where there is none. */
static double day_of_calendar(int year, int month, int day)
{
    static const int before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};
    int past = year - 1, is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    if (year < 1 || month < 1 || month > 12 || day < 1)
        return HUGE_VAL;
    if (day > before[month] - before[month - 1] + (month == 2 && is_leap))
        return HUGE_VAL;
    /* 719162 days lie between 0001-01-01 and 1970-01-01. */
    return 365.0 * past + past / 4 - past / 100 + past / 400 + before[month - 1] + (month > 2 && is_leap) + day - 1 -
           719162.0;
}

/* Seconds of a zone such as +01:00; HUGE_VAL where it is none. */
static double take_zone(const char **at, const char *end)
{
    int sign, hours, minutes = 0;
    if (*at == end || take(at, end, 'Z'))
        return 0.0;
    if (**at != '+' && **at != '-')
        return HUGE_VAL;
    sign = *(*at)++ == '-' ? -60 : 60;
    hours = take_whole(at, end, 2);
    take(at, end, ':');
    if (*at != end)
        minutes = take_whole(at, end, 2);
    return hours < 0 || minutes < 0 ? HUGE_VAL : sign * (60.0 * hours + minutes);
}

static double day_of_iso(const char *text, size_t length)
{
    const char *at = text, *end = text + length;
    int year = take_whole(&at, end, 4), month, day, hour, minute;
    double days, seconds = 0.0, zone;
    if (year < 0 || !take(&at, end, '-') || (month = take_whole(&at, end, 2)) < 0 || !take(&at, end, '-') ||
        (day = take_whole(&at, end, 2)) < 0)
        return no_value(text, length);
    days = day_of_calendar(year, month, day);
    if (at == end)
        return days;
    if (!take(&at, end, 'T') && !take(&at, end, ' '))
        return no_value(text, length);
    if ((hour = take_whole(&at, end, 2)) < 0 || !take(&at, end, ':') || (minute = take_whole(&at, end, 2)) < 0)
        return no_value(text, length);
    if (take(&at, end, ':')) {
        const char *begin = at;
        int whole = take_whole(&at, end, 2);
        if (whole < 0)
            return no_value(text, length);
        if (take(&at, end, '.'))
            while (at < end && is_digit(*at))
                at++;
        seconds = plain_number(begin, (size_t)(at - begin), 0);
    }
    zone = take_zone(&at, end);
    if (at != end || zone == HUGE_VAL || hour > 23 || minute > 59 || !(seconds < 60.0))
        return no_value(text, length);
    return (days * 86400.0 + hour * 3600.0 + minute * 60.0 - zone + seconds) / 86400.0;
}

static double day_of_text(const char *text, size_t length, const struct column *column)
{
    if (column->takes_number_text) {
        double value = plain_number(text, length, 0);
        if (value > -HUGE_VAL && value < HUGE_VAL) {
            int year = (int)length >= 4 ? take_whole(&text, text + 4, 4) : -1, month = 1, day = 1;
            if (column->n_digits == 0 && !(value >= column->least && value <= column->most))
                return HUGE_VAL;
            if (column->n_digits == 0)
                return value / column->per_day - column->shift;
            if ((int)length != column->n_digits || year < 0)
                return HUGE_VAL;
            if (length >= 6)
                month = take_whole(&text, text + 2, 2);
            if (length == 8)
                day = take_whole(&text, text + 2, 2);
            return day_of_calendar(year, month, day);
        }
    }
    return day_of_iso(text, length);
}

/* The number, or the days, in a cell; NAN where it is missing, HUGE_VAL where it cannot be read. */
static double number_of(const char *text, size_t length, const struct column *column)
{
    double value;
    int number;
    if (is_missing(text, length, column))
        return NAN;
    if (column->reads != READS_NUMBER)
        value = day_of_text(text, length, column);
    else if (column->is_formatted)
        value = formatted_number(text, length, column);
    else
        value = plain_number(text, length, column->has_comma);
    for (number = 0; number < column->n_missing_numbers; number++)
        if (value == column->missing_numbers[number])
            return NAN;
    return value;
}
"""

ENCODE = r"""
enum { NO_LABEL = -2 };

static int find_label(const char *text, size_t length, const struct column *column)
{
    int low = 0, high = column->n_labels;
    while (low < high) {
        int middle = (low + high) / 2, found = compared(text, length, column->labels[middle].text);
        if (found == 0)
            return column->labels[middle].place;
        if (found < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NO_LABEL;
}

/* The place of a label among those that are told apart, -1 for none of them; NO_LABEL where the cell is missing. */
static int place_of(const char *text, size_t length, const struct column *column)
{
    char small[MOST_LETTERS];
    int place, year;
    size_t at;
    if (column->reads != READS_LABEL) {
        double days = floor(number_of(text, length, column));
        if (!(days > -HUGE_VAL && days < HUGE_VAL))
            return isnan(days) || DROPS ? NO_LABEL : column->fill_place;
        if (column->reads == READS_WEEKDAY) {
            int weekday = (int)fmod(days + 3.0, 7.0);
            return column->parts[weekday < 0 ? weekday + 7 : weekday];
        }
        /* The year of the day, and then the month that begins last before it. */
        year = (int)floor((days + 719468.5) / 365.2425);
        if (day_of_calendar(year + 1, 1, 1) <= days)
            year++;
        for (place = 0; place < 11 && days >= day_of_calendar(year, place + 2, 1); place++)
            ;
        return column->parts[place];
    }
    if (is_missing(text, length, column))
        return NO_LABEL;
    place = find_label(text, length, column);
    if (place == NO_LABEL && column->folds_case && length < MOST_LETTERS) {
        for (at = 0; at < length; at++)
            small[at] = (char)(text[at] >= 'A' && text[at] <= 'Z' ? text[at] + ('a' - 'A') : text[at]);
        place = find_label(small, length, column);
    }
    return place == NO_LABEL ? column->fill_place : place;
}

/* Standardised inputs of a row; 0 where it cannot be read. */
static int encode(const char *const cells[], double inputs[])
{
    int number, place, at = 0;
    memset(inputs, 0, N_INPUTS * sizeof inputs[0]);
    for (number = 0; number < N_COLUMNS; number++) {
        const struct column *column = &columns[number];
        const char *text = cells[column->source] == NULL ? "" : cells[column->source];
        size_t length;
        text = trimmed(text, &length);
        if (column->reads == READS_NUMBER || column->reads == READS_DATE) {
            double value = number_of(text, length, column);
            if (value == HUGE_VAL || value == -HUGE_VAL || (DROPS && isnan(value)))
                return 0;
            value = isnan(value) ? column->fill : value;
            inputs[at] = value;
            for (place = 1; place < column->n_inputs; place++)
                inputs[at + place] = inputs[at + place - 1] * value;
        } else {
            place = place_of(text, length, column);
            if (place == NO_LABEL && DROPS)
                return 0;
            if (place == NO_LABEL)
                place = column->fill_place;
            if (column->n_inputs == 1)
                inputs[at] = place == 1;
            else if (place >= 0)
                inputs[at + place] = 1.0;
        }
        at += column->n_inputs;
    }
    for (at = 0; at < N_INPUTS; at++) {
        inputs[at] = (inputs[at] - means[at]) / scales[at];
        if (fabs(inputs[at]) > MOST)
            return 0;
    }
    return 1;
}
"""

LAYERS = r"""
/* Puts the outputs in the place of standardised inputs. */
static void find_outputs(double values[])
{
    double sums[MOST_UNITS];
    int number, unit, at;
    for (number = 0; number < N_LAYERS; number++) {
        const struct layer *layer = &layers[number];
        for (unit = 0; unit < layer->n_units; unit++) {
            double sum = 0.0;
            for (at = 0; at < layer->n_inputs; at++)
                sum += values[at] * layer->weights[(size_t)unit * (size_t)layer->n_inputs + (size_t)at];
            sums[unit] = sum + layer->biases[unit];
        }
        for (unit = 0; unit < layer->n_units; unit++) {
            if (number == N_LAYERS - 1)
                values[unit] = sums[unit];
            else if (IS_TANH)
                values[unit] = tanh(sums[unit]);
            else
                values[unit] = sums[unit] > 0.0 ? sums[unit] : 0.0;
        }
    }
}
"""

ANSWER_NUMBERS = r"""
int regdesk_predict(const char *const cells[], double result[])
{
    double values[MOST_UNITS];
    if (!encode(cells, values)) {
        result[0] = NAN;
        return -1;
    }
    find_outputs(values);
    result[0] = values[0] * TARGET_SCALE + TARGET_MEAN;
    return 0;
}
"""

ANSWER_CLASSES = r"""
int regdesk_predict(const char *const cells[], double result[])
{
    double values[MOST_UNITS], sum = 0.0, small;
    int number, best = 0;
    if (!encode(cells, values)) {
        for (number = 0; number < (N_OUTPUTS == 1 ? 2 : N_OUTPUTS); number++)
            result[number] = NAN;
        return -1;
    }
    find_outputs(values);
    if (N_OUTPUTS == 1) {
        small = exp(-fabs(values[0]));
        result[1] = (values[0] > 0.0 ? 1.0 : small) / (1.0 + small);
        result[0] = 1.0 - result[1];
        return values[0] > 0.0;
    }
    for (number = 1; number < N_OUTPUTS; number++)
        if (values[number] > values[best])
            best = number;
    for (number = 0; number < N_OUTPUTS; number++)
        sum += result[number] = exp(values[number] - values[best]);
    for (number = 0; number < N_OUTPUTS; number++)
        result[number] /= sum;
    return best;
}
"""
