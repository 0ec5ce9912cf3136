"""States and operators, as in ``qiskit.quantum_info``."""

from .measures import partial_trace, process_fidelity, state_fidelity
from .operator import Operator
from .pauli import Pauli, PauliList
from .sparse_pauli_op import SparsePauliOp
from .statevector import Statevector

__all__ = [
    "Operator",
    "Pauli",
    "PauliList",
    "SparsePauliOp",
    "Statevector",
    "partial_trace",
    "process_fidelity",
    "state_fidelity",
]
