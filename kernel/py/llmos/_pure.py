"""Evaluates expressions that only read, before the cell that holds them runs.

The tree is walked, and each step looks at the exact types of what it works on: only code
of Python itself, numpy and pandas is run, and no iterator of the notebook is used up. An
object of another class may be named, and fields that it stores may be read; what would run
its code (a property, ``obj[0]``, ``obj + 1``, ``f"{obj}"``) is refused.
"""

from __future__ import annotations

import ast
import operator
import sys
from collections.abc import Callable, Iterator

from ._harmless import (
    Consumed,
    Refused,
    attribute_of,
    called,
    data,
    known_function,
    known_method,
)
from ._outputs import Outputs

__all__ = ["Refused", "evaluate"]

#: Steps after which an expression is left to its cell.
_MOST_STEPS = 100_000
#: Named arguments through which other code or other arrays would come in.
_REFUSED_KEYWORDS = {"key", "out", "like", "object_hook", "default_factory"}

_BINARY = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
    ast.MatMult: operator.matmul,
    ast.LShift: operator.lshift,
    ast.RShift: operator.rshift,
    ast.BitOr: operator.or_,
    ast.BitAnd: operator.and_,
    ast.BitXor: operator.xor,
}
_UNARY = {
    ast.UAdd: operator.pos,
    ast.USub: operator.neg,
    ast.Not: operator.not_,
    ast.Invert: operator.invert,
}
_COMPARE = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda item, group: item in group,
    ast.NotIn: lambda item, group: item not in group,
}
_CONVERSIONS = {-1: lambda value: value, 115: str, 114: repr, 97: ascii}


def evaluate(node: ast.expr, space: dict) -> object:
    """The value of an expression. Raises ``Refused``, or what the expression raises."""
    try:
        value = _Evaluator(space).value(node)
    except RecursionError:
        raise Refused(f"An input holds itself or is nested too deep: {_text(node)}.") from None
    if type(value) is Consumed or hasattr(type(value), "__next__"):
        raise Refused(f'"{_text(node)}" is an iterator: reading it would use it up.')
    return value


def _text(node: ast.AST) -> str:
    return ast.unparse(node)


class _Evaluator:
    """One expression; ``scope`` holds the variables of comprehensions."""

    def __init__(self, space: dict) -> None:
        self._space = space
        self._scope: dict[str, object] = {}
        self._steps = 0

    def value(self, node: ast.expr) -> object:
        self._steps += 1
        if self._steps > _MOST_STEPS:
            raise Refused("An input takes too long to be evaluated beforehand.")
        step = _STEPS.get(type(node))
        if step is None:
            raise Refused(f"An input holds code that may have an effect: {_text(node)}.")
        return step(self, node)

    def data(self, node: ast.expr) -> object:
        """The value of a part that is worked with."""
        value = self.value(node)
        return value if type(value) in (int, float, str) else data(value, f'"{_text(node)}"')

    def name(self, node: ast.Name) -> object:
        if node.id in self._scope:
            return self._scope[node.id]
        if node.id in self._space:
            return self._space[node.id]
        builtins = vars(sys.modules["builtins"])
        if node.id not in builtins:
            raise Refused(f'The name "{node.id}" is not defined yet.')
        return builtins[node.id]

    def attribute(self, node: ast.Attribute) -> object:
        return attribute_of(self.value(node.value), node.attr, f'"{_text(node)}"')

    def subscript(self, node: ast.Subscript) -> object:
        owner = self.value(node.value)
        # What else a list holds does not matter; only types that fetch it by themselves.
        if type(owner) not in (list, tuple, dict, Outputs):
            data(owner, f'"{_text(node.value)}"')
        return owner[self.data(node.slice)]

    def slice(self, node: ast.Slice) -> slice:
        ends = (node.lower, node.upper, node.step)
        return slice(*(None if end is None else self.data(end) for end in ends))

    def items(self, nodes: list[ast.expr]) -> list:
        """Values of a display's or call's parts, those after a star put in."""
        found: list = []
        for node in nodes:
            if isinstance(node, ast.Starred):
                found.extend(self.data(node.value))
            else:
                found.append(self.value(node))
        return found

    def set(self, node: ast.Set) -> set:
        return set(data(self.items(node.elts), f'"{_text(node)}"'))

    def dict(self, node: ast.Dict) -> dict:
        found: dict = {}
        for key, value in zip(node.keys, node.values, strict=True):
            if key is None:
                found.update(self.data(value))
            else:
                found[self.data(key)] = self.value(value)
        return found

    def binary(self, node: ast.BinOp) -> object:
        return _BINARY[type(node.op)](self.data(node.left), self.data(node.right))

    def unary(self, node: ast.UnaryOp) -> object:
        return _UNARY[type(node.op)](self.data(node.operand))

    def logic(self, node: ast.BoolOp) -> object:
        ends = isinstance(node.op, ast.Or)
        for part in node.values[:-1]:
            value = self.data(part)
            if bool(value) is ends:
                return value
        return self.value(node.values[-1])

    def compare(self, node: ast.Compare) -> object:
        if all(isinstance(op, (ast.Is, ast.IsNot)) for op in node.ops):
            values = [self.value(part) for part in (node.left, *node.comparators)]
            pairs = zip(node.ops, values, values[1:], strict=False)
            return all((a is b) is isinstance(op, ast.Is) for op, a, b in pairs)
        left = self.data(node.left)
        result: object = True
        for op, part in zip(node.ops, node.comparators, strict=True):
            if type(op) not in _COMPARE:
                raise Refused(f"An input compares in several ways: {_text(node)}.")
            right = self.data(part)
            result = _COMPARE[type(op)](left, right)
            if part is not node.comparators[-1] and not result:
                return result
            left = right
        return result

    def choice(self, node: ast.IfExp) -> object:
        return self.value(node.body if self.data(node.test) else node.orelse)

    def text(self, node: ast.JoinedStr) -> str:
        return "".join(str(self.data(part)) for part in node.values)

    def formatted(self, node: ast.FormattedValue) -> str:
        value = _CONVERSIONS[node.conversion](self.data(node.value))
        return format(value, "" if node.format_spec is None else self.text(node.format_spec))

    def call(self, node: ast.Call) -> object:
        function, how = node.func, f"An input calls {_text(node.func)}(), which may have an effect."
        if any(keyword.arg in _REFUSED_KEYWORDS for keyword in node.keywords):
            raise Refused(how)
        if isinstance(function, ast.Attribute):
            owner = self.value(function.value)
            if type(owner) is type(sys):
                made = attribute_of(owner, function.attr, f'"{_text(function)}"')
            elif known_method(owner, function.attr):
                made = getattr(data(owner, f'"{_text(function.value)}"'), function.attr)
            else:
                raise Refused(how)
        elif isinstance(function, ast.Name):
            owner, made = None, self.name(function)
        else:
            self.value(function)
            raise Refused(how)
        if (owner is None or type(owner) is type(sys)) and not known_function(made):
            raise Refused(how)
        args = data(self.items(node.args), f'"{_text(node)}"')
        named: dict = {}
        for keyword in node.keywords:
            value = self.data(keyword.value)
            named.update(value if keyword.arg is None else {keyword.arg: value})
        if not _REFUSED_KEYWORDS.isdisjoint(named):
            raise Refused(how)
        return called(made, args, named)

    def runs(self, loops: list[ast.comprehension]) -> Iterator[None]:
        """Binds the variables of comprehensions, one turn after the other."""
        if not loops:
            yield
            return
        loop, *inner = loops
        if loop.is_async:
            raise Refused("An input waits for something.")
        for item in self.data(loop.iter):
            self._bind(loop.target, item)
            if all(self.data(test) for test in loop.ifs):
                yield from self.runs(inner)

    def _bind(self, target: ast.expr, value: object) -> None:
        if isinstance(target, ast.Name):
            self._scope[target.id] = value
            return
        parts = getattr(target, "elts", None)
        if parts is None or any(isinstance(part, ast.Starred) for part in parts):
            raise Refused(f"An input sets {_text(target)}.")
        for part, item in zip(parts, data(value, f'"{_text(target)}"'), strict=True):
            self._bind(part, item)

    def listed(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> list:
        """What a comprehension gives, pairs for a dictionary."""
        outside = dict(self._scope)
        pair = isinstance(node, ast.DictComp)
        found = [
            (self.data(node.key), self.value(node.value)) if pair else self.value(node.elt)
            for _ in self.runs(node.generators)
        ]
        self._scope = outside
        return found

    def listed_set(self, node: ast.SetComp) -> set:
        return set(data(self.listed(node), f'"{_text(node)}"'))


_STEPS: dict[type, Callable[[_Evaluator, ast.expr], object]] = {
    ast.Constant: lambda evaluator, node: node.value,
    ast.Name: _Evaluator.name,
    ast.Attribute: _Evaluator.attribute,
    ast.Subscript: _Evaluator.subscript,
    ast.Slice: _Evaluator.slice,
    ast.Tuple: lambda evaluator, node: tuple(evaluator.items(node.elts)),
    ast.List: lambda evaluator, node: evaluator.items(node.elts),
    ast.Set: _Evaluator.set,
    ast.Dict: _Evaluator.dict,
    ast.BinOp: _Evaluator.binary,
    ast.UnaryOp: _Evaluator.unary,
    ast.BoolOp: _Evaluator.logic,
    ast.Compare: _Evaluator.compare,
    ast.IfExp: _Evaluator.choice,
    ast.JoinedStr: _Evaluator.text,
    ast.FormattedValue: _Evaluator.formatted,
    ast.ListComp: _Evaluator.listed,
    ast.SetComp: _Evaluator.listed_set,
    ast.DictComp: lambda evaluator, node: dict(evaluator.listed(node)),
    ast.GeneratorExp: lambda evaluator, node: Consumed(evaluator.listed(node)),
    ast.Call: _Evaluator.call,
}
