"""The commands: ``qawl read``, ``qawl score``, ``qawl demo``.

Data goes to standard output, everything said to a person to standard error. Exit status: 0 done, 1 some inputs
were skipped (or a floor was breached), 2 the command was not understood or could not start, 130 interrupted.
"""

from qawl.cli.app import app, main

__all__ = ["app", "main"]
