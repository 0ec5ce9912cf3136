"""Which skills a Python skill calls, read from its code."""

from __future__ import annotations

from ._index import Entry

_PYTHON = ("python-wasm", "qiskit")
_known: dict[tuple[str, str], tuple[str | None, ...]] = {}


def called_ids(entry: Entry) -> tuple[str | None, ...]:
    """Ids in ``skill("…")`` calls, sorted; None stands for an id that is not written out.

    ``skill`` counts by that name, under another name imported from ``llmos``, and as
    ``llmos.skill``. Skills of other runtimes call none.
    """
    if entry.type not in _PYTHON or "skill" not in entry.code:
        return ()
    key = (entry.path, entry.version or entry.code)
    if key not in _known:
        _known[key] = _read(entry.code)
    return _known[key]


def _read(code: str) -> tuple[str | None, ...]:
    import ast

    try:
        tree = ast.parse(code)
    except SyntaxError:
        return ()
    names, modules = {"skill"}, set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "llmos":
            names |= {a.asname or a.name for a in node.names if a.name == "skill"}
        elif isinstance(node, ast.Import):
            modules |= {a.asname or a.name for a in node.names if a.name == "llmos"}
    found: set[str] = set()
    unknown = False
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not _is_skill(node.func, names, modules):
            continue
        first = node.args[0] if node.args else None
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            found.add(first.value)
        else:
            unknown = True
    return (*([None] if unknown else []), *sorted(found))


def _is_skill(function: object, names: set[str], modules: set[str]) -> bool:
    import ast

    if isinstance(function, ast.Name):
        return function.id in names
    return (
        isinstance(function, ast.Attribute)
        and function.attr == "skill"
        and isinstance(function.value, ast.Name)
        and function.value.id in modules
    )
