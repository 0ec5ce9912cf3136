"""Large outputs in a few numbers, by which they are compared where their bits differ.

Another version of numpy, or native Python beside the browser, gives other last digits: the
hash is another one, though the result is the same.
"""

from __future__ import annotations

from ._types import is_array, is_series

#: Elements that stand in a summary as they are, evenly spread from the first to the last.
SAMPLES = 8
#: Beyond, squares overflow, of which numpy would warn the person whose cell runs.
LARGEST = 1e150


def summary(value: object) -> dict | None:
    """``{ low, high, mean, rms, at }`` of an array or a list of finite real numbers, else None."""
    numbers = _array(value) if is_array(value) or is_series(value) else _list(value)
    if numbers is None or len(numbers) == 0:
        return None
    found = _of_list(numbers) if isinstance(numbers, list) else _of_array(numbers)
    if found is None:
        return None
    last = len(numbers) - 1
    at = [numbers[last * place // (SAMPLES - 1)] for place in range(SAMPLES)]
    return {**{name: _short(x) for name, x in found.items()}, "at": list(map(_short, at))}


def _of_list(numbers: list[float]) -> dict | None:
    # NaN is in no order, so it is looked for by itself.
    if not all(abs(x) <= LARGEST for x in numbers):
        return None
    mean, square = sum(numbers) / len(numbers), sum(x * x for x in numbers) / len(numbers)
    return {"low": min(numbers), "high": max(numbers), "mean": mean, "rms": square**0.5}


def _of_array(numbers: object) -> dict | None:
    low, high = numbers.min(), numbers.max()
    if not (abs(low) <= LARGEST and abs(high) <= LARGEST):
        return None  # also where either is NaN, as both are when one element is
    # Without a copy of the array, which would take longer than its hash.
    square = numbers.dot(numbers) / len(numbers)
    return {"low": low, "high": high, "mean": numbers.mean(), "rms": square**0.5}


def _array(value: object) -> object:
    """The elements in C order as one row of doubles; None for what are no real numbers."""
    array = value.to_numpy() if is_series(value) else value
    return array.ravel().astype(float, copy=False) if array.dtype.kind in "biuf" else None


def _list(value: object) -> list | None:
    if not isinstance(value, (list, tuple)) or not all(type(x) in (int, float) for x in value):
        return None
    try:
        return [float(x) for x in value]
    except OverflowError:
        return None


def _short(value: float) -> float:
    """With the digits that a comparison needs, since every trace of a run holds it."""
    return float(f"{float(value):.9g}")
