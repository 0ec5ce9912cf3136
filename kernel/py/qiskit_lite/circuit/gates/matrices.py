"""Matrices of the standard gates that are not plainly controlled ones.

Qubit 0 of a gate is the least significant bit of row and column, as in Qiskit.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable
from functools import cache

import numpy as np

I2 = np.eye(2, dtype=complex)
X = np.array([[0, 1], [1, 0]], dtype=complex)
Y = np.array([[0, -1j], [1j, 0]])
Z = np.diag([1, -1]).astype(complex)
H = np.array([[1, 1], [1, -1]], dtype=complex) / math.sqrt(2)
SX = np.array([[1 + 1j, 1 - 1j], [1 - 1j, 1 + 1j]]) / 2


def phase(lam: float) -> np.ndarray:
    """diag(1, e^(i lam))."""
    return np.array([[1, 0], [0, cmath.exp(1j * lam)]])


def rotation(axis: np.ndarray, theta: float) -> np.ndarray:
    """exp(-i theta/2 A) for an A whose square is the identity."""
    return math.cos(theta / 2) * np.eye(len(axis)) - 1j * math.sin(theta / 2) * axis


def rx(theta: float) -> np.ndarray:
    """Rotation about X."""
    c, s = math.cos(theta / 2), -1j * math.sin(theta / 2)
    return np.array([[c, s], [s, c]])


def ry(theta: float) -> np.ndarray:
    """Rotation about Y."""
    c, s = math.cos(theta / 2), math.sin(theta / 2)
    return np.array([[c, -s], [s, c]], dtype=complex)


def rz(theta: float) -> np.ndarray:
    """Rotation about Z."""
    e = cmath.exp(-0.5j * theta)
    return np.array([[e, 0], [0, e.conjugate()]])


def r(theta: float, phi: float) -> np.ndarray:
    """Rotation about cos(phi) X + sin(phi) Y."""
    return rotation(math.cos(phi) * X + math.sin(phi) * Y, theta)


def u(theta: float, phi: float, lam: float) -> np.ndarray:
    """Any one-qubit gate up to phase."""
    c, s = math.cos(theta / 2), math.sin(theta / 2)
    return np.array(
        [
            [c, -cmath.exp(1j * lam) * s],
            [cmath.exp(1j * phi) * s, cmath.exp(1j * (phi + lam)) * c],
        ]
    )


def rv(x: float, y: float, z: float) -> np.ndarray:
    """Rotation about a vector, by its length."""
    angle = math.sqrt(x * x + y * y + z * z)
    return I2.copy() if angle == 0 else rotation((x * X + y * Y + z * Z) / angle, angle)


def rxx(theta: float) -> np.ndarray:
    """exp(-i theta/2 X X)."""
    return rotation(np.kron(X, X), theta)


def ryy(theta: float) -> np.ndarray:
    """exp(-i theta/2 Y Y)."""
    return rotation(np.kron(Y, Y), theta)


def rzz(theta: float) -> np.ndarray:
    """exp(-i theta/2 Z Z)."""
    e = cmath.exp(-0.5j * theta)
    return np.diag([e, e.conjugate(), e.conjugate(), e])


def rzx(theta: float) -> np.ndarray:
    """exp(-i theta/2 X Z), Z on qubit 0."""
    return rotation(np.kron(X, Z), theta)


def xx_plus_yy(theta: float, beta: float) -> np.ndarray:
    """Turns |01> and |10> into each other."""
    c, s = math.cos(theta / 2), math.sin(theta / 2)
    m = np.eye(4, dtype=complex)
    m[1:3, 1:3] = [[c, -1j * s * cmath.exp(-1j * beta)], [-1j * s * cmath.exp(1j * beta), c]]
    return m


def xx_minus_yy(theta: float, beta: float) -> np.ndarray:
    """Turns |00> and |11> into each other."""
    c, s = math.cos(theta / 2), math.sin(theta / 2)
    m = np.eye(4, dtype=complex)
    m[0, 0] = m[3, 3] = c
    m[0, 3] = -1j * s * cmath.exp(-1j * beta)
    m[3, 0] = -1j * s * cmath.exp(1j * beta)
    return m


def permutation(*rows: int) -> np.ndarray:
    """Matrix that sends basis state i to rows[i]."""
    m = np.zeros((len(rows), len(rows)), dtype=complex)
    m[list(rows), range(len(rows))] = 1
    return m


@cache
def _relative_phase(qubits: int) -> np.ndarray:
    """Margolus' Toffoli, and the three-control gate built like it (Maslov, 2016)."""
    m = np.eye(2**qubits, dtype=complex)
    if qubits == 3:
        m[5, 5] = -1
        m[np.ix_([3, 7], [3, 7])] = [[0, -1j], [1j, 0]]
    else:
        m[3, 3], m[11, 11] = 1j, -1j
        m[np.ix_([7, 15], [7, 15])] = [[0, 1], [-1, 0]]
    return m


ISWAP = np.array([[1, 0, 0, 0], [0, 0, 1j, 0], [0, 1j, 0, 0], [0, 0, 0, 1]])
ECR = np.array([[0, 1, 0, 1j], [1, 0, -1j, 0], [0, 1j, 0, 1], [-1j, 0, 1, 0]]) / math.sqrt(2)

FIXED: dict[str, Callable[[], np.ndarray]] = {
    "id": lambda: I2,
    "x": lambda: X,
    "y": lambda: Y,
    "z": lambda: Z,
    "h": lambda: H,
    "s": lambda: phase(math.pi / 2),
    "sdg": lambda: phase(-math.pi / 2),
    "t": lambda: phase(math.pi / 4),
    "tdg": lambda: phase(-math.pi / 4),
    "sx": lambda: SX,
    "sxdg": lambda: SX.conj().T,
    "swap": lambda: permutation(0, 2, 1, 3),
    "iswap": lambda: ISWAP,
    "iswap_dg": lambda: ISWAP.conj().T,
    "dcx": lambda: permutation(0, 2, 3, 1),
    "dcx_dg": lambda: permutation(0, 3, 1, 2),
    "ecr": lambda: ECR,
    "rccx": lambda: _relative_phase(3),
    "rcccx": lambda: _relative_phase(4),
    "rcccx_dg": lambda: _relative_phase(4).conj().T,
}
ANGLED: dict[str, Callable[..., np.ndarray]] = {
    "p": phase,
    "u1": phase,
    "rx": rx,
    "ry": ry,
    "rz": rz,
    "r": r,
    "u": u,
    "u3": u,
    "u2": lambda phi, lam: u(math.pi / 2, phi, lam),
    "rv": rv,
    "rxx": rxx,
    "ryy": ryy,
    "rzz": rzz,
    "rzx": rzx,
    "xx_plus_yy": xx_plus_yy,
    "xx_minus_yy": xx_minus_yy,
    "global_phase": lambda phi: np.array([[cmath.exp(1j * phi)]]),
}


def matrix_of(name: str, params: list[float]) -> np.ndarray:
    """Matrix of a standard gate by Qiskit's name."""
    return FIXED[name]() if name in FIXED else ANGLED[name](*params)
