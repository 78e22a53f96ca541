"""regdesk: see regularization act on your own data."""

import logging
import os

__version__ = "0.1.0"

# Nothing of the log is written unless somebody asks for it; without a handler Python writes warnings to standard error.
logging.getLogger("regdesk").addHandler(logging.NullHandler())
# BLAS is pinned to one thread before numpy is imported: with two it collapses by 10 to 100 times on a machine that is
# busy training, and the cores are shared out by models. Whoever sets these has chosen otherwise.
for _variable in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ.setdefault(_variable, "1")
