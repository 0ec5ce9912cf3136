"""Evaluates expressions that only read: no call of unknown code, nothing consumed."""

from __future__ import annotations

import ast
import sys

from ._outputs import Outputs
from ._skill import skill
from ._types import is_array, top_module


class Refused(Exception):
    """An expression that may have an effect; says which."""


_READING = (
    ast.Constant,
    ast.Name,
    ast.Attribute,
    ast.Subscript,
    ast.Slice,
    ast.Tuple,
    ast.List,
    ast.Dict,
    ast.Set,
    ast.BinOp,
    ast.UnaryOp,
    ast.BoolOp,
    ast.Compare,
    ast.IfExp,
    ast.JoinedStr,
    ast.FormattedValue,
    ast.Starred,
    ast.ListComp,
    ast.SetComp,
    ast.DictComp,
    ast.GeneratorExp,
    ast.comprehension,
    ast.Call,
    ast.keyword,
    ast.expr_context,
    ast.operator,
    ast.unaryop,
    ast.boolop,
    ast.cmpop,
)

_BUILTINS = (
    *(abs, all, any, bool, bytes, chr, complex, dict, divmod, enumerate, float, frozenset),
    *(hex, int, len, list, max, min, oct, ord, pow, range, repr, reversed, round, set),
    *(slice, sorted, str, sum, tuple, zip),
)
_METHODS = {
    dict: {"get", "keys", "values", "items", "copy"},
    Outputs: {"get", "keys", "values", "items", "_asdict"},
    list: {"copy", "index", "count"},
}
_IMMUTABLE = (str, bytes, int, float, complex, tuple, frozenset)
_ARRAY_METHODS = frozenset(
    "tolist item copy astype mean sum min max std var round reshape ravel flatten transpose "
    "conj cumsum cumprod prod argmin argmax dot squeeze".split()
)
_NUMPY = frozenset(
    "array asarray arange linspace logspace geomspace zeros ones full eye identity diag "
    "zeros_like ones_like full_like concatenate stack vstack hstack column_stack tile repeat "
    "real imag angle abs sum mean median std var min max amin amax argmin argmax cumsum "
    "cumprod prod diff dot outer kron round sort unique where clip transpose reshape ravel "
    "squeeze float64 float32 int64 int32 complex128 bool_".split()
)
#: Named arguments through which other code or other arrays would come in.
_REFUSED_KEYWORDS = {"key", "out", "like", "object_hook", "default_factory"}


def evaluate(node: ast.expr, space: dict) -> object:
    """The value of an expression. Raises ``Refused``, or what the expression raises."""
    local = {
        target.id
        for inner in ast.walk(node)
        if isinstance(inner, ast.comprehension)
        for target in ast.walk(inner.target)
        if isinstance(target, ast.Name)
    }
    for inner in ast.walk(node):
        if not isinstance(inner, _READING):
            raise Refused(f"An input holds code that may have an effect: {ast.unparse(node)}.")
        if isinstance(inner, ast.comprehension) and inner.is_async:
            raise Refused(f"An input waits for something: {ast.unparse(node)}.")
        if isinstance(inner, ast.Name) and inner.id not in local:
            _check_name(inner.id, space)
    for inner in ast.walk(node):
        if isinstance(inner, ast.Call) and not _is_harmless(inner, space, local):
            raise Refused(f"An input calls {ast.unparse(inner.func)}(), which may have an effect.")
    expression = ast.fix_missing_locations(ast.Expression(node))
    return eval(compile(expression, "<input>", "eval"), space)


def _check_name(name: str, space: dict) -> None:
    if name not in space:
        builtins = sys.modules["builtins"]
        if not hasattr(builtins, name):
            raise Refused(f'The name "{name}" is not defined yet.')
        return
    if hasattr(type(space[name]), "__next__"):
        raise Refused(f'"{name}" is an iterator: reading it would use it up.')


def _is_harmless(call: ast.Call, space: dict, local: set[str]) -> bool:
    if any(keyword.arg in _REFUSED_KEYWORDS for keyword in call.keywords):
        return False
    function = call.func
    named = {inner.id for inner in ast.walk(function) if isinstance(inner, ast.Name)}
    if named & local:
        return False
    if isinstance(function, ast.Name):
        value = space.get(function.id, getattr(sys.modules["builtins"], function.id, None))
        if value is skill or any(value is known for known in _BUILTINS):
            return True
        return _is_number_code(value)
    if not isinstance(function, ast.Attribute):
        return False
    owner = evaluate(function.value, space)
    if type(owner) is type(sys):
        value = getattr(owner, function.attr, None)
        return value is skill or _is_number_code(value)
    return _is_method(owner, function.attr)


def _is_method(owner: object, name: str) -> bool:
    if is_array(owner):
        return name in _ARRAY_METHODS
    return type(owner) in _IMMUTABLE or name in _METHODS.get(type(owner), ())


def _is_number_code(value: object) -> bool:
    """A function of ``math``, or one of numpy that only computes."""
    if getattr(value, "__module__", None) == "math":
        return True
    if type(value).__name__ == "ufunc" and top_module(value) == "numpy":
        return True
    numpy = sys.modules.get("numpy")
    name = getattr(value, "__name__", "")
    return numpy is not None and name in _NUMPY and getattr(numpy, name, None) is value
