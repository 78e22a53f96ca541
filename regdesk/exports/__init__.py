"""Models as code: what a saved model says in another language, from the raw cells of a row to its prediction."""
