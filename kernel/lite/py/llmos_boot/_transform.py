"""Turns each cell into Python once, where IPython and its kernel do so three times."""

from __future__ import annotations


def install(shell: object) -> None:
    """Lets the shell remember the cell that it turned into Python last.

    It asks what the cell is after magics, whether it waits, and then what to run. What
    comes of a cell may depend on the variables that there are, so the answer is kept until
    the next cell has run, and only as long as nothing else has a say in it: importing
    ``llmos`` brings ``%%skill``.
    """
    transform = shell.transform_cell
    last: tuple[tuple[str, int, int], str] | None = None

    def remembered(raw_cell: str) -> str:
        nonlocal last
        state = (raw_cell, shell.execution_count, len(shell.input_transformers_cleanup))
        if last is None or last[0] != state:
            last = (state, transform(raw_cell))
        return last[1]

    shell.transform_cell = remembered
