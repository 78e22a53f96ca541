"""One shape, one meaning: a circle is of training rows and a diamond of validation rows, in every panel."""

TRAINING_SYMBOL, VALIDATION_SYMBOL = "o", "d"
"""pyqtgraph's names."""
TRAINING, VALIDATION = "●", "◆"
OPEN_TRAINING, OPEN_VALIDATION = "○", "◇"
"""As they are written: open ones are points of the data, and losses of the model that is live."""
OPTIMUM_SYMBOL = "star"
"""The optimum at λ among weights, which is of neither."""
