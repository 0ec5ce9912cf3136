"""Canonical JSON after RFC 8785: the same value gives the same bytes in every language."""

from __future__ import annotations

import math
from json.encoder import encode_basestring as _quoted


def canonical_json(value: object) -> str:
    """JSON with sorted keys, no spaces and ECMAScript's numbers.

    Takes None, bool, int (up to 2**53 in size), finite float, str, list and dict with text
    keys. Raises ``ValueError`` for anything else: no two values share a text by accident.
    """
    if value is None:
        return "null"
    if value is True or value is False:
        return "true" if value else "false"
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, int):
        if abs(value) > 2**53:
            raise ValueError(f"{value} is not exact as a JSON number")
        return str(value)
    if isinstance(value, float):
        return es_number(value)
    if isinstance(value, list):
        return "[" + ",".join(map(canonical_json, value)) + "]"
    if isinstance(value, dict):
        return joined({key: canonical_json(item) for key, item in value.items()})
    raise ValueError(f"{type(value).__name__} has no JSON form")


def joined(texts: dict[str, str]) -> str:
    """The canonical JSON of a dictionary, from that of its values."""
    # RFC 8785 3.2.3: sorted by UTF-16 code units.
    keys = sorted(texts, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
    return "{" + ",".join(f"{_string(key)}:{texts[key]}" for key in keys) + "}"


def _string(value: str) -> str:
    """A text as RFC 8785 3.2.2.2 writes it, which is how Python's own encoder does."""
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise ValueError("text with a lone surrogate has no canonical form") from None
    return _quoted(value)


def es_number(value: float) -> str:
    """A finite float as ECMAScript's ``String(number)`` writes it."""
    if not math.isfinite(value):
        raise ValueError(f"{value} has no JSON form")
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    mantissa, _, exponent = f"{abs(value)!r}".partition("e")
    whole, _, fraction = mantissa.partition(".")
    fraction = "" if fraction == "0" else fraction
    digits = (whole + fraction).lstrip("0")
    # value = 0.DIGITS * 10 ** point
    point = len(whole) + int(exponent or 0)
    if whole == "0":
        point -= len(fraction) - len(fraction.lstrip("0")) + 1
    digits = digits.rstrip("0") or "0"
    count = len(digits)
    if count <= point <= 21:
        return sign + digits + "0" * (point - count)
    if 0 < point <= 21:
        return f"{sign}{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    tail = f".{digits[1:]}" if count > 1 else ""
    return f"{sign}{digits[0]}{tail}e{'+' if point > 0 else '-'}{abs(point - 1)}"
