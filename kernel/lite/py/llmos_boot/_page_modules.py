"""Modules that are objects of the page: ``js``, ``pyodide_js``."""

from __future__ import annotations

import sys


def find_first() -> None:
    """Looks for them before files.

    Pyodide looks last: the first ``import js`` of a kernel would go through every folder of
    ``sys.path``, among them the notebook's, which the page answers while Python waits.
    """
    from _pyodide._importhook import jsfinder

    sys.meta_path.remove(jsfinder)
    sys.meta_path.insert(0, jsfinder)
