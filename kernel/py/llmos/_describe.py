"""What variables of a notebook are, for making a skill of a cell.

``describe(names)`` answers, by name: ``kind`` (``value`` or ``code``), ``form`` (how a JSON
value becomes this value again), port ``type``, and where JSON can say it shortly, ``value``.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterable, Mapping

from ._outputs import Outputs
from ._types import is_array, is_frame, is_scalar, is_series

#: Longest JSON text of a value that becomes a default.
_LONGEST = 2000


class Described(dict):
    """The answer, shown as JSON."""

    def __repr__(self) -> str:
        return json.dumps(self)

    def _repr_json_(self) -> dict:
        return dict(self)


def describe(names: Iterable[str], namespace: Mapping | None = None) -> Described:
    """Facts of those variables that exist; ``namespace`` defaults to the notebook's."""
    space = notebook() if namespace is None else namespace
    return Described({name: facts(space[name], name) for name in names if name in space})


def notebook() -> Mapping:
    """The variables of the notebook."""
    module = sys.modules.get("IPython.core.interactiveshell")
    shell = module.InteractiveShell._instance if module else None
    return shell.user_ns if shell else sys.modules["__main__"].__dict__


def facts(value: object, name: str = "") -> dict:
    """What one value is."""
    if _is_code(value):
        line = _import_line(value, name)
        found = {"kind": "code", "form": "plain", "type": "any"}
        return {**found, "importLine": line} if line else found
    if isinstance(value, Outputs):
        members = {key: facts(item) for key, item in value.items()}
        return {"kind": "value", "form": "outputs", "type": "object", "members": members}
    form, kind, plain = _read(value)
    found = {"kind": "value", "form": form, "type": kind}
    if form == "array":
        found["dtype"] = value.dtype.name
    if plain is not None and _is_short(plain):
        found["value"] = plain
    return found


def _is_code(value: object) -> bool:
    if isinstance(value, type) or type(value).__name__ in ("module", "ufunc"):
        return True
    return callable(value) and hasattr(value, "__name__") and hasattr(value, "__module__")


def _import_line(value: object, name: str) -> str | None:
    """The line that makes the value known again; none for code of the notebook."""
    own = getattr(value, "__name__", "")
    if type(value).__name__ == "module":
        return f"import {own}" if own == name else f"import {own} as {name}"
    module = getattr(value, "__module__", None)
    source = sys.modules.get(module or "")
    if module in (None, "__main__", "builtins") or getattr(source, own, None) is not value:
        return None
    return f"from {module} import {own}" + ("" if own == name else f" as {name}")


def _read(value: object) -> tuple[str, str, object]:
    """Form, port type, and the value for JSON (``None`` when it cannot be said)."""
    if value is None:
        return "none", "any", None
    if is_scalar(value):
        value = value.item()
    if isinstance(value, bool):
        return "plain", "boolean", value
    if isinstance(value, int):
        return "plain", "integer", value if abs(value) < 2**53 else None
    if isinstance(value, float):
        return _read_float(value)
    if isinstance(value, str):
        return "plain", "string", value
    if is_array(value):
        return _read_array(value)
    if is_frame(value):
        return "plain", "table", None
    if is_series(value):
        return "plain", "array", None
    if isinstance(value, (list, tuple, set, frozenset)):
        return _read_list(value)
    if isinstance(value, Mapping):
        return "plain", "object", value if _is_json(value) else None
    return "plain", _look(value), None


def _read_float(value: float) -> tuple[str, str, object]:
    if not math.isfinite(value):
        return "plain", "number", None
    return ("float" if value.is_integer() else "plain"), "number", value


def _read_array(value: object) -> tuple[str, str, object]:
    flat = value.ndim == 1 and value.dtype.kind in "iuf"
    items = value.tolist() if value.size * 2 <= _LONGEST and value.dtype.kind in "biuf" else None
    if items is not None and not _is_json(items, floats=True):
        items = None
    return "array", "array<number>" if flat else "array", items


def _read_list(value: object) -> tuple[str, str, object]:
    if isinstance(value, (set, frozenset)):
        form, items = "set", sorted(value, key=repr)
    else:
        form, items = ("tuple" if isinstance(value, tuple) else "plain"), list(value)
    numbers = all(isinstance(i, (int, float)) and not isinstance(i, bool) for i in items)
    kind = "array<number>" if items and numbers else "array"
    if form == "set" and type(value) is frozenset:
        return "plain", kind, None
    if form == "plain" and items and all(isinstance(item, float) for item in items):
        return "floats", kind, items if _is_json(items, floats=True) else None
    return form, kind, items if _is_json(items) else None


def _look(value: object) -> str:
    """The port type of an object by what it can do."""
    if hasattr(value, "num_qubits"):
        return "circuit"
    shown = ("_repr_png_", "_repr_svg_", "_repr_jpeg_", "savefig")
    return "image" if any(hasattr(value, method) for method in shown) else "any"


def _is_json(value: object, *, floats: bool = False) -> bool:
    """Whether JSON gives the very same value back: no 1.0, no tuple inside, finite."""
    if value is None or isinstance(value, (bool, str)):
        return True
    if isinstance(value, int):
        return abs(value) < 2**53
    if isinstance(value, float):
        return math.isfinite(value) and (floats or not value.is_integer())
    if type(value) is list:
        return all(_is_json(item, floats=floats) for item in value)
    if type(value) is dict:
        return all(isinstance(k, str) and _is_json(v, floats=floats) for k, v in value.items())
    return False


def _is_short(value: object) -> bool:
    try:
        return len(json.dumps(value, allow_nan=False)) <= _LONGEST
    except (TypeError, ValueError):
        return False
