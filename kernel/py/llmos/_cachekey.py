"""The key under which a skill call's outputs are cached.

sha256 over the canonical JSON (RFC 8785) of ::

    {"inputs": {…}, "members": {id: version, …}, "runtime": "python/1", "skill": version,
     "v": 1}

``skill`` is the sha256 of the skill file's bytes, ``members`` the versions of the skills that
it calls, those that they call included. Inputs are those after the checks, defaults included,
in this form, in which no two different values look alike:

=====================  ==================================================================
null, booleans, text   themselves
integers               themselves; above 2**53 in size ``{"$int": "…"}``
floats                 themselves; those without fraction, and those that JSON lacks, as
                       ``{"$float": "1"}``, ``"-0"``, ``"NaN"``, ``"Infinity"``, ``"-Infinity"``
complex                ``{"$complex": [re, im]}``
lists, dictionaries    themselves; a key that begins with ``$`` gets a second ``$``
tuples                 ``{"$tuple": […]}``
arrays                 ``{"$array": {"dtype": "<f8", "shape": […], "sha256": "…"}}``: the hash
                       of the elements' little-endian bytes in C order
bytes                  ``{"$bytes": {"length": n, "sha256": "…"}}``
data frames            ``{"$table": {"columns": […], "index": array, "data": [array, …]}}``
=====================  ==================================================================

``tests/recorded/cache_keys.json`` holds vectors for implementations in other languages.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from hashlib import sha256

from ._canonical import canonical_json, es_number, joined
from ._index import Entry, Index
from ._types import is_array, is_frame, is_scalar, is_series

RUNTIMES = {
    "python-wasm": "python/1",
    "qiskit": "python/1",
    "javascript": "javascript/1",
    "threejs": "threejs/1",
    "ngspice": "ngspice/1",
}


class Uncacheable(Exception):
    """A value or a skill that has no key; says why."""


def cache_key(
    entry: Entry,
    inputs: Mapping[str, object],
    index: Index | None = None,
    texts: dict[str, str] | None = None,
) -> str | None:
    """``sha256:…`` of a call with checked inputs, or None when it must not be cached.

    That is so for ``pure: false``, for a skill that calls such a skill or a skill chosen while
    it runs, for one that reads files beside a skill, and for inputs that are objects of
    Python without a canonical form. ``texts`` takes the canonical form of each input.
    """
    try:
        text = preimage(entry, inputs, index, texts)
    except (Uncacheable, RecursionError, ValueError):
        return None  # also what holds itself, and integers of thousands of digits
    return "sha256:" + sha256(text.encode()).hexdigest()


def preimage(
    entry: Entry,
    inputs: Mapping[str, object],
    index: Index | None = None,
    texts: dict[str, str] | None = None,
) -> str:
    """The text that is hashed. Raises ``Uncacheable``."""
    if not entry.pure:
        raise Uncacheable(f"{entry.id} is not pure")
    if not entry.version or entry.type not in RUNTIMES:
        raise Uncacheable(f"{entry.id} has no version or an unknown type")
    if index is None:
        from . import _bridge

        index = _bridge.index()
    # The parts in the order of their names, as canonical JSON wants it; the same for most
    # calls of a skill, those after the inputs are made once a version and index.
    texts = {} if texts is None else texts
    try:
        texts.update((name, canonical_json(canonical(value))) for name, value in inputs.items())
        given = joined(texts)
    except ValueError as error:
        raise Uncacheable(str(error)) from None
    return f'{{"inputs":{given},{_rest(entry, index)}}}'


_rests: dict[str, tuple[Entry, Index, str]] = {}


def _rest(entry: Entry, index: Index) -> str:
    """The members of the document after ``inputs``."""
    known = _rests.get(entry.id)
    if known is not None and known[0] is entry and known[1] is index:
        return known[2]
    parts = {
        "members": members(entry, index),
        "runtime": RUNTIMES[entry.type],
        "skill": entry.version,
        "v": 1,
    }
    text = canonical_json(parts)[1:-1]
    _rests[entry.id] = (entry, index, text)
    return text


def members(entry: Entry, index: Index) -> dict[str, str]:
    """Versions of the skills that a skill's code calls by a literal id, transitively.

    A name that is no skill stands as ``missing``. Raises ``Uncacheable`` for code that
    does not write its calls out (see ``called_ids``), and for a member that is not pure.
    """
    from ._members import called_ids

    found: dict[str, str] = {}
    waiting = [entry]
    while waiting:
        current = waiting.pop()
        for name in called_ids(current):
            if name is None:
                raise Uncacheable(
                    f"{current.id} calls skills by ids that are not written out, or reads "
                    "files beside a skill"
                )
            skill_id = index.resolve(name)
            if skill_id is None:
                found[name] = "missing"
            elif skill_id not in found:
                member = index.entry(skill_id)
                if not member.pure:
                    raise Uncacheable(f"{current.id} calls {skill_id}, which is not pure")
                found[skill_id] = member.version
                waiting.append(member)
    return found


def canonical(value: object) -> object:
    """A value in the form of the table above. Raises ``Uncacheable``."""
    kind = type(value)
    if kind is float:
        return _float(value)
    if kind is list:
        return [canonical(item) for item in value]
    if value is None or isinstance(value, (bool, str)) and not is_scalar(value):
        return value
    if is_array(value) or is_scalar(value):
        return _array(value)
    if isinstance(value, int):
        return int(value) if abs(value) <= 2**53 else {"$int": str(int(value))}
    if isinstance(value, float):
        return _float(value)
    if isinstance(value, complex):
        return {"$complex": [_float(value.real), _float(value.imag)]}
    if isinstance(value, Mapping):
        return {_key(key): canonical(item) for key, item in value.items()}
    if type(value) is tuple:
        return {"$tuple": [canonical(item) for item in value]}
    if type(value) is range:
        return {"$range": [value.start, value.stop, value.step]}
    if isinstance(value, (bytes, bytearray)):
        return {"$bytes": {"length": len(value), "sha256": sha256(value).hexdigest()}}
    if is_frame(value):
        return {"$table": _frame(value)}
    if is_series(value):
        return {"$series": [canonical(value.to_numpy()), canonical(value.index.to_numpy())]}
    raise Uncacheable(f"a {type(value).__name__} has no canonical form")


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise Uncacheable(f"a dictionary with the key {key!r} has no canonical form")
    return "$" + key if key.startswith("$") else key


def _float(value: float) -> object:
    value = float(value)
    if math.isnan(value):
        return {"$float": "NaN"}
    if math.isinf(value):
        return {"$float": "Infinity" if value > 0 else "-Infinity"}
    if value == 0:
        return {"$float": "-0" if math.copysign(1, value) < 0 else "0"}
    return {"$float": es_number(value)} if value.is_integer() else value


def _array(value: object) -> dict:
    import numpy as np

    array = np.asarray(value)
    shape = list(array.shape)
    if array.dtype.kind == "O":
        items = [canonical(item) for item in array.ravel().tolist()]
        return {"$array": {"dtype": "|O", "shape": shape, "items": items}}
    if array.dtype.kind not in "biufcmMSU":
        raise Uncacheable(f"an array of {array.dtype} has no canonical form")
    little = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<"))
    digest = sha256(_bytes_of(little)).hexdigest()
    return {"$array": {"dtype": little.dtype.str, "shape": shape, "sha256": digest}}


def _bytes_of(array: object) -> object:
    """The elements in C order, without a copy where the buffer can be read as it is."""
    if array.ndim == 0 or array.size == 0 or array.dtype.kind not in "biufc":
        return array.tobytes()
    return memoryview(array).cast("B")


def _frame(frame: object) -> dict:
    names = frame.columns.tolist()
    return {
        "columns": [canonical(name) for name in names],
        "index": canonical(frame.index.to_numpy()),
        "data": [canonical(frame.iloc[:, number].to_numpy()) for number in range(len(names))],
    }
