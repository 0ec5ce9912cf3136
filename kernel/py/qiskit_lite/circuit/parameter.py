"""Symbols for gate angles, and what arithmetic makes of them."""

from __future__ import annotations

import cmath
import math
import re
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID, uuid4

from .exceptions import CircuitError

Number = int | float | complex
Values = Mapping["Parameter", Number]

FUNCTIONS: dict[str, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
    "sin": (math.sin, cmath.sin),
    "cos": (math.cos, cmath.cos),
    "tan": (math.tan, cmath.tan),
    "asin": (math.asin, cmath.asin),
    "acos": (math.acos, cmath.acos),
    "atan": (math.atan, cmath.atan),
    "exp": (math.exp, cmath.exp),
    "log": (math.log, cmath.log),
}


def _sign(value: Any) -> int:
    return (value > 0) - (value < 0)


class ParameterExpression:
    """A number that depends on parameters: ``2 * theta + 1``, ``theta.sin()``.

    Holds a function of the values and the text of the formula; ``float(e)`` works once
    every parameter is bound.
    """

    def __init__(
        self,
        parameters: frozenset[Parameter],
        evaluate: Callable[[Values], Number],
        text: str,
        atomic: bool = True,
    ) -> None:
        self._parameters = parameters
        self._evaluate = evaluate
        self._text = text
        self._atomic = atomic

    @property
    def parameters(self) -> set[Parameter]:
        """The parameters that are still free."""
        return set(self._parameters)

    def bind(self, parameter_values: Values, allow_unknown_parameters: bool = False) -> Any:
        """Put numbers in for parameters."""
        return self.assign_all(parameter_values, allow_unknown_parameters)

    def bind_all(self, values: Values) -> Number:
        """The number that results when every parameter has a value."""
        missing = self._parameters - set(values)
        if missing:
            raise KeyError(next(iter(missing)))
        return self._evaluate(values)

    def assign(self, parameter: Parameter, value: Any) -> ParameterExpression:
        """Put a number or another expression in for one parameter."""
        return self.assign_all({parameter: value})

    def subs(self, parameter_map: Mapping[Parameter, Any], allow_unknown_parameters: bool = False) -> Any:
        """Put parameters or expressions in for parameters."""
        return self.assign_all(parameter_map, allow_unknown_parameters)

    def assign_all(self, mapping: Mapping[Parameter, Any], allow_unknown: bool = False) -> ParameterExpression:
        """Bind and substitute in one step."""
        unknown = [p for p in mapping if p not in self._parameters]
        if unknown and not allow_unknown:
            names = ", ".join(str(p) for p in unknown)
            raise CircuitError(f"Cannot bind Parameters ({names}) not present in expression.")
        used = {p: v for p, v in mapping.items() if p in self._parameters}
        for value in used.values():
            if isinstance(value, float) and math.isnan(value) or value is None:
                raise CircuitError(f"Expression cannot bind the value {value}.")
        exprs = {p: as_expression(v) for p, v in used.items()}
        free = (self._parameters - set(used)).union(*(e._parameters for e in exprs.values()))
        inner = self._evaluate

        def evaluate(values: Values) -> Number:
            now = dict(values)
            now.update({p: e._evaluate(values) for p, e in exprs.items()})
            return inner(now)

        if not free:
            number = evaluate({})
            return ParameterExpression(frozenset(), lambda _: number, _number_text(number))
        text = self._text
        for p, e in sorted(exprs.items(), key=lambda item: -len(item[0].name)):
            shown = e._text if e._atomic else f"({e._text})"
            text = re.sub(rf"(?<!\w){re.escape(p.name)}(?!\w)", lambda _, s=shown: s, text)
        return ParameterExpression(free, evaluate, text, self._atomic)

    def numeric(self, *, strict: bool = True) -> Number:
        """The value as int, float or complex; TypeError while parameters are free."""
        if self._parameters:
            names = ", ".join(sorted(str(p) for p in self._parameters))
            raise TypeError(f"Expression with unbound parameters '{{{names}}}' is not numeric")
        return self._evaluate({})

    def _cast(self, kind: Callable[[Any], Any]) -> Any:
        if self._parameters:
            names = ", ".join(sorted(str(p) for p in self._parameters))
            raise TypeError(
                f"ParameterExpression with unbound parameters ({names}) cannot be cast to a {kind.__name__}."
            )
        return kind(self._evaluate({}))

    def __float__(self) -> float:
        return self._cast(float)

    def __int__(self) -> int:
        return self._cast(int)

    def __complex__(self) -> complex:
        return self._cast(complex)

    def is_real(self) -> bool | None:
        """Whether the bound value is real; None while it depends on parameters."""
        return None if self._parameters else complex(self).imag == 0

    def _join(self, other: Any, sign: str, work: Callable[[Any, Any], Any], swap: bool = False) -> Any:
        if not isinstance(other, (ParameterExpression, int, float, complex)) and not hasattr(other, "dtype"):
            return NotImplemented
        a, b = (as_expression(other), self) if swap else (self, as_expression(other))
        by_name = {p.name: p for p in a._parameters if p not in b._parameters}
        for p in b._parameters:
            if p.name in by_name:
                raise CircuitError(f"Name conflict applying operation for parameters: {{'{p.name}'}}")
        tight = sign in ("*", "/", "**")
        spaced = sign if tight else f" {sign} "
        left = f"({a._text})" if tight and not a._atomic else a._text
        right = f"({b._text})" if sign != "+" and not b._atomic else b._text
        both = a._parameters | b._parameters
        result = ParameterExpression(
            both, lambda v: work(a._evaluate(v), b._evaluate(v)), left + spaced + right, tight
        )
        return result

    def __add__(self, other: Any) -> Any:
        return self._join(other, "+", lambda a, b: a + b)

    def __radd__(self, other: Any) -> Any:
        return self._join(other, "+", lambda a, b: a + b, swap=True)

    def __sub__(self, other: Any) -> Any:
        return self._join(other, "-", lambda a, b: a - b)

    def __rsub__(self, other: Any) -> Any:
        return self._join(other, "-", lambda a, b: a - b, swap=True)

    def __mul__(self, other: Any) -> Any:
        return self._join(other, "*", lambda a, b: a * b)

    def __rmul__(self, other: Any) -> Any:
        return self._join(other, "*", lambda a, b: a * b, swap=True)

    def __truediv__(self, other: Any) -> Any:
        if not isinstance(other, ParameterExpression) and other == 0:
            raise ZeroDivisionError("division of a ParameterExpression by zero")
        return self._join(other, "/", lambda a, b: a / b)

    def __rtruediv__(self, other: Any) -> Any:
        return self._join(other, "/", lambda a, b: a / b, swap=True)

    def __pow__(self, other: Any) -> Any:
        return self._join(other, "**", lambda a, b: a**b)

    def __rpow__(self, other: Any) -> Any:
        return self._join(other, "**", lambda a, b: a**b, swap=True)

    def __neg__(self) -> Any:
        text = f"-{self._text}" if self._atomic else f"-({self._text})"
        return ParameterExpression(self._parameters, lambda v: -self._evaluate(v), text)

    def __pos__(self) -> ParameterExpression:
        return self

    def _apply(self, name: str, work: Callable[[Any], Any]) -> ParameterExpression:
        return ParameterExpression(
            self._parameters, lambda v: work(self._evaluate(v)), f"{name}({self._text})"
        )

    def __abs__(self) -> ParameterExpression:
        return self._apply("abs", abs)

    abs = __abs__

    def sign(self) -> ParameterExpression:
        """-1, 0 or 1."""
        return self._apply("sign", _sign)

    def conjugate(self) -> ParameterExpression:
        """Complex conjugate; parameters are real."""
        return self._apply("conj", lambda v: v.conjugate())

    def __eq__(self, other: object) -> bool:
        if isinstance(other, (int, float, complex)):
            return not self._parameters and self._evaluate({}) == other
        if not isinstance(other, ParameterExpression) or self._parameters != other._parameters:
            return False
        probe: dict[Parameter, Number] = {
            p: 0.1 + 0.37 * i for i, p in enumerate(sorted(self._parameters, key=lambda p: p.name))
        }
        return abs(self._evaluate(probe) - other._evaluate(probe)) < 1e-12

    def __hash__(self) -> int:
        return hash(self._parameters) if self._parameters else hash(self._evaluate({}))

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"ParameterExpression({self._text})"


def _function(name: str, real: Callable[[Any], Any], full: Callable[[Any], Any]) -> Callable[..., Any]:
    def method(self: ParameterExpression) -> ParameterExpression:
        return self._apply(name, lambda v: full(v) if isinstance(v, complex) else real(v))

    method.__doc__ = f"``{name}`` of the expression."
    return method


METHODS = {"asin": "arcsin", "acos": "arccos", "atan": "arctan"}
for _name, (_real, _full) in FUNCTIONS.items():
    setattr(ParameterExpression, METHODS.get(_name, _name), _function(_name, _real, _full))


class Parameter(ParameterExpression):
    """A free angle with a name; two of the same name are still two parameters."""

    def __init__(self, name: str, *, uuid: UUID | None = None) -> None:
        self.name = name
        self._uuid = uuid or uuid4()
        super().__init__(frozenset(), lambda values: values[self], name)
        self._parameters = frozenset((self,))

    @property
    def uuid(self) -> UUID:
        """What tells equally named parameters apart."""
        return self._uuid

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Parameter) and self._uuid == other._uuid

    def __hash__(self) -> int:
        return hash(self._uuid)

    def __repr__(self) -> str:
        return f"Parameter({self.name})"

    def __copy__(self) -> Parameter:
        return self

    def __deepcopy__(self, memo: Any = None) -> Parameter:
        return self


def _number_text(value: Number) -> str:
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def as_expression(value: Any) -> ParameterExpression:
    """A number as expression without parameters; expressions as they are."""
    if isinstance(value, ParameterExpression):
        return value
    number = value.item() if hasattr(value, "item") else value
    return ParameterExpression(
        frozenset(), lambda _: number, _number_text(number), not (isinstance(number, complex) or number < 0)
    )
