"""Inputs and outputs as a trace keeps them: small values whole, others by hash and size."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256

from ._cachekey import Uncacheable, canonical
from ._canonical import canonical_json
from ._index import Ports
from ._summary import summary
from ._types import fits, is_array, is_frame, plain

#: Bytes of JSON in UTF-8 up to which a value stands in the trace.
INLINE_BYTES = 1024

_SPECIFIC = ("boolean", "integer", "number", "string", "array<number>", "object", "table", "array")


def traced_outputs(values: Mapping[str, object], ports: Ports) -> dict[str, dict]:
    """As ``traced``, with a summary of what is too large to be kept, for who computes it again."""
    found = traced(values, ports)
    for name, kept in found.items():
        told = summary(plain(values[name])) if "hash" in kept else None
        if told is not None:
            kept["summary"] = told
    return found


def traced(
    values: Mapping[str, object], ports: Ports, texts: Mapping[str, str] | None = None
) -> dict[str, dict]:
    """Each value as an ``ITracedValue``; ``texts``: canonical forms that are known already."""
    known = texts or {}
    return {
        name: traced_value(value, ports[name].type if name in ports else "any", known.get(name))
        for name, value in values.items()
    }


def traced_value(value: object, kind: str = "any", text: str | None = None) -> dict:
    """``{ type, value }`` when small, else ``{ type, hash, length or shape }``.

    ``text`` is the value's canonical form where the key of its call has needed it.
    """
    given, value = value, plain(value)
    if kind == "any":
        kind = next((name for name in _SPECIFIC if fits(name, value)), "any")
        if isinstance(value, (list, tuple, dict)) and not value:
            kind = "object" if isinstance(value, dict) else "array"
    found: dict[str, object] = {"type": kind}
    small = _inline(value)
    if small is not None:
        found["value"] = small[0]
        return found
    if is_array(value) or is_frame(value):
        found["shape"] = list(value.shape)
    if hasattr(value, "__len__"):
        found["length"] = len(value)
    try:
        if text is None or given is not value:
            text = canonical_json(canonical(value))
    except (Uncacheable, ValueError, RecursionError):
        return found  # an object of the skill's own, which has no canonical form
    found["hash"] = "sha256:" + sha256(text.encode()).hexdigest()
    return found


def _inline(value: object) -> tuple[object] | None:
    """The JSON of a value in a tuple, when it is small and JSON says all of it."""
    if isinstance(value, (str, bytes, bytearray, list, tuple, Mapping)):
        if len(value) >= INLINE_BYTES:
            return None
    elif is_array(value):
        if value.size >= INLINE_BYTES // 2 or value.dtype.kind not in "biuf":
            return None
    elif value is not None and not isinstance(value, (bool, int, float)):
        return None
    if isinstance(value, (bytes, bytearray)):
        return None
    data = value.tolist() if is_array(value) else value
    if not _is_json(data):
        return None
    try:
        # Refuses NaN and infinities, which JSON lacks.
        text = json.dumps(data, allow_nan=False, ensure_ascii=False, separators=(",", ":"))
    except ValueError:
        return None
    return (json.loads(text),) if len(text.encode("utf-8", "replace")) <= INLINE_BYTES else None


def _is_json(value: object) -> bool:
    kind = type(value)
    if kind in (str, bool, int, float, type(None)):
        return True
    if kind is list or kind is tuple:
        return all(map(_is_json, value))
    return kind is dict and all(type(k) is str and _is_json(v) for k, v in value.items())
