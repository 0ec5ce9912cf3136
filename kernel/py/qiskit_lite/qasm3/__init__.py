"""OpenQASM 3 output, as in ``qiskit.qasm3``."""

from .exporter import QASM3ExporterError, dump, dumps

__all__ = ["QASM3ExporterError", "dump", "dumps"]
