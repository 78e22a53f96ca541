"""The panel of the network: inputs by name, hidden units, and the weights as links between them."""
