"""Values as short text: sensible digits, units, arrays and tables summarised."""

from __future__ import annotations

import math
from collections.abc import Mapping

from ._types import is_array, is_frame, is_series, plain

_PREFIXES = {-15: "f", -12: "p", -9: "n", -6: "µ", -3: "m", 0: "", 3: "k", 6: "M", 9: "G", 12: "T"}
#: Units that people write with a prefix, such as 4.7 kΩ.
_PREFIXED = frozenset({"Ω", "F", "H", "V", "A", "W", "Hz", "s", "m", "S", "C", "J", "Pa"})
_BARS = "▁▂▃▄▅▆▇█"


def number(value: float, unit: str = "") -> str:
    """A number with five significant digits and its unit; the minus is ASCII."""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int):
        return f"{value} {unit}".rstrip()
    if not math.isfinite(value):
        return f"{value} {unit}".rstrip()
    if unit in _PREFIXED and value != 0:
        power = min(12, max(-15, math.floor(math.log10(abs(value)) / 3 + 1e-9) * 3))
        return f"{_digits(value / 10.0**power)} {_PREFIXES[power]}{unit}"
    return f"{_digits(value)} {unit}".rstrip()


def _digits(value: float) -> str:
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.5g}"


def summary(value: object, unit: str = "") -> str:
    """One value on one line."""
    value = plain(value)
    if isinstance(value, (bool, int, float)):
        return number(value, unit)
    if isinstance(value, complex):
        sign = "-" if value.imag < 0 else "+"
        return f"{_digits(value.real)} {sign} {_digits(abs(value.imag))}j {unit}".rstrip()
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, (bytes, bytearray)):
        return f"{len(value):,} bytes"
    if is_frame(value):
        return _rows(len(value), [str(column) for column in value.columns])
    if is_series(value):
        value = value.to_numpy()
    if is_array(value):
        return _array(value, unit)
    if isinstance(value, (list, tuple)):
        return _list(value, unit)
    if isinstance(value, Mapping):
        return _mapping(value)
    return _text(repr(value))


def _text(value: str, limit: int = 160) -> str:
    if value.startswith("data:"):
        head, _, content = value[5:].partition(",")
        kind, _, coding = head.partition(";")
        size = len(content)
        if coding.endswith("base64"):
            size = size * 3 // 4 - content[-2:].count("=")
        return f"{kind}, {size:,} bytes"
    line = " ".join(value.split()) if "\n" in value else value
    return line if len(line) <= limit else line[: limit - 3] + "..."


def _rows(count: int, columns: list[str]) -> str:
    shown = ", ".join(columns[:8]) + (", ..." if len(columns) > 8 else "")
    return f"{count} row{'' if count == 1 else 's'}: {shown}"


def _array(value: object, unit: str) -> str:
    if value.ndim == 1 and value.size <= 8 and value.dtype.kind in "iufcb":
        return _list(value.tolist(), unit)
    shape = " x ".join(str(length) for length in value.shape)
    text = f"{value.dtype.name} array, {shape}"
    if value.size and value.dtype.kind in "iuf":
        return f"{text}, {_range(float(value.min()), float(value.max()), unit)}"
    return text


def _range(low: float, high: float, unit: str) -> str:
    if low == high:
        return f"all {number(low, unit)}"
    return f"{number(low, unit)} to {number(high, unit)}"


def _list(value: list | tuple, unit: str) -> str:
    numbers = [plain(item) for item in value]
    if numbers and all(type(item) in (int, float) for item in numbers):
        if len(numbers) <= 8:
            inside = ", ".join(number(item) for item in numbers)
            return f"[{inside}] {unit}".rstrip()
        return f"{len(numbers)} numbers, {_range(min(numbers), max(numbers), unit)}"
    if numbers and all(isinstance(item, Mapping) for item in numbers):
        return _rows(len(numbers), [str(key) for key in numbers[0]])
    inside = ", ".join(summary(item) for item in value[:8])
    if len(value) <= 8 and len(inside) <= 100:
        return f"[{inside}]"
    return f"{len(value)} item{'' if len(value) == 1 else 's'}"


def _mapping(value: Mapping) -> str:
    inside = ", ".join(f"{key}: {summary(item)}" for key, item in list(value.items())[:8])
    if len(value) <= 8 and len(inside) <= 120:
        return f"{{{inside}}}"
    keys = ", ".join(str(key) for key in list(value)[:8])
    return f"{len(value)} keys: {keys}{', ...' if len(value) > 8 else ''}"


def sparkline(value: object, width: int = 24) -> str:
    """Numbers as block characters; empty when there are fewer than three."""
    if is_series(value):
        value = value.to_numpy()
    if is_array(value):
        if value.ndim != 1 or value.dtype.kind not in "iuf":
            return ""
        value = value[:: max(1, len(value) // 4096)].tolist()
    if not isinstance(value, (list, tuple)) or len(value) < 3:
        return ""
    numbers = [plain(item) for item in value]
    if not all(type(item) in (int, float) and math.isfinite(item) for item in numbers):
        return ""
    count = min(width, len(numbers))
    sampled = [numbers[i * (len(numbers) - 1) // (count - 1)] for i in range(count)]
    low, high = min(sampled), max(sampled)
    if low == high:
        return _BARS[0] * count
    return "".join(_BARS[round((item - low) / (high - low) * 7)] for item in sampled)
