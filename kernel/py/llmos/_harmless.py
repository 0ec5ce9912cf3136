"""What can be looked at and called without running a notebook's own code."""

from __future__ import annotations

import sys
from abc import ABCMeta
from types import GetSetDescriptorType, MemberDescriptorType, ModuleType, SimpleNamespace

from ._outputs import Outputs
from ._skill import Skill, skill

_ATOMS = frozenset(
    {int, float, complex, str, bytes, bytearray, bool, range, slice, type(None), type(...)}
)
_GROUPS = frozenset({list, tuple, set, frozenset})
_VIEWS = frozenset({type({}.keys()), type({}.values()), type({}.items())})
#: Python's own way of finding attributes, as classes inherit it.
_BASES = (object, dict, float, int, list, str, tuple, SimpleNamespace)
_GETTERS = frozenset(base.__getattribute__ for base in _BASES)
_MISSING = object()


class Refused(Exception):
    """An expression that may have an effect; says which."""


class Consumed(list):
    """What an iterator that the expression itself has made would give."""


_BUILTINS = (
    *(abs, all, any, bool, bytes, chr, complex, dict, divmod, enumerate, float, frozenset),
    *(hex, int, len, list, max, min, oct, ord, pow, range, repr, reversed, round, set),
    *(slice, sorted, str, sum, tuple, zip),
)
_ITERATORS = (enumerate, reversed, zip)
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


def foreign(value: object) -> type | None:
    """The class of something in ``value`` that is no data, so that using it may run code.

    Data are the exact types of Python, numpy and pandas, and outputs of skills.
    """
    kind = type(value)
    if kind in _ATOMS:
        return None
    if kind in _GROUPS or kind in _VIEWS or kind is Consumed:
        return None if _ATOMS.issuperset(map(type, value)) else _first(value)
    if kind is dict:
        return _first(value) or _first(value.values())
    if kind is Outputs:
        return _first(value._values.values())
    top = kind.__module__.partition(".")[0]
    if top == "numpy" and _is_array(value):
        return _first(value.ravel().tolist()) if value.dtype.hasobject else None
    if top == "pandas" and _is_pandas(kind):
        columns = [value[name] for name in value] if value.ndim == 2 else [value]
        return _first(column.to_numpy() for column in columns)
    return kind


def _first(values: object) -> type | None:
    return next((found for found in map(foreign, values) if found is not None), None)


def _is_array(value: object) -> bool:
    numpy = sys.modules["numpy"]
    kind = type(value)
    return kind is numpy.ndarray or (isinstance(value, numpy.generic) and kind is not numpy.void)


def _is_pandas(kind: type) -> bool:
    pandas = sys.modules["pandas"]
    return kind in (pandas.DataFrame, pandas.Series, pandas.Index, pandas.RangeIndex)


def data(value: object, text: str) -> object:
    """The value itself; raises ``Refused`` when working with it may run foreign code."""
    kind = foreign(value)
    if kind is None:
        return value
    if hasattr(kind, "__next__"):
        raise Refused(f"{text} is an iterator: reading it would use it up.")
    raise Refused(f"{text} is or holds an object of the class {kind.__name__}, whose code may run.")


def attribute_of(owner: object, name: str, text: str) -> object:
    """A field that the owner stores, or one of Python's own types; raises ``Refused``."""
    kind = type(owner)
    if kind is ModuleType:
        return _stored(vars(owner), name, text)
    if kind in (Outputs, Skill) or foreign(owner) is None:
        return getattr(owner, name)
    if kind in (type, ABCMeta):
        return _of_classes(owner, name, text)
    if kind.__getattribute__ in _GETTERS and type(kind) in (type, ABCMeta):
        return _of_instance(owner, name, text)
    raise Refused(f"{text} may run code of the class {kind.__name__}.")


def _stored(fields: dict, name: str, text: str) -> object:
    if name not in fields:
        raise Refused(f"{text} is not there, or is made when it is read.")
    return fields[name]


def _of_classes(kind: type, name: str, text: str) -> object:
    fields = {key: value for each in reversed(kind.__mro__) for key, value in vars(each).items()}
    value = _stored(fields, name, text)
    if hasattr(type(value), "__get__"):
        raise Refused(f"{text} may run code of the class {kind.__name__}.")
    return value


def _of_instance(owner: object, name: str, text: str) -> object:
    kind = type(owner)
    on_class = next((vars(c)[name] for c in kind.__mro__ if name in vars(c)), _MISSING)
    simple = (MemberDescriptorType, GetSetDescriptorType)
    if type(on_class) in simple or type(on_class).__name__ == "_tuplegetter":
        return on_class.__get__(owner)
    if on_class is not _MISSING and hasattr(type(on_class), "__get__"):
        raise Refused(f"{text} may run code of the class {kind.__name__}.")
    try:
        fields = object.__getattribute__(owner, "__dict__")
    except AttributeError:
        fields = {}
    if type(fields) is dict and name in fields:
        return fields[name]
    return _stored({} if on_class is _MISSING else {name: on_class}, name, text)


def known_function(value: object) -> bool:
    """Whether it is ``skill``, or a function of Python or numpy that only computes."""
    if value is skill or any(value is known for known in _BUILTINS):
        return True
    if type(value) is type(len) and value.__module__ == "math":
        return True
    numpy = sys.modules.get("numpy")
    if numpy is None:
        return False
    if type(value) is numpy.ufunc:  # frompyfunc makes such that are not numpy's own
        return getattr(numpy, value.__name__, None) is value
    return any(getattr(numpy, name, None) is value for name in _NUMPY)


def known_method(owner: object, name: str) -> bool:
    """Whether the method of that value only computes."""
    kind = type(owner)
    if kind.__module__ == "numpy" and _is_array(owner):
        return name in _ARRAY_METHODS
    return kind in _IMMUTABLE or name in _METHODS.get(kind, ())


def called(function: object, args: list, named: dict) -> object:
    """What a known function gives; an iterator is run down, since nobody else has it."""
    value = function(*args, **named)
    return Consumed(value) if any(function is maker for maker in _ITERATORS) else value
