"""The commands: ``qawl read``, ``qawl add``, ``qawl find`` and the others.

Data goes to standard output, everything said to a person to standard error. Exit status: 0 done, 1 some inputs
were skipped (or a floor was breached, or a record cannot be used), 2 the command was not understood or could not
start, 130 interrupted.
"""

import os

# One article's matrices are too small to share among threads: handing them round takes longer than multiplying
# them. Set before NumPy is loaded, and only where the user has not chosen.
for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

from qawl.cli.app import app, main  # noqa: E402

__all__ = ["app", "main"]
