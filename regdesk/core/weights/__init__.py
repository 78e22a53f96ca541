"""What weights are called, how they are counted, and the prior that a penalty puts on them."""
