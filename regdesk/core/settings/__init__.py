"""What a person can choose: the configuration, its table of settings, and what changes it."""
