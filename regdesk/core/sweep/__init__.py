"""What a sweep over λ is, of linear models and of networks, as values."""
