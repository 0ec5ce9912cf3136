"""Rows of parameters, and the order in which a circuit lists its parameters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID, uuid4

from .parameter import Parameter


class ParameterVectorElement(Parameter):
    """One parameter of a vector, named ``v[0]``."""

    def __init__(self, vector: ParameterVector, index: int, uuid: UUID | None = None) -> None:
        super().__init__(f"{vector.name}[{index}]", uuid=uuid)
        self._vector = vector
        self._index = index

    @property
    def index(self) -> int:
        """Place in the vector."""
        return self._index

    @property
    def vector(self) -> ParameterVector:
        """The vector that it belongs to."""
        return self._vector

    def __repr__(self) -> str:
        return f"ParameterVectorElement({self.name})"


class ParameterVector:
    """A named row of parameters: ``ParameterVector("theta", 3)[0]``."""

    def __init__(self, name: str, length: int = 0) -> None:
        self._name = name
        self._root = uuid4()
        self._params: list[ParameterVectorElement] = []
        self.resize(length)

    @property
    def name(self) -> str:
        """Name that the elements share."""
        return self._name

    @property
    def params(self) -> list[ParameterVectorElement]:
        """All elements in order."""
        return self._params

    def index(self, value: ParameterVectorElement) -> int:
        """Place of an element."""
        return self._params.index(value)

    def resize(self, length: int) -> None:
        """Grow or cut to a length; elements that stay are the same ones."""
        while len(self._params) < length:
            place = len(self._params)
            self._params.append(ParameterVectorElement(self, place, UUID(int=(self._root.int + place) % 2**128)))
        del self._params[length:]

    def __getitem__(self, key: Any) -> Any:
        return self._params[key]

    def __iter__(self) -> Iterator[ParameterVectorElement]:
        return iter(self._params)

    def __len__(self) -> int:
        return len(self._params)

    def __str__(self) -> str:
        return f"{self.name}, {[str(item) for item in self._params]}"

    def __repr__(self) -> str:
        return f"ParameterVector(name={self.name!r}, length={len(self)})"


class ParameterView(list):
    """The parameters of a circuit, in order; also understands set arithmetic."""

    def __repr__(self) -> str:
        return f"ParameterView({list.__repr__(self)})"

    def __or__(self, other: Iterable[Parameter]) -> set[Parameter]:
        return set(self) | set(other)

    def __and__(self, other: Iterable[Parameter]) -> set[Parameter]:
        return set(self) & set(other)

    def __sub__(self, other: Iterable[Parameter]) -> set[Parameter]:
        return set(self) - set(other)


def sort_parameters(parameters: Iterable[Parameter]) -> ParameterView:
    """By name, but elements of a vector by their number (2 before 10)."""

    def key(p: Parameter) -> tuple[str, int]:
        return (p.vector.name, p.index) if isinstance(p, ParameterVectorElement) else (p.name, 0)

    return ParameterView(sorted(set(parameters), key=key))
