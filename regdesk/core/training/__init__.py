"""The live model: a stack of models on the compiled engine, its steps and its verdicts."""
