"""Circuits and what they are made of, as in ``qiskit.circuit``."""

from .exceptions import CircuitError
from .instruction import (
    Barrier,
    CircuitInstruction,
    ControlledGate,
    Gate,
    Instruction,
    Measure,
    Reset,
)
from .parameter import Parameter, ParameterExpression
from .parametervector import ParameterVector, ParameterVectorElement
from .quantumcircuit import QuantumCircuit
from .register import AncillaRegister, ClassicalRegister, Clbit, QuantumRegister, Qubit

__all__ = [
    "AncillaRegister",
    "Barrier",
    "CircuitError",
    "CircuitInstruction",
    "ClassicalRegister",
    "Clbit",
    "ControlledGate",
    "Gate",
    "Instruction",
    "Measure",
    "Parameter",
    "ParameterExpression",
    "ParameterVector",
    "ParameterVectorElement",
    "QuantumCircuit",
    "QuantumRegister",
    "Qubit",
    "Reset",
]
