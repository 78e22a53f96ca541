"""The parts of an R script that are the same for every model."""

from __future__ import annotations

ENCODE = r"""
  trimmed <- function(text) gsub(BLANKS_AROUND, "", text, perl = TRUE)

  groups_of_match <- function(pattern, text) regmatches(text, regexec(pattern, text, perl = TRUE))[[1]]

  has_digit <- function(text) grepl("\\p{Nd}|^[+-]?[iI][nN][fF]([iI][nN][iI][tT][yY])?$", enc2utf8(text), perl = TRUE)

  # The number in a text; NA where it is missing, Inf where it has digits and is no number.
  number_of_text <- function(text, column) {
    if (is.na(text)) return(NA_real_)
    text <- trimmed(text)
    if (text == "" || text %in% column$missing) return(NA_real_)
    value <- NA_real_
    if (!is.null(column$pattern)) value <- formatted(text, column)
    else {
      if (column$comma) text <- sub(",", ".", text, fixed = TRUE)
      if (grepl(PLAIN, text, perl = TRUE)) value <- as.numeric(text)
    }
    if (!is.na(value)) value else if (has_digit(text)) Inf else NA_real_
  }

  # A number with thousands, a currency or a unit; NA where it is none.
  formatted <- function(text, column) {
    found <- groups_of_match(column$pattern, text)
    if (length(found) == 0L) return(NA_real_)
    opened <- sum(found[c(2L, 5L)] != "")
    signs <- found[c(3L, 6L, 11L)]
    if (opened != sum(found[c(9L, 12L)] != "") || sum(signs != "") + opened > 1L) return(NA_real_)
    if (found[6L] != "" && found[4L] == "") return(NA_real_)
    body <- if (column$groups == "") found[7L] else gsub(column$groups, "", found[7L], perl = TRUE)
    value <- as.numeric(paste0(sub(column$decimal, ".", body, fixed = TRUE), found[8L]))
    if (column$is_share && all(found[c(4L, 10L)] == "") && value != 0) return(NA_real_)
    if (opened > 0L || "-" %in% signs) -value else value
  }

  # Days from 1970-01-01 to a day of the calendar; Inf where there is none.
  day_of_calendar <- function(year, month, day) {
    if (year < 1 || month < 1 || month > 12 || day < 1) return(Inf)
    is_leap <- (year %% 4 == 0 && year %% 100 != 0) || year %% 400 == 0
    lengths <- c(31, if (is_leap) 29 else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    if (day > lengths[month]) return(Inf)
    past <- year - 1
    365 * past + past %/% 4 - past %/% 100 + past %/% 400 + sum(lengths[seq_len(month - 1)]) + day - 719163
  }

  # Days since 1970-01-01 of a date; NA where it is missing, Inf where it has digits and is no date.
  day_of_text <- function(text, column) {
    if (is.na(text)) return(NA_real_)
    text <- trimmed(text)
    if (text == "" || text %in% column$missing) return(NA_real_)
    found <- groups_of_match(ISO_DATE, text)
    if (length(found) == 0L) {
      if (column$number_text && grepl(PLAIN, text, perl = TRUE)) return(day_of_number(as.numeric(text), column))
      return(if (has_digit(text)) Inf else NA_real_)
    }
    part <- function(number) if (found[number + 1L] == "") 0 else as.numeric(found[number + 1L])
    days <- day_of_calendar(part(1L), part(2L), part(3L))
    if (part(5L) > 23 || part(6L) > 59 || part(8L) >= 60) return(Inf)
    offset <- 0
    zone <- found[11L]
    if (zone != "" && zone != "Z") {
      digits <- sub(":", "", substring(zone, 2L), fixed = TRUE)
      minutes <- if (nchar(digits) > 2L) as.numeric(substring(digits, 3L)) else 0
      sign <- if (substring(zone, 1L, 1L) == "-") -60 else 60
      offset <- (as.numeric(substring(digits, 1L, 2L)) * 60 + minutes) * sign
    }
    (days * 86400 + part(5L) * 3600 + part(6L) * 60 - offset + part(8L)) / 86400
  }

  # Days since 1970-01-01 of a number, which counts them unless the file had dates as numbers.
  day_of_number <- function(number, column) {
    if (is.na(number)) return(NA_real_)
    if (column$digits > 0) {
      if (number != floor(number) || number < 0 || number >= 10^column$digits) return(Inf)
      digits <- paste0(formatC(number, width = column$digits, flag = "0", format = "f", digits = 0), "0101")
      year <- as.numeric(substring(digits, 1L, 4L))
      return(day_of_calendar(year, as.numeric(substring(digits, 5L, 6L)), as.numeric(substring(digits, 7L, 8L))))
    }
    if (number < column$least || number > column$most) return(Inf)
    number / column$per_day - column$shift
  }

  # The numbers, or the days, in cells; NA where they are missing, Inf where they cannot be read.
  numbers_of <- function(cells, column) {
    is_date <- column$reads != "number"
    if (is.factor(cells)) cells <- as.character(cells)
    if (is.character(cells)) {
      read <- if (is_date) day_of_text else number_of_text
      values <- vapply(cells, read, 0, column = column, USE.NAMES = FALSE)
    } else if (inherits(cells, "Date")) values <- as.numeric(cells)
    else if (inherits(cells, "POSIXct")) values <- as.numeric(cells) / 86400
    else if (is_date) values <- vapply(as.numeric(cells), day_of_number, 0, column = column, USE.NAMES = FALSE)
    else values <- as.numeric(cells)
    values[values %in% column$missing_numbers] <- NA_real_
    values[is.nan(values)] <- NA_real_
    values
  }

  # The places of labels among those that are told apart, -1 for none of them; NA where cells are missing.
  places_of <- function(cells, column) {
    if (column$reads != "label") {
      days <- numbers_of(cells, column)
      is_day <- is.finite(days)
      seconds <- floor(ifelse(is_day, days, 0)) * 86400
      moment <- as.POSIXlt(as.POSIXct(seconds, origin = "1970-01-01", tz = "UTC"), tz = "UTC")
      names <- if (column$reads == "weekday") (moment$wday + 6) %% 7 else moment$mon
      places <- column$places[names + 1]
      places[!is_day] <- if (DROPS) NA else column$fill
      places[is.na(days)] <- NA
      return(places)
    }
    if (is.logical(cells)) {
      places <- column$truths[cells + 1L]
    } else if (is.numeric(cells) && !is.factor(cells)) {
      places <- column$number_places[match(as.numeric(cells), column$numbers)]
      places[is.na(places) & !is.na(cells)] <- column$fill
    } else {
      text <- trimmed(as.character(cells))
      places <- column$places[match(text, column$labels)]
      if (column$folds) {
        folded <- column$places[match(tolower(text), column$labels)]
        places[is.na(places)] <- folded[is.na(places)]
      }
      places[is.na(places)] <- column$fill
      places[is.na(text) | text == "" | text %in% column$missing] <- NA
    }
    places
  }

  # Standardised inputs, and whether each row can be predicted.
  encode <- function(data) {
    n_rows <- length(data[[COLUMNS[[1L]]$name]])
    inputs <- matrix(0, n_rows, length(MEANS))
    is_sound <- rep(TRUE, n_rows)
    start <- 0L
    for (column in COLUMNS) {
      cells <- data[[column$name]]
      if (is.null(cells)) stop("there is no column '", column$name, "', which the model needs")
      if (column$reads %in% c("number", "date")) {
        values <- numbers_of(cells, column)
        is_sound <- is_sound & !is.infinite(values) & !(DROPS & is.na(values))
        values <- ifelse(is.na(values), column$fill, values)
        inputs[, start + 1L] <- values
        for (place in seq_len(column$n_inputs - 1L)) {
          inputs[, start + 1L + place] <- inputs[, start + place] * values
        }
      } else {
        places <- places_of(cells, column)
        is_sound <- is_sound & !(DROPS & is.na(places))
        places[is.na(places)] <- column$fill
        if (column$n_inputs == 1L) inputs[, start + 1L] <- as.numeric(places == 1)
        else {
          rows <- which(places >= 0)
          inputs[cbind(rows, start + 1L + places[rows])] <- 1
        }
      }
      start <- start + column$n_inputs
    }
    inputs <- sweep_columns(inputs)
    is_sound <- is_sound & rowSums(abs(inputs) > MOST) == 0
    inputs[!is_sound, ] <- 0
    list(inputs = inputs, is_sound = is_sound)
  }

  sweep_columns <- function(inputs) t((t(inputs) - MEANS) / SCALES)
"""

LAYERS = r"""
  # Outputs (n_rows, n_outputs) of standardised inputs.
  outputs <- function(inputs) {
    values <- inputs
    for (number in seq_along(LAYERS)) {
      if (number > 1L) values <- if (ACTIVATION == "tanh") tanh(values) else values * (values > 0)
      values <- t(t(values %*% LAYERS[[number]]$weights) + LAYERS[[number]]$biases)
    }
    values
  }
"""

ANSWER_NUMBERS = r"""
  # Predictions in the unit of the target; NA for a row that has none.
  predict <- function(data) {
    encoded <- encode(data)
    values <- outputs(encoded$inputs)[, 1L] * TARGET_SCALE + TARGET_MEAN
    values[!encoded$is_sound] <- NA_real_
    values
  }

  list(predict = predict)
})

regdesk_predict <- regdesk_model$predict
"""

ANSWER_CLASSES = r"""
  # A column of probabilities for each class; NA for a row that has no prediction.
  probabilities <- function(data) {
    encoded <- encode(data)
    values <- outputs(encoded$inputs)
    if (ncol(values) == 1L) {
      small <- exp(-abs(values[, 1L]))
      second <- ifelse(values[, 1L] > 0, 1, small) / (1 + small)
      found <- cbind(1 - second, second)
    } else {
      powers <- exp(values - apply(values, 1L, max))
      found <- powers / rowSums(powers)
    }
    found[!encoded$is_sound, ] <- NA_real_
    dimnames(found) <- list(NULL, CLASSES)
    found
  }

  # The likeliest class, the first where two are equally likely; NA for a row that has none.
  predict <- function(data) {
    encoded <- encode(data)
    values <- outputs(encoded$inputs)
    places <- if (ncol(values) == 1L) 1L + (values[, 1L] > 0) else apply(values, 1L, which.max)
    found <- CLASSES[places]
    found[!encoded$is_sound] <- NA_character_
    found
  }

  list(predict = predict, probabilities = probabilities)
})

regdesk_predict <- regdesk_model$predict
regdesk_probabilities <- regdesk_model$probabilities
"""
