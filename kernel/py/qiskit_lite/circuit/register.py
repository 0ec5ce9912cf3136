"""Bits and registers, as in ``qiskit.circuit``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any, ClassVar

from .exceptions import CircuitError


class Bit:
    """One bit; its identity is the object, its place is asked with ``find_bit``."""

    __slots__ = ("_index", "_register")

    def __init__(self, register: Register | None = None, index: int | None = None) -> None:
        self._register = register
        self._index = index

    def __repr__(self) -> str:
        if self._register is None:
            return object.__repr__(self)
        return f"<{type(self).__name__} register={self._register!r}, index={self._index}>"

    def _key(self) -> tuple[Any, ...] | None:
        if self._register is None:
            return None
        return (type(self), self._register.name, self._register.size, self._index)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Bit) or self._register is None:
            return False
        return self._key() == other._key()

    def __hash__(self) -> int:
        key = self._key()
        return object.__hash__(self) if key is None else hash(key)


class Qubit(Bit):
    """A quantum bit."""

    __slots__ = ()


class Clbit(Bit):
    """A classical bit."""

    __slots__ = ()


class Register:
    """A named row of bits."""

    prefix: ClassVar[str] = "reg"
    bit_type: ClassVar[type[Bit]] = Bit
    _counter: ClassVar[Iterator[int]] = count()

    def __init__(
        self,
        size: int | None = None,
        name: str | None = None,
        bits: Iterable[Bit] | None = None,
    ) -> None:
        if (size, bits) == (None, None) or (size is not None and bits is not None):
            raise CircuitError("Exactly one of the size or bits arguments can be provided.")
        if size is not None:
            if int(size) != size:
                raise CircuitError(f"Register size must be an integer. '{size}' was provided")
            if size < 0:
                raise CircuitError("Register size must be non-negative.")
        if name is not None and not isinstance(name, str):
            raise CircuitError("The circuit register name should be a string.")
        self.name = name if name is not None else f"{self.prefix}{next(self._counter)}"
        row = [] if bits is None else list(bits)
        self._size = len(row) if bits is not None else int(size or 0)
        self._bits = row if bits is not None else [
            self.bit_type(self, index) for index in range(self._size)
        ]

    @property
    def size(self) -> int:
        """Number of bits."""
        return self._size

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[Bit]:
        return iter(self._bits)

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, (list, tuple)):
            return [self._bits[index] for index in key]
        return self._bits[key]

    def index(self, bit: Bit) -> int:
        """Place of a bit in this register."""
        return self._bits.index(bit)

    def __contains__(self, bit: object) -> bool:
        return bit in self._bits

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.size}, '{self.name}')"

    def __eq__(self, other: object) -> bool:
        return (
            type(self) is type(other)
            and isinstance(other, Register)
            and (self.name, self.size) == (other.name, other.size)
        )

    def __hash__(self) -> int:
        return hash((type(self).__name__, self.name, self.size))


class QuantumRegister(Register):
    """A row of qubits."""

    prefix = "q"
    bit_type = Qubit
    _counter = count()


class AncillaRegister(QuantumRegister):
    """A row of helper qubits."""

    prefix = "a"
    _counter = count()


class ClassicalRegister(Register):
    """A row of classical bits."""

    prefix = "c"
    bit_type = Clbit
    _counter = count()
