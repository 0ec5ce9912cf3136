"""Parameters of a circuit: which are free, and putting values in."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from .exceptions import CircuitError
from .instruction import CircuitInstruction, ControlledGate
from .parameter import Parameter, ParameterExpression
from .parametervector import ParameterVector, ParameterView, sort_parameters

if TYPE_CHECKING:
    from .quantumcircuit import QuantumCircuit


class BindingMethods:
    """The part of ``QuantumCircuit`` that deals with parameters."""

    if TYPE_CHECKING:
        data: list[CircuitInstruction]
        _global_phase: Any

        def copy(self, name: str | None = None) -> QuantumCircuit: ...

    @property
    def global_phase(self) -> Any:
        """Angle of the factor before the whole circuit, from 0 to 2 pi."""
        return self._global_phase

    @global_phase.setter
    def global_phase(self, angle: Any) -> None:
        if isinstance(angle, ParameterExpression) and angle.parameters:
            self._global_phase = angle
        else:
            self._global_phase = float(angle) % (2 * math.pi)

    def _free_parameters(self) -> set[Parameter]:
        free: set[Parameter] = set()
        for item in self.data:
            for param in item.operation.params:
                if isinstance(param, ParameterExpression):
                    free |= param._parameters
        if isinstance(self._global_phase, ParameterExpression):
            free |= self._global_phase._parameters
        return free

    @property
    def parameters(self) -> ParameterView:
        """The free parameters, by name; elements of a vector by their number."""
        return sort_parameters(self._free_parameters())

    @property
    def num_parameters(self) -> int:
        """How many parameters are free."""
        return len(self._free_parameters())

    def get_parameter(self, name: str, default: Any = ...) -> Any:
        """The free parameter of a name."""
        for p in self._free_parameters():
            if p.name == name:
                return p
        if default is ...:
            raise KeyError(f"no parameter named '{name}' is present")
        return default

    def has_parameter(self, name_or_param: str | Parameter, /) -> bool:
        """Whether a parameter is free here."""
        if isinstance(name_or_param, str):
            return self.get_parameter(name_or_param, None) is not None
        return name_or_param in self._free_parameters()

    def assign_parameters(
        self,
        parameters: Mapping[Any, Any] | Iterable[Any],
        inplace: bool = False,
        *,
        flat_input: bool = False,
        strict: bool = True,
    ) -> QuantumCircuit | None:
        """Put values in: a row in the order of ``parameters``, or {parameter: value}.

        Keys may also be names, and vectors with a row of values.
        """
        free = self._free_parameters()
        if isinstance(parameters, Mapping):
            values = self._flatten(parameters, free, strict)
        else:
            row = list(parameters)
            if len(row) != len(free):
                raise ValueError(
                    "Mismatching number of values and parameters. For partial binding "
                    "please pass a mapping of {parameter: value} pairs."
                )
            values = dict(zip(sort_parameters(free), row))
        target: Any = self if inplace else self.copy()
        target.data[:] = [_bind_item(item, values) for item in target.data]
        phase = target._global_phase
        if isinstance(phase, ParameterExpression):
            target.global_phase = bind(phase, values)
        return None if inplace else target

    def _flatten(self, given: Mapping[Any, Any], free: set[Parameter], strict: bool) -> dict[Parameter, Any]:
        names = {p.name: p for p in free}
        values: dict[Parameter, Any] = {}
        for key, value in given.items():
            if isinstance(key, ParameterVector):
                if len(value) != len(key):
                    raise ValueError(f"Vector {key.name} has length {len(key)}, which differs from value list {len(value)}")
                values.update((p, v) for p, v in zip(key, value) if p in free or strict)
            elif isinstance(key, str):
                if key in names:
                    values[names[key]] = value
                elif strict:
                    raise CircuitError(f"no parameter named '{key}' is present")
            else:
                values[key] = value
        unknown = [p for p in values if p not in free]
        if unknown and strict:
            told = ", ".join(str(p) for p in unknown)
            raise CircuitError(f"Cannot bind parameters ({told}) not present in the circuit.")
        return {p: v for p, v in values.items() if p in free}


def bind(expression: ParameterExpression, values: Mapping[Parameter, Any]) -> Any:
    """A number when nothing stays free, else the remaining expression."""
    chosen = {p: values[p] for p in expression._parameters if p in values}
    if len(chosen) == len(expression._parameters):
        plain = {p: v for p, v in chosen.items() if isinstance(v, (int, float, complex, np.number))}
        if len(plain) == len(chosen):
            return expression._evaluate(plain)
    return expression.assign_all(chosen)


def _bind_item(item: CircuitInstruction, values: Mapping[Parameter, Any]) -> CircuitInstruction:
    operation = item.operation
    if not any(isinstance(p, ParameterExpression) for p in operation.params):
        return item
    bound = operation.copy()
    bound.params = [
        operation.validate_parameter(bind(p, values)) if isinstance(p, ParameterExpression) else p
        for p in operation.params
    ]
    if operation.definition is not None and not isinstance(operation, ControlledGate):
        bound._definition = operation.definition.assign_parameters(dict(values), strict=False)
    return item.replace(operation=bound)
