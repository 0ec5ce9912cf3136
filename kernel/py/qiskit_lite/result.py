"""Counts of measured bit strings, as in ``qiskit.result``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Counts(dict):
    """{bit string: how often}; the rightmost character is bit 0."""

    def __init__(self, data: Mapping[Any, int], **_: Any) -> None:
        super().__init__(data)

    def most_frequent(self) -> str:
        """The single most frequent bit string; an error when two tie."""
        top = max(self.values())
        found = [key for key, value in self.items() if value == top]
        if len(found) != 1:
            from .exceptions import QiskitError

            raise QiskitError(f"Multiple values have the same maximum counts: {','.join(found)}")
        return found[0]

    def int_outcomes(self) -> dict[int, int]:
        """The same with numbers as keys."""
        return {int(key.replace(" ", ""), 2): value for key, value in self.items()}

    def hex_outcomes(self) -> dict[str, int]:
        """The same with hexadecimal keys."""
        return {hex(key): value for key, value in self.int_outcomes().items()}

    def shots(self) -> int:
        """Number of measurements."""
        return sum(self.values())
