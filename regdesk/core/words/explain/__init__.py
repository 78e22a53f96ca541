"""What the Explain dock says: the objective as a formula, one step of one weight, and topics of a hundred words."""
