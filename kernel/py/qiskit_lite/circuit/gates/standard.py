"""The standard gates without control: one small class each, made from a table."""

from __future__ import annotations

import math
from typing import Any, ClassVar

import numpy as np

from ..instruction import Gate
from .matrices import matrix_of


class StandardGate(Gate):
    """A gate whose matrix and inverse are known by its name."""

    gate_name: ClassVar[str]
    qubits: ClassVar[int]
    angles: ClassVar[int]
    inverse_name: ClassVar[str]

    def __init__(self, *params: Any, label: str | None = None) -> None:
        if len(params) == self.angles + 1 and isinstance(params[-1], (str, type(None))):
            params, label = params[:-1], params[-1]
        if len(params) != self.angles:
            raise TypeError(f"{type(self).__name__} takes {self.angles} angles, not {len(params)}")
        super().__init__(self.gate_name, self.qubits, list(params), label)

    def _matrix(self) -> np.ndarray:
        return matrix_of(self.gate_name, self.params)

    def inverse(self, annotated: bool = False) -> Gate:
        """The gate that undoes this one, as a standard gate again."""
        name, p = self.inverse_name, self.params
        if self.angles == 0:
            return BY_NAME[name]()
        if name == "u":
            return type(self)(-p[0], -p[2], -p[1])
        if name == "u2":
            return U2Gate(-p[1] - math.pi, -p[0] + math.pi)
        if name == "keep-last":
            return type(self)(-p[0], p[1])
        return type(self)(*(-angle for angle in p))


BY_NAME: dict[str, type[StandardGate]] = {}


def _gate(class_name: str, name: str, qubits: int, angles: int = 0, inverse: str = "negate") -> Any:
    doc = f"Qiskit's ``{name}`` on {qubits} qubit(s) with {angles} angle(s)."
    members = {
        "gate_name": name,
        "qubits": qubits,
        "angles": angles,
        "inverse_name": inverse,
        "__doc__": doc,
        "__module__": __name__,
    }
    cls = type(class_name, (StandardGate,), members)
    BY_NAME[name] = cls
    return cls


IGate = _gate("IGate", "id", 1, inverse="id")
XGate = _gate("XGate", "x", 1, inverse="x")
YGate = _gate("YGate", "y", 1, inverse="y")
ZGate = _gate("ZGate", "z", 1, inverse="z")
HGate = _gate("HGate", "h", 1, inverse="h")
SGate = _gate("SGate", "s", 1, inverse="sdg")
SdgGate = _gate("SdgGate", "sdg", 1, inverse="s")
TGate = _gate("TGate", "t", 1, inverse="tdg")
TdgGate = _gate("TdgGate", "tdg", 1, inverse="t")
SXGate = _gate("SXGate", "sx", 1, inverse="sxdg")
SXdgGate = _gate("SXdgGate", "sxdg", 1, inverse="sx")
PhaseGate = _gate("PhaseGate", "p", 1, 1)
U1Gate = _gate("U1Gate", "u1", 1, 1)
U2Gate = _gate("U2Gate", "u2", 1, 2, inverse="u2")
U3Gate = _gate("U3Gate", "u3", 1, 3, inverse="u")
UGate = _gate("UGate", "u", 1, 3, inverse="u")
RGate = _gate("RGate", "r", 1, 2, inverse="keep-last")
RXGate = _gate("RXGate", "rx", 1, 1)
RYGate = _gate("RYGate", "ry", 1, 1)
RZGate = _gate("RZGate", "rz", 1, 1)
RVGate = _gate("RVGate", "rv", 1, 3)
SwapGate = _gate("SwapGate", "swap", 2, inverse="swap")
iSwapGate = _gate("iSwapGate", "iswap", 2, inverse="iswap_dg")
iSwapdgGate = _gate("iSwapdgGate", "iswap_dg", 2, inverse="iswap")
DCXGate = _gate("DCXGate", "dcx", 2, inverse="dcx_dg")
DCXdgGate = _gate("DCXdgGate", "dcx_dg", 2, inverse="dcx")
ECRGate = _gate("ECRGate", "ecr", 2, inverse="ecr")
RXXGate = _gate("RXXGate", "rxx", 2, 1)
RYYGate = _gate("RYYGate", "ryy", 2, 1)
RZZGate = _gate("RZZGate", "rzz", 2, 1)
RZXGate = _gate("RZXGate", "rzx", 2, 1)
RCCXGate = _gate("RCCXGate", "rccx", 3, inverse="rccx")
RC3XGate = _gate("RC3XGate", "rcccx", 4, inverse="rcccx_dg")
RC3XdgGate = _gate("RC3XdgGate", "rcccx_dg", 4, inverse="rcccx")
GlobalPhaseGate = _gate("GlobalPhaseGate", "global_phase", 0, 1)


class XXPlusYYGate(StandardGate):
    """exp(-i theta/4 (XX + YY)), turned by beta about Z on qubit 0."""

    gate_name, qubits, angles, inverse_name = "xx_plus_yy", 2, 2, "keep-last"

    def __init__(self, theta: Any, beta: Any = 0, label: str | None = "(XX+YY)") -> None:
        super().__init__(theta, beta, label=label)


class XXMinusYYGate(StandardGate):
    """exp(-i theta/4 (XX - YY)), turned by beta about Z on qubit 1."""

    gate_name, qubits, angles, inverse_name = "xx_minus_yy", 2, 2, "keep-last"

    def __init__(self, theta: Any, beta: Any = 0, label: str | None = "(XX-YY)") -> None:
        super().__init__(theta, beta, label=label)


BY_NAME["xx_plus_yy"] = XXPlusYYGate
BY_NAME["xx_minus_yy"] = XXMinusYYGate
