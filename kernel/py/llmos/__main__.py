"""``python -m llmos run notebook.ipynb``; ``--help`` tells the rest."""

import sys

if __name__ == "__main__":
    from llmos.run.command import main

    sys.exit(main())
