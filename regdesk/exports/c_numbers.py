"""How C reads cells that are numbers."""

from __future__ import annotations

STRUCTURES = r"""
#include <locale.h>
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

int regdesk_predict(const char *const cells[], double result[]);

enum reads { READS_NUMBER, READS_DATE, READS_LABEL, READS_MONTH, READS_WEEKDAY };

struct label {
    const char *text;
    int place;
};

struct layer {
    int n_inputs, n_units;
    const double *weights, *biases;
};

struct column {
    int source;
    enum reads reads;
    int n_inputs;
    double fill;
    int fill_place;
    const struct label *labels;
    int n_labels;
    const int *parts;
    int folds_case;
    const char *const *missing;
    int n_missing;
    const double *missing_numbers;
    int n_missing_numbers;
    int has_comma, takes_number_text, n_digits;
    double per_day, shift, least, most;
    int is_formatted;
    const char *groups; /* texts that stand between thousands, each with its end */
    char decimal;
    const char *affix;
    int is_before, is_accounting, is_share;
};

"""

READ = r"""
/* The number of digits, a decimal mark and a power in the mark of the locale, which strtod reads. */
static double number_of_digits(const char *digits)
{
    char text[MOST_DIGITS + 40];
    const char *mark = localeconv()->decimal_point;
    size_t length = 0, n_mark = strlen(mark);
    if (n_mark > 16)
        return HUGE_VAL;
    for (; *digits != '\0'; digits++) {
        if (*digits == '.') {
            memcpy(text + length, mark, n_mark);
            length += n_mark;
        } else {
            text[length++] = *digits;
        }
    }
    text[length] = '\0';
    return strtod(text, NULL);
}

/* Moves over a power such as e-3, which is put behind the digits; 0 where there is half of one. */
static int take_power(const char **at, const char *end, char *digits, size_t *length)
{
    const char *next = *at;
    if (next == end || (*next != 'e' && *next != 'E'))
        return 1;
    digits[(*length)++] = *next++;
    if (next < end && (*next == '+' || *next == '-'))
        digits[(*length)++] = *next++;
    if (next == end || !is_digit(*next))
        return 0;
    while (next < end && is_digit(*next))
        digits[(*length)++] = *next++;
    *at = next;
    return 1;
}

/* A number with a decimal point, or a comma where that may be; no_value where it is none. */
static double plain_number(const char *text, size_t length, int has_comma)
{
    char digits[MOST_DIGITS];
    const char *at = text, *end = text + length;
    size_t n = 0, n_digits = 0;
    double value;
    if (length + 2 > MOST_DIGITS)
        return no_value(text, length);
    if (at < end && (*at == '+' || *at == '-'))
        digits[n++] = *at++;
    for (; at < end && is_digit(*at); n_digits++)
        digits[n++] = *at++;
    if (at < end && (*at == '.' || (has_comma && *at == ','))) {
        digits[n++] = '.';
        for (at++; at < end && is_digit(*at); n_digits++)
            digits[n++] = *at++;
    }
    if (n_digits == 0 || !take_power(&at, end, digits, &n) || at != end)
        return no_value(text, length);
    digits[n] = '\0';
    value = number_of_digits(digits);
    return value;
}
"""

FORMATTED = r"""
/* Moves over one of several texts; 0 where none of them is there. */
static int take_group(const char **at, const char *end, const char *groups)
{
    for (; *groups != '\0'; groups += strlen(groups) + 1) {
        size_t n = strlen(groups);
        if ((size_t)(end - *at) > n && memcmp(*at, groups, n) == 0 && is_digit((*at)[n])) {
            *at += n;
            return 1;
        }
    }
    return 0;
}

static int take(const char **at, const char *end, char one)
{
    if (*at == end || **at != one)
        return 0;
    ++*at;
    return 1;
}

static int take_affix(const char **at, const char *end, const char *affix)
{
    size_t n = strlen(affix);
    if (n == 0 || (size_t)(end - *at) < n || memcmp(*at, affix, n) != 0)
        return 0;
    *at += n;
    return 1;
}

static void skip_blanks(const char **at, const char *end)
{
    while (*at < end && **at == ' ')
        ++*at;
}

/* Digits with marks between thousands, in threes or as lakhs and crores; 0 where they are wrong. */
static int take_body(const char **at, const char *end, const struct column *column, char *digits, size_t *n)
{
    int sizes[MOST_DIGITS], n_groups = 0, number, is_threes = 1, is_lakhs;
    size_t before = *n;
    sizes[0] = 0;
    for (;;) {
        while (*at < end && is_digit(**at)) {
            digits[(*n)++] = *(*at)++;
            sizes[n_groups]++;
        }
        if (sizes[n_groups] == 0 || !take_group(at, end, column->groups))
            break;
        sizes[++n_groups] = 0;
    }
    if (n_groups > 0) {
        is_lakhs = column->groups[0] == ',' && sizes[0] <= 2 && sizes[n_groups] == 3 && n_groups > 1;
        for (number = 1; number <= n_groups; number++) {
            is_threes = is_threes && sizes[number] == 3;
            is_lakhs = is_lakhs && (number == n_groups || sizes[number] == 2);
        }
        if (digits[before] == '0' || !((is_threes && sizes[0] <= 3) || is_lakhs))
            return 0;
    }
    if (*at < end && **at == column->decimal) {
        ++*at;
        digits[(*n)++] = '.';
        if (sizes[0] == 0 && (*at == end || !is_digit(**at)))
            return 0;
        while (*at < end && is_digit(**at))
            digits[(*n)++] = *(*at)++;
    }
    return *n > before;
}

/* A number with thousands, a currency or a unit. */
static double formatted_number(const char *text, size_t length, const struct column *column)
{
    char digits[MOST_DIGITS];
    const char *at = text, *end = text + length;
    size_t n = 0;
    int opened, closed = 0, is_negative = 0, n_signs = 0, has_affix = 0;
    double value;
    if (length + 2 > MOST_DIGITS)
        return no_value(text, length);
    opened = column->is_accounting && take(&at, end, '(');
    skip_blanks(&at, end);
    if (at < end && (*at == '+' || *at == '-')) {
        is_negative = *at++ == '-';
        n_signs++;
    }
    skip_blanks(&at, end);
    if (column->is_before)
        has_affix = take_affix(&at, end, column->affix);
    skip_blanks(&at, end);
    if (column->is_accounting && take(&at, end, '('))
        opened++;
    if (has_affix && at < end && (*at == '+' || *at == '-')) {
        is_negative = *at++ == '-';
        n_signs++;
    }
    if (!take_body(&at, end, column, digits, &n) || !take_power(&at, end, digits, &n))
        return no_value(text, length);
    if (column->is_accounting)
        closed += take(&at, end, ')');
    skip_blanks(&at, end);
    if (!column->is_before && take_affix(&at, end, column->affix))
        has_affix = 1;
    skip_blanks(&at, end);
    if (column->is_accounting && take(&at, end, '-')) {
        is_negative = 1;
        n_signs++;
    }
    skip_blanks(&at, end);
    if (column->is_accounting)
        closed += take(&at, end, ')');
    if (at != end || opened != closed || n_signs + opened > 1)
        return no_value(text, length);
    digits[n] = '\0';
    value = number_of_digits(digits);
    if (column->is_share && !has_affix && value != 0.0)
        return no_value(text, length);
    return is_negative || opened > 0 ? -value : value;
}
"""
