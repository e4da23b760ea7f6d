"""`python -m edu`."""

import sys

from edu.cli import main

sys.exit(main())
