"""``python -m qawl``: the same as the command ``qawl``."""

import sys

from qawl.cli import main

if __name__ == "__main__":
    sys.exit(main())
