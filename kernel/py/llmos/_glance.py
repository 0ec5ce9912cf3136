"""What variables hold, in a few words each: type, shape and a small preview.

``glance(names)`` answers, by name: ``type``, and where it has one ``shape``, ``preview`` and,
for the outputs of a skill, ``members``. Nothing of a value is run: no ``repr``, no attribute
of a class that is not known here. So neither a huge value nor one of somebody else's class
takes time, changes anything, or says more than there is room for.
"""

from __future__ import annotations

import sys
import time
import types
from collections import deque
from collections.abc import Iterable, Mapping
from itertools import islice

from ._describe import Described, notebook
from ._outputs import Outputs

#: Names that are looked at, at most, and seconds for all of them.
_NAMES = 40
_SECONDS = 0.05
#: Items of a preview, members of a skill's outputs, letters of a text.
_ITEMS = 3
_MEMBERS = 12
_LETTERS = 60
#: Bits of an integer that is written out: the digits of a larger one take long.
_BITS = 128

_CODE = (types.ModuleType, types.FunctionType, types.BuiltinFunctionType, types.MethodType)
_LISTS = (list, tuple, set, frozenset, deque, range)


def glance(names: Iterable[str], namespace: Mapping | None = None) -> Described:
    """Those variables that exist and are no code; ``namespace``: the notebook's by default."""
    space = notebook() if namespace is None else namespace
    end = time.monotonic() + _SECONDS
    found = Described()
    for name in islice(names, _NAMES):
        if name in space and time.monotonic() < end:
            seen = look(space[name])
            if seen is not None:
                found[name] = seen
    return found


def look(value: object, *, is_member: bool = False) -> dict | None:
    """One value; ``None`` for modules, functions and classes."""
    kind = type(value)
    if kind in _CODE or issubclass(kind, type):
        return None
    if kind is Outputs:
        return {"type": "outputs", **({} if is_member else _members(value))}
    small = _scalar(value)
    if small is not None:
        return {"type": _name(kind), "preview": small}
    if kind is str or kind is bytes:
        return {"type": _name(kind), "shape": [len(value)], "preview": _text(value)}
    if kind in _LISTS:
        return {"type": _name(kind), "shape": [len(value)], "preview": _items(value)}
    if kind is dict:
        return {"type": "dict", "shape": [len(value)], "preview": _items(value)}
    return _foreign(value, kind)


def _members(value: Outputs) -> dict:
    values = object.__getattribute__(value, "_values")
    seen = {name: look(item, is_member=True) for name, item in islice(values.items(), _MEMBERS)}
    return {"members": {name: facts for name, facts in seen.items() if facts is not None}}


def _scalar(value: object) -> str | None:
    kind = type(value)
    if value is None or kind is bool:
        return str(value)
    if kind is int:
        bits = value.bit_length()
        return str(value) if bits <= _BITS else f"an integer of {bits} bits"
    return f"{value:.6g}" if kind is float or kind is complex else None


def _text(value: str | bytes) -> str:
    return repr(value[:_LETTERS]) + ("…" if len(value) > _LETTERS else "")


def _items(values: Iterable) -> str:
    """The first items (the keys of a dictionary): small ones as they are, others by type."""
    shown = [_item(item) for item in islice(values, _ITEMS)]
    return ", ".join([*shown, "…"] if len(values) > _ITEMS else shown)


def _item(value: object) -> str:
    small = _scalar(value)
    if small is not None:
        return small
    return _text(value) if type(value) in (str, bytes) else _name(type(value))


def _foreign(value: object, kind: type) -> dict:
    """Arrays and tables of packages that the notebook has loaded; else the type alone."""
    numpy = sys.modules.get("numpy")
    if numpy and kind is getattr(numpy, "ndarray", None):
        found = {"type": f"ndarray {value.dtype.name}", "shape": list(value.shape)}
        numbers = value.dtype.kind in "biufc"
        return {**found, "preview": _items_of_array(value)} if numbers else found
    if numpy and issubclass(kind, getattr(numpy, "generic", ())):
        return {"type": _name(kind), "preview": _item(value.item())}
    pandas = sys.modules.get("pandas")
    if pandas and kind is getattr(pandas, "DataFrame", None):
        labels = [_item(label) for label in value.columns[: _ITEMS * 2].tolist()]
        return {"type": "DataFrame", "shape": list(value.shape), "preview": ", ".join(labels)}
    if pandas and kind is getattr(pandas, "Series", None):
        return {"type": f"Series {value.dtype.name}", "shape": list(value.shape)}
    return {"type": _name(kind)}


def _items_of_array(value: object) -> str:
    shown = [_item(item) for item in value.flat[:_ITEMS].tolist()]
    return ", ".join([*shown, "…"] if value.size > _ITEMS else shown)


def _name(kind: type) -> str:
    """The class's own name, whatever its metaclass would say."""
    return type.__dict__["__name__"].__get__(kind)[:_LETTERS]
