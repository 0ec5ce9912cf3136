"""Runs Python and ``qiskit`` skills in this interpreter, each call in a namespace of its own."""

from __future__ import annotations

import sys
from types import CodeType, ModuleType

from . import _bridge
from ._errors import SkillError
from ._index import Entry
from ._stop import heard_at_once
from ._types import is_array, is_frame, is_series

_TOP_LEVEL_AWAIT = 0x2000  # ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, without importing ast
_COROUTINE = 0x80  # inspect.CO_COROUTINE

_compiled: dict[str, tuple[str, CodeType]] = {}
_loaded: set[str] = set()


async def execute(entry: Entry, inputs: dict) -> object:
    """What the skill's ``execute(inputs)`` returns, or its global ``result``.

    Both may wait: ``async def execute``, and ``await`` at the top level of older shapes.
    """
    code = compiled(entry)
    if _bridge.in_browser() and entry.version + entry.path not in _loaded:
        await _load_packages(entry)
    module = ModuleType("llmos_skill_" + entry.id.replace("-", "_"))
    space = module.__dict__
    space["__file__"] = entry.path
    space["inputs"] = inputs
    from ._skill import skill

    space["skill"] = skill
    # Dataclasses and pickle look a class' module up by name while the skill runs.
    sys.modules[module.__name__] = module
    try:
        with heard_at_once():
            waiting = eval(code, space)
        if code.co_flags & _COROUTINE:
            await waiting
        function = space.get("execute")
        if callable(function):
            with heard_at_once():
                result = function(inputs)
            if hasattr(result, "__await__"):
                result = await result
            return result
        if "result" in space:
            return space["result"]
    finally:
        if sys.modules.get(module.__name__) is module:
            del sys.modules[module.__name__]
    raise SkillError(
        f'Skill "{entry.id}" defines neither execute(inputs) nor result. Write '
        f"`def execute(inputs):` in {entry.path} and return a dictionary.",
        skill=entry.id,
    )


def compiled(entry: Entry) -> CodeType:
    """The skill's code, compiled once a version, with the lines of its own file."""
    known = _compiled.get(entry.path)
    identity = entry.version or entry.code
    if known and known[0] == identity:
        return known[1]
    import linecache

    source = "\n" * (entry.code_line - 1) + entry.code
    # Size and no time: linecache then never looks for such a file on the disk.
    lines = [line + "\n" for line in source.split("\n")]
    linecache.cache[entry.path] = (len(source), None, lines, entry.path)
    try:
        code = compile(source, entry.path, "exec", _TOP_LEVEL_AWAIT, True)
    except SyntaxError as error:
        raise SkillError(
            f'Skill "{entry.id}" is not valid Python: {error.msg} ({entry.path}, line '
            f"{error.lineno}).",
            skill=entry.id,
            line=error.lineno,
        ) from error
    _compiled[entry.path] = (identity, code)
    return code


async def _load_packages(entry: Entry) -> None:
    """Loads what the code imports from the site's packages, once a version."""
    source = entry.code
    if "qiskit" in source:
        source += "\nimport numpy\n"  # what the subset of Qiskit stands on
    if "import" in source:
        if _bridge.loader is not None:
            await _bridge.loader(source)
        else:
            from pyodide_js import loadPackagesFromImports

            await loadPackagesFromImports(source)
    _loaded.add(entry.version + entry.path)


def own_copy(value: object) -> object:
    """A copy for the skill, which may change it in place without the caller noticing.

    Lists, dictionaries, arrays and frames are copied; other objects are shared.
    """
    kind = type(value)
    if kind is dict:
        return {key: own_copy(item) for key, item in value.items()}
    if kind is list:
        if set(map(type, value)) <= _ATOMS:
            return value.copy()
        return [own_copy(item) for item in value]
    if kind is tuple:
        return tuple(own_copy(item) for item in value)
    if is_array(value) or is_frame(value) or is_series(value):
        return value.copy()
    return value


_ATOMS = {int, float, str, bool, type(None), complex, bytes}
