"""How C tells what a cell is that is no value: missing, or what cannot be read."""

from __future__ import annotations

WORDS = r"""
enum { MOST_DIGITS = 500, MOST_LETTERS = 1000 };

static int is_digit(char one) { return one >= '0' && one <= '9'; }

/* Of how many bytes the blank is that the text begins with; 0 where there is none. */
static size_t blank_length(const char *text, size_t length)
{
    size_t number;
    if (length > 0 && (*text == ' ' || (*text >= '\t' && *text <= '\r') || (*text >= 28 && *text <= 31)))
        return 1;
    for (number = 0; number < sizeof longer_blanks / sizeof longer_blanks[0]; number++) {
        size_t n = strlen(longer_blanks[number]);
        if (length >= n && memcmp(text, longer_blanks[number], n) == 0)
            return n;
    }
    return 0;
}

/* Where the text begins without the blanks around it, and its length. */
static const char *trimmed(const char *text, size_t *length)
{
    size_t n;
    *length = strlen(text);
    while ((n = blank_length(text, *length)) > 0) {
        text += n;
        *length -= n;
    }
    for (n = 1; n <= 3 && n <= *length; n++)
        if (blank_length(text + *length - n, n) == n) {
            *length -= n;
            n = 0;
        }
    return text;
}

/* Compares the text of a length with one that ends. */
static int compared(const char *text, size_t length, const char *other)
{
    size_t n = strlen(other);
    int found = memcmp(text, other, length < n ? length : n);
    return found != 0 ? found : (length > n) - (length < n);
}

static int is_missing(const char *text, size_t length, const struct column *column)
{
    int low = 0, high = column->n_missing;
    while (low < high) {
        int middle = (low + high) / 2, found = compared(text, length, column->missing[middle]);
        if (found == 0)
            return 1;
        if (found < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return length == 0;
}

/* Whether a digit begins the text: 0 to 9, or an Arabic, Persian, Devanagari, Bengali, Thai or full-width one. */
static int begins_with_digit(const char *text, size_t length)
{
    static const char *const zeros[] = {"\331\240", "\333\260", "\340\245\246", "\340\247\246", "\340\271\220",
                                        "\357\274\220"};
    size_t number, last;
    if (is_digit(*text))
        return 1;
    for (number = 0; number < sizeof zeros / sizeof zeros[0]; number++) {
        last = strlen(zeros[number]) - 1;
        if (length > last && memcmp(text, zeros[number], last) == 0) {
            int above = (int)(unsigned char)text[last] - (int)(unsigned char)zeros[number][last];
            if (above >= 0 && above <= 9)
                return 1;
        }
    }
    return 0;
}

/* Whether the text is inf or infinity, in letters of any size, with a sign or without. */
static int says_infinite(const char *text, size_t length)
{
    size_t at;
    if (length > 0 && (*text == '+' || *text == '-')) {
        text++;
        length--;
    }
    for (at = 0; at < length && at < 8; at++)
        if ((text[at] | 0x20) != "infinity"[at])
            return 0;
    return length == 3 || length == 8;
}

/* What a text that is no value stands for: one with digits or inf cannot be read, another one is missing. */
static double no_value(const char *text, size_t length)
{
    size_t at;
    for (at = 0; at < length; at++)
        if (begins_with_digit(text + at, length - at))
            return HUGE_VAL;
    return says_infinite(text, length) ? HUGE_VAL : NAN;
}
"""
