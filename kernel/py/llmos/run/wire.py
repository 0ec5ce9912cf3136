"""Data to and from Node as text: the form of ``kernel/src/runtimes/engine/wire.ts``."""

from __future__ import annotations

import base64
import json
import math
import sys

from .._types import is_array

_MARK = "$llmos"
#: Kinds of typed arrays by numpy's type.
_ARRAYS = {
    "i1": "Int8Array",
    "u1": "Uint8Array",
    "i2": "Int16Array",
    "u2": "Uint16Array",
    "i4": "Int32Array",
    "u4": "Uint32Array",
    "f4": "Float32Array",
    "f8": "Float64Array",
    "i8": "BigInt64Array",
    "u8": "BigUint64Array",
}
_TYPES = {name: kind for kind, name in _ARRAYS.items()} | {
    "Uint8ClampedArray": "u1",
    "ArrayBuffer": "u1",
}


def encode(value: object) -> str:
    """One line; takes what ``_codec.prepare`` gives."""
    return json.dumps(_take(value), allow_nan=False)


def decode(text: str) -> object:
    """The data in a line: typed arrays as numpy's. Raises ``ValueError``."""
    try:
        return json.loads(text, object_hook=_give)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"this is no answer of Node: {error}") from None


def _take(value: object) -> object:
    if isinstance(value, dict):
        pairs = [[key, _take(item)] for key, item in value.items()]
        return {_MARK: "object", "of": pairs} if _MARK in value else dict(pairs)
    if isinstance(value, (list, tuple)):
        return [_take(item) for item in value]
    if isinstance(value, (bytes, bytearray)):
        return _marked("Uint8Array", bytes(value))
    if is_array(value):
        return _take_array(value)
    if isinstance(value, float) and (not math.isfinite(value) or _is_minus_zero(value)):
        names = {math.inf: "Infinity", -math.inf: "-Infinity", 0.0: "-0"}
        return {_MARK: "number", "of": names.get(value, "NaN")}
    if isinstance(value, int) and abs(value) > 2**53:
        return {_MARK: "bigint", "of": str(value)}
    return value


def _is_minus_zero(value: float) -> bool:
    return value == 0 and math.copysign(1, value) < 0


def _take_array(array: object) -> object:
    if array.ndim != 1:
        return [_take(row) for row in array] if array.ndim else _take(array.item())
    kind = array.dtype.kind + str(array.dtype.itemsize)
    if kind not in _ARRAYS:
        return _take(array.tolist())
    return _marked(_ARRAYS[kind], array.astype(f"<{kind}", copy=False).tobytes())


def _marked(name: str, data: bytes) -> dict:
    return {_MARK: name, "of": base64.b64encode(data).decode("ascii")}


def _give(item: dict) -> object:
    kind = item.get(_MARK)
    if kind is None:
        return item
    if kind == "undefined":
        return None
    of = item["of"]
    if kind == "object":
        return dict(of)
    if kind == "number":
        return float(of)  # takes JavaScript's names of infinities
    if kind == "bigint":
        return int(of)
    import numpy as np

    data = base64.b64decode(of)
    little = np.frombuffer(data, np.dtype("<" + _TYPES[kind]))
    return (
        little.astype(little.dtype.newbyteorder("=")) if sys.byteorder == "big" else little.copy()
    )
