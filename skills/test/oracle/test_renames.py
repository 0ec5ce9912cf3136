"""Renamed cells against CPython's own reading of them.

For each recorded rename the symbol tables of both texts must agree, scope by scope, but for
the global variable that was renamed; and both texts must have the same tokens otherwise.
Record anew with ``LLMOS_RECORD=1 npx jest --selectProjects skills --testPathPatterns renames``.
"""

from __future__ import annotations

import ast
import json
import symtable
import sys
from pathlib import Path

import pytest

RECORDED = Path(__file__).resolve().parents[1] / "recorded" / "renames.json"
TO = "renamed_name"


def shape(table: symtable.SymbolTable, name: str, to: str) -> list:
    """What each name of a scope is, with the global ``name`` called ``to``."""
    symbols = []
    for symbol in table.get_symbols():
        known = symbol.get_name()
        is_module = table.get_type() == "module"
        if known == name and (is_module or symbol.is_global()):
            known = to
        flags = (symbol.is_parameter(), symbol.is_local(), symbol.is_global(), symbol.is_free())
        symbols.append((known, *flags))
    return [sorted(symbols), [shape(child, name, to) for child in table.get_children()]]


def parse(text: str) -> ast.AST | None:
    try:
        flags = ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        return compile(text, "cell", "exec", flags)
    except SyntaxError:
        return None  # newer syntax than this Python's


def table(text: str) -> symtable.SymbolTable | None:
    try:
        return symtable.symtable(text, "cell", "exec")
    except SyntaxError:
        return None  # top-level await, which symtable does not allow


def test_renamed_cells_compile_and_mean_the_same() -> None:
    checked = compared = 0
    for item in json.loads(RECORDED.read_text()):
        before = parse(item["source"])
        if before is None:
            continue
        after = parse(item["renamed"])
        assert after is not None, item
        kinds = [type(node).__name__ for node in ast.walk(before)]
        assert kinds == [type(node).__name__ for node in ast.walk(after)], item
        checked += 1
        old, new = table(item["source"]), table(item["renamed"])
        if old is None or new is None or is_special(before, item["from"]):
            continue
        compared += 1
        assert shape(old, item["from"], TO) == shape(new, item["from"], TO), item
    assert checked > 500
    assert compared > 300


def is_special(tree: ast.AST, name: str) -> bool:
    """Where one scope has two variables of one name, which a symbol table cannot tell apart:
    a class's and the module's, an ``except … as e`` and the module's ``e``."""
    return any(
        isinstance(node, ast.ClassDef)
        or (isinstance(node, ast.ExceptHandler) and node.name == name)
        for node in ast.walk(tree)
    )


if __name__ == "__main__":
    sys.exit(pytest.main([__file__]))
