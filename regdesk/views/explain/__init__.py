"""The Explain dock: the objective as a formula with live numbers, a weight's next step, and topics."""
