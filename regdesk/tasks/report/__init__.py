"""What a report says of a model: its data, how λ was chosen, its weights, its scores, in sentences and pictures."""
