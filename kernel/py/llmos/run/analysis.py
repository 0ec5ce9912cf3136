"""Definitions and uses of a cell, read from Python's own ``ast`` and ``symtable``.

The site's graph reads cells by a parser of its own, since no Python runs yet while a person
types (``skills/src/workflow``). The two are held equal over the recorded corpus
``skills/test/fixtures/cells``, whose answers are this module's.

Module level is read from the ``ast`` in evaluation order; what functions, lambdas and
comprehensions read and bind as globals comes from ``symtable``. Cells with IPython syntax go
through IPython's own transformer first.
"""

from __future__ import annotations

import ast
import re
import warnings
from dataclasses import dataclass

from .reader import Reader
from .scopes import prepared

#: Cell magics whose cell is Python that runs in the notebook's own namespace.
PYTHON_MAGICS = frozenset("time timeit capture prun debug memit mprun lprun skill".split())

_HAS_SYNTAX_OF_IPYTHON = re.compile(r"^\s*[%!?]|=\s*[%!]|\?\s*$|^[ \t]+\S", re.M)


@dataclass(frozen=True)
class Analysis:
    """What a cell's source says by itself, each sorted."""

    defines: tuple[str, ...] = ()
    #: Names that it reads from outside.
    uses: tuple[str, ...] = ()
    #: Those of ``uses`` that it changes in place.
    mutates: tuple[str, ...] = ()
    #: True when some statements could not be read; the others count.
    incomplete: bool = False
    #: The cell as plain Python, empty for a cell of another language.
    tree: ast.Module | None = None


def analyse(source: str) -> Analysis:
    """Reads a code cell without running it; never raises for what a person may write."""
    try:
        python = to_python(source)
    except (SyntaxError, RecursionError):  # IPython's own transformer meets half a bracket
        python = source
    if python is None:
        return Analysis()
    try:
        tree, whole = parse(python)
        names = Reader(prepared(parse(python)[0])).answer()
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        # What only a compiler refuses, or is nested too deep: its own run says so.
        return Analysis(incomplete=True)
    return Analysis(*names, incomplete=not whole, tree=tree)


def parse(python: str) -> tuple[ast.Module, bool]:
    """The tree, and whether it is all of the text: else of the statements that are whole."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the code: running it shows them
        try:
            return ast.parse(python), True
        except (SyntaxError, ValueError):
            return _whole_statements(python), False


def _whole_statements(python: str) -> ast.Module:
    tree = ast.Module([], [])
    lines = python.split("\n")
    starts = [n for n, line in enumerate(lines) if line[:1].strip() and line[:1] not in "#)]}"]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        text = "\n" * start + "\n".join(lines[start:end])
        try:
            tree.body += ast.parse(text).body
        except (SyntaxError, ValueError):
            continue
    return tree


def to_python(source: str) -> str | None:
    """The cell as plain Python; None when it is in another language."""
    magic = re.match(r"\s*%%\s*(\S*)", source)
    if magic:
        if magic[1] not in PYTHON_MAGICS:
            return None
        source = source.lstrip().split("\n", 1)[-1] if "\n" in source else ""
    if _HAS_SYNTAX_OF_IPYTHON.search(source):
        from IPython.core.inputtransformer2 import TransformerManager

        return TransformerManager().transform_cell(source)
    return source
