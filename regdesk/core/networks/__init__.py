"""Networks solved to convergence, along the λ of a sweep."""
