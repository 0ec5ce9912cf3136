"""What primitives return: jobs, results, bins of data and measured bits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any
from uuid import uuid4

import numpy as np

from ..exceptions import QiskitError


class BitArray:
    """Measured bits, packed: axes are the parameter sets, the shots and the bytes."""

    def __init__(self, array: np.ndarray, num_bits: int) -> None:
        self._array = array
        self._num_bits = num_bits

    @property
    def array(self) -> np.ndarray:
        """The packed bytes, most significant first."""
        return self._array

    @property
    def num_bits(self) -> int:
        """Bits of each shot."""
        return self._num_bits

    @property
    def num_shots(self) -> int:
        """Number of shots."""
        return self._array.shape[-2]

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of the parameter sets."""
        return self._array.shape[:-2]

    @property
    def ndim(self) -> int:
        """Number of axes of the parameter sets."""
        return len(self.shape)

    @property
    def size(self) -> int:
        """Number of parameter sets."""
        return int(np.prod(self.shape, dtype=int))

    def __getitem__(self, key: Any) -> BitArray:
        picked = self._array[key]
        return BitArray(picked, self._num_bits)

    def _rows(self, loc: Any) -> np.ndarray:
        chosen = self._array if loc is None else self._array[loc]
        return chosen.reshape(-1, self._array.shape[-1])

    def get_bitstrings(self, loc: Any = None) -> list[str]:
        """The bit strings in the order of the shots."""
        bits = np.unpackbits(self._rows(loc), axis=-1)[:, -self._num_bits :] if self._num_bits else np.zeros((self.num_shots, 0))
        return ["".join("1" if b else "0" for b in row) for row in bits]

    def get_counts(self, loc: Any = None) -> dict[str, int]:
        """How often each bit string came up, in order of first appearance."""
        counts: dict[str, int] = {}
        for text in self.get_bitstrings(loc):
            counts[text] = counts.get(text, 0) + 1
        return counts

    def get_int_counts(self, loc: Any = None) -> dict[int, int]:
        """The same with numbers as keys."""
        return {int(key, 2) if key else 0: value for key, value in self.get_counts(loc).items()}

    def __repr__(self) -> str:
        return f"BitArray(<shape={self.shape}, num_shots={self.num_shots}, num_bits={self.num_bits}>)"


class DataBin:
    """Named arrays of one result: ``data.meas``, ``data["meas"]``, ``data.evs``."""

    def __init__(self, *, shape: tuple[int, ...] = (), **data: Any) -> None:
        self._fields = data
        self.shape = shape

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["_fields"][name]
        except KeyError:
            raise AttributeError(f"'DataBin' object has no attribute '{name}'") from None

    def __getitem__(self, key: str) -> Any:
        return self._fields[key]

    def __contains__(self, key: str) -> bool:
        return key in self._fields

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    def keys(self) -> Any:
        """Names."""
        return self._fields.keys()

    def values(self) -> Any:
        """Arrays."""
        return self._fields.values()

    def items(self) -> Any:
        """Names and arrays."""
        return self._fields.items()

    def __repr__(self) -> str:
        inside = ", ".join(f"{name}={value!r}" for name, value in self._fields.items())
        return f"DataBin({inside}{', ' if inside else ''}shape={self.shape})"


class PubResult:
    """Result of one unit of work."""

    def __init__(self, data: DataBin, metadata: dict[str, Any] | None = None) -> None:
        self._data, self._metadata = data, metadata or {}

    @property
    def data(self) -> DataBin:
        """Arrays by name."""
        return self._data

    @property
    def metadata(self) -> dict[str, Any]:
        """Shots or precision."""
        return self._metadata

    def __repr__(self) -> str:
        return f"{type(self).__name__}(data={self._data!r}, metadata={self._metadata!r})"


class SamplerPubResult(PubResult):
    """Result of one sampled circuit."""

    def join_data(self, names: Sequence[str] | None = None) -> BitArray:
        """Several registers as one; the first name holds the lowest bits."""
        chosen = list(self._data.keys()) if names is None else list(names)
        if not chosen:
            raise ValueError("names is empty")
        parts = [self._data[name] for name in reversed(chosen)]
        bits = np.concatenate(
            [np.unpackbits(part.array, axis=-1)[..., -part.num_bits :] for part in parts], axis=-1
        )
        total = bits.shape[-1]
        pad = [(0, 0)] * (bits.ndim - 1) + [(-total % 8, 0)]
        return BitArray(np.packbits(np.pad(bits, pad), axis=-1), total)


class PrimitiveResult:
    """Results in the order of the units of work."""

    def __init__(self, pub_results: Sequence[PubResult], metadata: dict[str, Any] | None = None) -> None:
        self._results, self.metadata = list(pub_results), metadata or {}

    def __getitem__(self, index: Any) -> Any:
        return self._results[index]

    def __len__(self) -> int:
        return len(self._results)

    def __iter__(self) -> Iterator[PubResult]:
        return iter(self._results)

    def __repr__(self) -> str:
        return f"PrimitiveResult({self._results!r}, metadata={self.metadata!r})"


class PrimitiveJob:
    """A job that runs when its result is first asked for."""

    def __init__(self, work: Callable[[], PrimitiveResult]) -> None:
        self._id = str(uuid4())
        self._result = work()

    def job_id(self) -> str:
        """A unique id."""
        return self._id

    def result(self) -> PrimitiveResult:
        """The results."""
        return self._result

    def status(self) -> str:
        """Always done: the work runs when the job is made."""
        return "DONE"

    def done(self) -> bool:
        """Always true."""
        return True


def read_values(circuit: Any, values: Any) -> tuple[np.ndarray, tuple[int, ...]]:
    """Parameter sets as array with one row each, and their shape.

    ``values`` is None, a row, an array whose last axis runs over the parameters, or
    {parameter or tuple of parameters or name: values}.
    """
    names = list(circuit.parameters)
    if values is None:
        values = [] if not names else None
    if values is None:
        raise ValueError(f"The number of values (0) does not match the number of parameters ({len(names)}) for the circuit.")
    if hasattr(values, "items"):
        table = np.stack(_columns(names, values), axis=-1) if names else np.zeros(0)
    else:
        table = np.asarray(values, dtype=float)
    if table.ndim == 0 or (table.ndim == 1 and len(names) == 1 and len(table) != 1):
        table = table.reshape(-1, 1) if table.ndim else table.reshape(1)
    if table.shape[-1] != len(names):
        raise ValueError(
            f"The number of values ({table.shape[-1]}) does not match the number of parameters ({len(names)}) for the circuit."
        )
    return table, table.shape[:-1]


def _columns(names: list[Any], values: Any) -> list[np.ndarray]:
    found: dict[str, np.ndarray] = {}
    for key, value in values.items():
        array = np.asarray(value, dtype=float)
        row = [key] if isinstance(key, str) or not hasattr(key, "__iter__") else list(key)
        many = len(row) > 1 or not (isinstance(key, str) or not hasattr(key, "__iter__"))
        for i, p in enumerate(row):
            found[str(getattr(p, "name", p))] = array[..., i] if many else array
    missing = [p.name for p in names if p.name not in found]
    if missing:
        raise ValueError(f"Missing values for the parameters {', '.join(missing)}.")
    try:
        return list(np.broadcast_arrays(*(found[p.name] for p in names)))
    except ValueError:
        raise QiskitError("The values of the parameters have shapes that do not fit together.") from None
