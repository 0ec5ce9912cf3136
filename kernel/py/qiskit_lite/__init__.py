"""The everyday subset of Qiskit 2.x on numpy, for places where Qiskit has no wheel.

Names, argument order, qubit order (qubit 0 is the least significant bit) and error
types are those of Qiskit, so that code written here runs unchanged on the real one.
Exact statevector simulation up to 20 qubits; no transpiler, no hardware, no noise.
"""

from .circuit import ClassicalRegister, QuantumCircuit, QuantumRegister
from .compiler import transpile
from .exceptions import QiskitError

__version__ = "2.6.2"
"""The release whose behaviour the parity tests compare with."""

__all__ = [
    "ClassicalRegister",
    "QiskitError",
    "QuantumCircuit",
    "QuantumRegister",
    "transpile",
    "__version__",
]
