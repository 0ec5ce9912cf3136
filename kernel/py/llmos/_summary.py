"""Large outputs in a few numbers, by which they are compared where their bits differ.

Another version of numpy, or native Python beside the browser, gives other last digits: the
hash is another one, though the result is the same. Whole numbers have no last digits.
"""

from __future__ import annotations

from hashlib import sha256

from ._cachekey import Uncacheable, canonical
from ._canonical import canonical_json
from ._types import is_array, is_series

#: Elements that stand in a summary as they are, evenly spread from the first to the last.
SAMPLES = 8
#: Stands for a number where the rest of an object is hashed; no text of a person's.
_MARK = "\0number"
#: Beyond, squares overflow, of which numpy would warn the person whose cell runs.
LARGEST = 1e150


def summary(value: object) -> dict | None:
    """``{ low, high, mean, rms, moment, at }`` of finite floating-point numbers, else None.

    A complex number is two of them, its parts. Of numbers that stand within an object, such as a
    chart, with ``rest``, a hash of all else.
    """
    if isinstance(value, (dict, list, tuple)) and _list(value) is None:
        return _of_object(value)
    return _of_numbers(_array(value) if is_array(value) or is_series(value) else _list(value))


def _of_numbers(numbers: object) -> dict | None:
    if numbers is None or len(numbers) == 0:
        return None
    found = _of_list(numbers) if isinstance(numbers, list) else _of_array(numbers)
    if found is None:
        return None
    last = len(numbers) - 1
    at = [numbers[last * place // (SAMPLES - 1)] for place in range(SAMPLES)]
    return {**{name: _short(x) for name, x in found.items()}, "at": list(map(_short, at))}


def _of_object(value: object) -> dict | None:
    numbers: list[float] = []
    arrays: list = []
    try:
        rest = canonical_json(canonical(_apart(value, numbers, arrays)))
    except (Uncacheable, TypeError, ValueError, RecursionError):
        return None  # it has no canonical form
    found = _of_numbers(_joined(numbers, arrays))
    return found and {**found, "rest": "sha256:" + sha256(rest.encode()).hexdigest()}


def _apart(value: object, numbers: list[float], arrays: list) -> object:
    """The value with marks for its floating-point numbers, which go into the two lists."""
    if type(value) is float:
        numbers.append(value)
        return _MARK
    if type(value) is complex:
        numbers.extend((value.real, value.imag))
        return [_MARK, _MARK]
    if isinstance(value, dict):
        return {name: _apart(value[name], numbers, arrays) for name in sorted(value)}
    if isinstance(value, (list, tuple)):
        return [_apart(item, numbers, arrays) for item in value]
    parts = _array(value) if is_array(value) else None
    if parts is None:
        return value
    arrays.append(parts)
    return [_MARK, value.dtype.str, list(value.shape)]


def _joined(numbers: list[float], arrays: list) -> object:
    if not arrays:
        return numbers
    import numpy as np  # is there, since its arrays are

    return np.concatenate([np.array(numbers, float), *arrays])


def _of_list(numbers: list[float]) -> dict | None:
    # NaN is in no order, so it is looked for by itself.
    if not all(abs(x) <= LARGEST for x in numbers):
        return None
    count, last = len(numbers), max(len(numbers) - 1, 1)
    return {
        "low": min(numbers),
        "high": max(numbers),
        "mean": sum(numbers) / count,
        "rms": (sum(x * x for x in numbers) / count) ** 0.5,
        # What depends on the order, unlike the others.
        "moment": sum(x * place / last for place, x in enumerate(numbers)) / count,
    }


def _of_array(numbers: object) -> dict | None:
    import numpy as np  # is there, since its array is

    low, high = numbers.min(), numbers.max()
    if not (abs(low) <= LARGEST and abs(high) <= LARGEST):
        return None  # also where either is NaN, as both are when one element is
    # Without a copy of the array, which would take longer than its hash.
    count = len(numbers)
    return {
        "low": low,
        "high": high,
        "mean": numbers.mean(),
        "rms": (numbers.dot(numbers) / count) ** 0.5,
        "moment": numbers.dot(np.linspace(0, 1, count)) / count,
    }


def _array(value: object) -> object:
    """The elements in C order as one row of doubles; None for what are none."""
    array = value.to_numpy() if is_series(value) else value
    # A matrix stays two-dimensional, and a masked array has elements that are no numbers.
    if type(array).__name__ != "ndarray" or array.dtype.kind not in "fc":
        return None
    if array.dtype.kind == "c":
        return array.ravel().astype(complex, copy=False).view(float)
    return array.ravel().astype(float, copy=False)


def _list(value: object) -> list | None:
    kinds = {type(x) for x in value} if isinstance(value, (list, tuple)) else set()
    try:
        if kinds | {int} == {int, float}:
            return [float(x) for x in value]
        if kinds | {int, float} == {int, float, complex}:
            return [part for x in map(complex, value) for part in (x.real, x.imag)]
    except OverflowError:
        pass  # a whole number that no floating-point one comes near
    return None


def _short(value: float) -> float:
    """With the digits that a comparison needs, since every trace of a run holds it."""
    return float(f"{float(value):.9g}")
