"""The mathematics: numpy and numba, no Qt, no files, no threads, no clock."""
