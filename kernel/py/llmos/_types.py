"""Port types: which Python values each takes, and how a value is described to people.

numpy and pandas are never imported here; their values are known by module name, so that
a skill without arrays does not load them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ._outputs import Outputs

_IMAGE_MAGIC = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"<svg", b"<?xml")
#: Types whose values stand for themselves everywhere. They are asked for first: what else
#: there may be takes many times longer to find out, and most values are none of it.
PLAIN = frozenset({type(None), bool, int, float, str, bytes, list, tuple, dict})
_IMAGE_METHODS = ("_repr_png_", "_repr_svg_", "_repr_jpeg_", "savefig")


def top_module(value: object) -> str:
    """First part of the module of the value's type, such as ``numpy``."""
    return type(value).__module__.partition(".")[0]


def is_array(value: object) -> bool:
    """A numpy array of any rank."""
    return (
        top_module(value) == "numpy"
        and hasattr(value, "__array_interface__")
        and (not is_scalar(value))
    )


def is_scalar(value: object) -> bool:
    """A numpy scalar such as ``np.float64(1)``."""
    kind = type(value)
    return kind.__module__ == "numpy" and any(b.__name__ == "generic" for b in kind.__mro__)


def is_frame(value: object) -> bool:
    """A pandas data frame."""
    return top_module(value) == "pandas" and type(value).__name__ == "DataFrame"


def is_series(value: object) -> bool:
    """A pandas series or index."""
    return top_module(value) == "pandas" and hasattr(value, "to_numpy") and not is_frame(value)


def plain(value: object) -> object:
    """numpy scalars and arrays of rank 0 as the Python value; ``Outputs`` as a dict."""
    if type(value) in PLAIN:
        return value
    if is_scalar(value) or (is_array(value) and value.ndim == 0):
        return value.item()
    if isinstance(value, Outputs):
        return value._asdict()
    if isinstance(value, str) and type(value) is not str and type(value).__module__ == "numpy":
        return str(value)
    return value


def _number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _integer(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _array(value: object) -> bool:
    if isinstance(value, (list, tuple, range)):
        return True
    return is_series(value) or (is_array(value) and value.ndim >= 1)


def _array_of_numbers(value: object) -> bool:
    if isinstance(value, (list, tuple)):
        kinds = set(map(type, value))
        return all(k in (int, float) for k in kinds) or all(_number(plain(v)) for v in value)
    if isinstance(value, range):
        return True
    if is_series(value):
        value = value.to_numpy()
    return is_array(value) and value.ndim == 1 and value.dtype.kind in "iuf"


def _image(value: object) -> bool:
    if isinstance(value, str):
        start = value.lstrip()[:12].lower()
        return start.startswith(("data:image/", "<svg", "<?xml"))
    if isinstance(value, (bytes, bytearray)):
        return bytes(value[:8]).lstrip().startswith(_IMAGE_MAGIC)
    if is_array(value):
        return value.ndim in (2, 3)
    return isinstance(value, Mapping) or any(hasattr(value, m) for m in _IMAGE_METHODS)


def _table(value: object) -> bool:
    if is_frame(value):
        return True
    if isinstance(value, (list, tuple)):
        return all(isinstance(row, Mapping) for row in value)
    if isinstance(value, Mapping):
        return all(_array(column) for column in value.values())
    return is_array(value) and value.dtype.names is not None


def _mapping(value: object) -> bool:
    return isinstance(value, Mapping)


def _circuit(value: object) -> bool:
    return isinstance(value, (Mapping, str)) or hasattr(value, "num_qubits")


_TESTS: dict[str, Callable[[object], bool]] = {
    "number": _number,
    "integer": _integer,
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "object": _mapping,
    "array": _array,
    "array<number>": _array_of_numbers,
    "image": _image,
    "geometry": _mapping,
    "material": _mapping,
    "mesh": _mapping,
    "scene": _mapping,
    "circuit": _circuit,
    "table": _table,
    "any": lambda value: True,
}

EXPECTED = {
    "object": "object (a dictionary)",
    "array": "array (a list or a numpy array)",
    "array<number>": "array<number> (a list of numbers or a one-dimensional numpy array)",
    "image": "image (a data URL, SVG text, PNG or JPEG bytes, or a figure)",
    "table": "table (a list of rows, a dictionary of columns, or a data frame)",
    "circuit": "circuit (a circuit object, a dictionary or its text)",
}


def fits(kind: str, value: object) -> bool:
    """Whether a plain value (see ``plain``) may stand for a port of that type."""
    return _TESTS.get(kind, _TESTS["any"])(value)


def describe(value: object) -> str:
    """The value as an error message shows it: short, with its type."""
    if value is None:
        return "None"
    if isinstance(value, bool):
        return f"{value} (boolean)"
    if isinstance(value, int):
        return f"{_short(value)} (integer)"
    if isinstance(value, float):
        return f"{value!r} (number)"
    if isinstance(value, str):
        return f"{_short(value)} (string)"
    if is_array(value):
        shape = " x ".join(map(str, value.shape))
        return f"a numpy array of {value.dtype.name}, {shape}"
    if isinstance(value, (list, tuple)):
        odd = next((v for v in value if not _number(plain(v))), None)
        what = f"a {type(value).__name__} of {len(value)}"
        return f"{what} that holds {describe(odd)}" if odd is not None else what
    if isinstance(value, Mapping):
        keys = ", ".join(map(str, list(value)[:5])) or "nothing"
        return f"a dictionary with {keys}" + (", …" if len(value) > 5 else "")
    return f"{_short(value)} ({type(value).__name__})"


def _short(value: object, limit: int = 60) -> str:
    text = repr(value)
    return text if len(text) <= limit else text[: limit - 1] + "…"
