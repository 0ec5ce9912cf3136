"""Which skills a Python skill calls, read from its code."""

from __future__ import annotations

from ._index import Entry

_PYTHON = ("python-wasm", "qiskit")
_known: dict[tuple[str, str], tuple[str | None, ...]] = {}


def called_ids(entry: Entry) -> tuple[str | None, ...]:
    """Ids in ``skill("…")`` calls, sorted; None stands for what the code does not write out.

    ``skill`` counts by that name, under another name imported from ``llmos``, and as
    ``llmos.skill``. None comes with an id that is computed, any other use of ``skill`` or
    ``llmos`` (it may be called under another name), and with ``read``: the files beside a
    skill are not part of its version. Skills of other runtimes call none.
    """
    if entry.type not in _PYTHON or not ("skill" in entry.code or "llmos" in entry.code):
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
    names, modules, unknown = _imported(tree)
    found: set[str] = set()
    parts: set[ast.AST] = set()
    for node in ast.walk(tree):  # a call comes before its parts
        if isinstance(node, ast.Call) and _is_skill(node.func, names, modules):
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                found.add(first.value)
            else:
                unknown = True
            parts |= {node.func, getattr(node.func, "value", node.func)}
        elif node in parts:
            continue
        elif isinstance(node, ast.Name):
            unknown |= node.id in names or node.id in modules
        elif isinstance(node, ast.Attribute):
            if isinstance(node.value, ast.Name) and node.value.id in modules:
                parts |= {node.value} if _is_harmless(node.attr) else set()
            unknown |= node.attr == "read"
    return (*sorted(found), *((None,) if unknown else ()))


def _imported(tree: object) -> tuple[set[str], set[str], bool]:
    """Names of ``skill`` and of the module, and whether anything else is imported of it."""
    import ast

    names, modules, unknown = {"skill"}, set(), False
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "llmos":
            whole = node.module == "llmos"
            names |= {a.asname or a.name for a in node.names if whole and a.name == "skill"}
            others = [a.name for a in node.names if not (whole and a.name == "skill")]
            unknown |= not all(map(_is_harmless, others))
        elif isinstance(node, ast.Import):
            modules |= {a.asname or a.name for a in node.names if a.name == "llmos"}
            unknown |= any(a.name.startswith("llmos.") for a in node.names)
    return names, modules, unknown


def _is_harmless(name: str) -> bool:
    """Names of ``llmos`` that call no skill."""
    return name == "Outputs" or name.startswith("Skill") and name.endswith("Error")


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
