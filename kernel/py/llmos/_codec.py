"""Python values as data that crosses to another runtime, and back.

===========================  =====================================================
Python                       other side (structured clone)
===========================  =====================================================
None, bool, int, float, str  null, boolean, number (above 2**53: BigInt), string
list, tuple, dict            array, plain object
numpy array of rank 1        typed array; int64 as Float64Array when exact
numpy array of higher rank   nested arrays, the innermost typed
numpy array of booleans      array of booleans
complex, complex array       ``{ re, im }``
bytes                        Uint8Array
pandas data frame            array of row objects; a series as its array
===========================  =====================================================

Each array is copied once, between the two heaps, and never through JSON.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping

from ._types import is_array, is_frame, is_series, plain

_EXACT = 2**53


def to_json(value: object) -> object:
    """JSON of data: arrays as lists, frames as rows, numbers that JSON lacks as null."""
    value = plain(value)
    kind = type(value)
    if kind is list:
        return [to_json(item) for item in value]
    if kind in (str, int, bool):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): to_json(item) for key, item in value.items()}
    if is_frame(value):
        return to_json(value.to_dict("records"))
    if is_series(value):
        value = value.to_numpy()
    if is_array(value):
        value = value.tolist()
    if isinstance(value, (list, tuple, range)):
        return [to_json(item) for item in value]
    if isinstance(value, (str, int, bool)) or value is None:
        return value
    return str(value)


def prepare(value: object, where: str) -> object:
    """Data made of dicts, lists, scalars, bytes and contiguous numeric arrays only.

    Raises ``TypeError`` that names the place of a value which is no data.
    """
    value = plain(value)
    if value is None or isinstance(value, (bool, int, float, str, bytes, bytearray)):
        return value
    if isinstance(value, complex):
        return {"re": value.real, "im": value.imag}
    if isinstance(value, Mapping):
        return {str(key): prepare(item, f"{where}.{key}") for key, item in value.items()}
    if isinstance(value, (list, tuple, range)):
        return [prepare(item, f"{where}[{number}]") for number, item in enumerate(value)]
    if is_frame(value):
        return prepare(value.to_dict("records"), where)
    if is_series(value):
        return prepare(value.to_numpy(), where)
    if is_array(value):
        return _prepare_array(value, where)
    raise TypeError(
        f"{where} holds a {type(value).__name__}, which only Python understands. Give "
        "numbers, text, lists, dictionaries or numpy arrays."
    )


def _prepare_array(array: object, where: str) -> object:
    import numpy as np

    kind, size = array.dtype.kind, array.dtype.itemsize
    if kind == "c":
        return {"re": _native(array.real, np), "im": _native(array.imag, np)}
    if kind in "iu" and size == 8:
        exact = array.size == 0 or int(abs(array).max()) <= _EXACT
        return np.ascontiguousarray(array, dtype="f8") if exact else _native(array, np)
    if kind == "f" and size not in (4, 8):
        return np.ascontiguousarray(array, dtype="f8" if size > 8 else "f4")
    if kind in "iuf":
        return _native(array, np)
    return prepare(array.tolist(), where)


def _native(array: object, np: object) -> object:
    return np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("="))


def restore(value: object) -> object:
    """Data from another runtime: buffers as numpy arrays, ``{ re, im }`` as complex."""
    if isinstance(value, memoryview):
        import numpy as np

        return np.asarray(value)
    if isinstance(value, list):
        return [restore(item) for item in value]
    if isinstance(value, dict):
        if value.keys() == {"re", "im"}:
            both = _complex(restore(value["re"]), restore(value["im"]))
            if both is not None:
                return both
        return {key: restore(item) for key, item in value.items()}
    return value


def _complex(re: object, im: object) -> object:
    if is_array(re) and is_array(im) and re.shape == im.shape:
        both = re.astype("c16")
        both.imag = im
        return both
    if type(re) in (int, float) and type(im) in (int, float):
        return complex(re, im)
    return None


def has_buffers(value: object) -> bool:
    """Whether restoring needs numpy."""
    if isinstance(value, dict):
        return any(has_buffers(item) for item in value.values())
    if isinstance(value, list):
        return any(has_buffers(item) for item in value)
    return isinstance(value, memoryview)


def to_other(value: object) -> object:
    """Prepared data as the other side's objects: JavaScript's in the browser."""
    if sys.platform != "emscripten":
        return value
    from js import Object
    from pyodide.ffi import to_js

    return to_js(value, dict_converter=Object.fromEntries)


def from_other(value: object) -> object:
    """The other side's objects as Python data (not yet ``restore``-d); buffers as views."""
    return value.to_py() if hasattr(value, "to_py") else value
