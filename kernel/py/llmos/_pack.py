"""Python values as JSON text and binary parts, and back without any loss.

For the cache and the pool of workers: only Python reads the text. Unlike ``_codec``, which
speaks to other languages, it keeps tuples, dtypes, byte orders, memory layouts and data
frames as they are. It never holds code, so reading a foreign one runs none (which is why
this is not pickle).

==============================  ==========================================================
None, booleans, text, numbers   themselves; NaN and infinities by Python's own names
lists, dictionaries             themselves; dictionaries with other keys than text, or with
                                such that begin with ``$``: ``{"$dict": [[key, value], …]}``
tuples, ranges, complex         ``{"$tuple": […]}``, ``{"$range": […]}``, ``{"$complex": […]}``
bytes, bytearray                ``{"$bytes": part}``, ``{"$bytearray": part}``
numpy arrays                    ``{"$array": [dtype, shape, "C" or "F", part]}``
numpy scalars                   ``{"$scalar": [dtype, hex digits]}``
arrays of objects               ``{"$objects": [shape, items]}``
data frames, series             ``{"$frame": {…}}``, ``{"$series": {…}}``
outputs of other skills         ``{"$outputs": [skill, values, units, bundle]}``
==============================  ==========================================================
"""

from __future__ import annotations

import json

from ._outputs import Outputs
from ._types import is_array, is_frame, is_scalar, is_series

_ATOMS = {int, float, str, bool, type(None)}
_KINDS = "biufcmMSU"


class Unpackable(Exception):
    """A value that would not come back as it was; says which."""


def pack(value: object) -> tuple[str, list[bytes]]:
    """Text and parts of a value. Raises ``Unpackable``."""
    parts: list[bytes] = []
    try:
        return json.dumps(_take(value, parts)), parts
    except (RecursionError, ValueError) as error:
        raise Unpackable(f"the value holds itself or is nested too deep: {error}") from None


def unpack(text: str, parts: list) -> object:
    """The value that ``pack`` took, in new objects. Raises ``ValueError`` for other texts."""

    def give(item: dict) -> object:
        if len(item) == 1:
            ((tag, value),) = item.items()
            if tag.startswith("$"):
                return _special(tag, value, parts)
        return item

    try:
        return json.loads(text, object_hook=give)
    except (TypeError, LookupError, AttributeError) as error:
        raise ValueError(f"this is no packed value: {error}") from error


def modules_of(text: str) -> list[str]:
    """The packages that must be there before the text is unpacked."""
    if '{"$frame"' in text or '{"$series"' in text:
        return ["numpy", "pandas"]
    tags = ('{"$array"', '{"$scalar"', '{"$objects"')
    return ["numpy"] if any(tag in text for tag in tags) else []


def _take(value: object, parts: list) -> object:
    kind = type(value)
    if kind in _ATOMS:
        return value
    if kind is dict:
        return _take_dict(value, parts)
    if kind is list:
        return value if _ATOMS.issuperset(map(type, value)) else [_take(v, parts) for v in value]
    if kind is tuple:
        return {"$tuple": [_take(item, parts) for item in value]}
    if kind is complex:
        return {"$complex": [value.real, value.imag]}
    if kind is range:
        return {"$range": [value.start, value.stop, value.step]}
    if kind is bytes or kind is bytearray:
        return {f"${kind.__name__}": _part(bytes(value), parts)}
    if kind is Outputs:
        inner = (value._values, value._units, value._bundle)
        return {"$outputs": [value._skill, *(_take(item, parts) for item in inner)]}
    if is_scalar(value) and value.dtype.kind in _KINDS:
        return {"$scalar": [value.dtype.str, value.tobytes().hex()]}
    if is_array(value):
        return _take_array(value, parts)
    if is_frame(value):
        return _take_frame(value, parts)
    if is_series(value):
        return _take_series(value, parts)
    raise Unpackable(f"a {kind.__name__} cannot be kept")


def _take_dict(value: dict, parts: list) -> dict:
    if all(type(key) is str and not key.startswith("$") for key in value):
        return {key: _take(item, parts) for key, item in value.items()}
    return {"$dict": [[_take(k, parts), _take(item, parts)] for k, item in value.items()]}


def _take_array(array: object, parts: list) -> dict:
    shape = list(array.shape)
    if type(array).__name__ != "ndarray":
        raise Unpackable(f"a {type(array).__name__} cannot be kept")
    if array.dtype.kind == "O":
        return {"$objects": [shape, [_take(item, parts) for item in array.ravel().tolist()]]}
    if array.dtype.kind not in _KINDS:
        raise Unpackable(f"an array of {array.dtype} cannot be kept")
    fortran = array.flags.f_contiguous and not array.flags.c_contiguous
    order = "F" if fortran else "C"
    return {"$array": [array.dtype.str, shape, order, _part(array.tobytes(order), parts)]}


def _take_frame(frame: object, parts: list) -> dict:
    columns = [frame.iloc[:, number] for number in range(len(frame.columns))]
    return {
        "$frame": {
            "index": _take_index(frame.index, parts),
            "columns": _take_index(frame.columns, parts),
            "data": [_take_array(_values(column), parts) for column in columns],
        }
    }


def _take_series(series: object, parts: list) -> dict:
    if type(series).__name__ != "Series":
        raise Unpackable(f"a {type(series).__name__} cannot be kept")
    return {
        "$series": {
            "index": _take_index(series.index, parts),
            "name": _take(series.name, parts),
            "data": _take_array(_values(series), parts),
        }
    }


def _values(series: object) -> object:
    """A column's own array; columns of pandas' own types are not kept."""
    if type(series.dtype).__module__.partition(".")[0] != "numpy":
        raise Unpackable(f"a column of {series.dtype} cannot be kept")
    return series.to_numpy()


def _take_index(index: object, parts: list) -> dict:
    name = _take(index.name, parts)
    if type(index).__name__ == "RangeIndex":
        return {"name": name, "range": [index.start, index.stop, index.step]}
    if type(index).__name__ != "Index":
        raise Unpackable(f"a {type(index).__name__} cannot be kept")
    return {"name": name, "values": _take_array(_values(index), parts)}


def _part(data: bytes, parts: list) -> int:
    parts.append(data)
    return len(parts) - 1


def _special(tag: str, value: object, parts: list) -> object:
    make = _MAKERS.get(tag)
    if make is None:
        raise ValueError(f"this is no packed value: it holds {tag}")
    return make(value, parts)


def _scalar(value: list, parts: list) -> object:
    import numpy as np

    return np.frombuffer(bytes.fromhex(value[1]), _dtype(value[0]))[0]


def _dtype(text: str) -> object:
    """A type whose elements are bytes and nothing else; raises ``ValueError``."""
    import numpy as np

    dtype = np.dtype(text)
    if dtype.kind not in _KINDS or dtype.hasobject:
        raise ValueError(f"this is no packed value: it holds elements of the type {text}")
    return dtype


def _array(value: list, parts: list) -> object:
    import numpy as np

    name, shape, order, number = value
    dtype = _dtype(name)
    data = parts[number]
    if not len(data):
        return np.empty(shape, dtype, order)
    return np.ndarray(shape, dtype, bytearray(data), order=order).copy("K")


def _objects(value: list, parts: list) -> object:
    import numpy as np

    shape, items = value
    array = np.empty(len(items), object)
    for number, item in enumerate(items):
        array[number] = item
    return array.reshape(shape)


def _index(value: dict) -> object:
    import pandas as pd

    if "range" in value:
        return pd.RangeIndex(*value["range"], name=value["name"])
    return pd.Index(value["values"], dtype=value["values"].dtype, name=value["name"])


def _frame(value: dict, parts: list) -> object:
    import pandas as pd

    index = _index(value["index"])
    # With their types named: newer pandas would make texts of objects.
    columns = {n: pd.Series(a, index, dtype=a.dtype) for n, a in enumerate(value["data"])}
    frame = pd.DataFrame(columns, index=index)
    frame.columns = _index(value["columns"])
    return frame


def _series(value: dict, parts: list) -> object:
    import pandas as pd

    data = value["data"]
    return pd.Series(data, _index(value["index"]), dtype=data.dtype, name=value["name"])


_MAKERS = {
    "$dict": lambda value, parts: {key: item for key, item in value},
    "$tuple": lambda value, parts: tuple(value),
    "$complex": lambda value, parts: complex(*value),
    "$range": lambda value, parts: range(*value),
    "$bytes": lambda value, parts: bytes(parts[value]),
    "$bytearray": lambda value, parts: bytearray(parts[value]),
    "$outputs": lambda value, parts: Outputs(*value),
    "$scalar": _scalar,
    "$array": _array,
    "$objects": _objects,
    "$frame": _frame,
    "$series": _series,
}
