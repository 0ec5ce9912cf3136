"""What stops a run before or beside its cells, said so that a person can put it right."""

from __future__ import annotations


class RunError(Exception):
    """Told as one line on the terminal, without a traceback; the exit code is 2."""
