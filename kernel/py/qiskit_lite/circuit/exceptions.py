"""Errors of circuits, as in ``qiskit.circuit.exceptions``."""

from ..exceptions import QiskitError


class CircuitError(QiskitError):
    """A circuit was built or bound in a way that makes no sense."""
