"""The inputs of a cell's skill call, evaluated before the cell runs.

The scheduler of the graph so learns a call's key, and a worker of the pool can run it while
the kernel does other things. Nothing here may have an effect, for the cell itself runs
afterwards all the same: only expressions that merely read are evaluated, and where a cell
does anything else before its call it is left to run by itself.
"""

from __future__ import annotations

import ast
import json
import sys

from . import _bridge, _codec
from ._cachekey import Uncacheable, cache_key, preimage
from ._call import PYTHON_TYPES
from ._check import check_inputs
from ._errors import SkillError
from ._index import Entry
from ._pack import Unpackable, pack
from ._harmless import data, foreign
from ._pure import Refused, evaluate
from ._skill import Skill, skill


class Prepared(dict):
    """What is known of a cell's call, shown as JSON."""

    def __repr__(self) -> str:
        return json.dumps(self)

    def _repr_json_(self) -> dict:
        return dict(self)


async def prepare(source: str, namespace: dict | None = None) -> Prepared:
    """Stages the one skill call of a cell: ``{ key, cached, skill, version, why? }``.

    ``key`` is null where the cell must run by itself; ``why`` then says so in words.
    ``namespace``: the notebook's variables, those of the running shell when absent.
    """
    found = Prepared(key=None, cached=False, skill=None, version=None)
    try:
        space = dict(_user_namespace() if namespace is None else namespace)
        called, args, inputs = evaluated(source, space)
        entry = called._entry
        found.update(skill=entry.id, version=entry.version)
        answer = await stage(entry, _checked(entry, args, inputs))
    except (Refused, SkillError, Uncacheable) as reason:
        found["why"] = str(reason)
        return found
    found.update(answer)
    return found


def evaluated(source: str, namespace: dict) -> tuple[Skill, list, dict]:
    """The skill of a cell's one call, its positional and its named inputs.

    Raises ``Refused`` where that may have an effect, see above.
    """
    return _evaluated(_parsed(source), dict(namespace))


def followed(source: str, namespace: dict) -> dict:
    """The variables after a cell whose statements only read and bind names.

    Raises ``Refused`` for anything else.
    """
    space = dict(namespace)
    for statement in _parsed(source).body:
        _before(statement, space)
    return space


def _user_namespace() -> dict:
    module = sys.modules.get("IPython.core.interactiveshell")
    shell = module.InteractiveShell._instance if module else None
    return shell.user_ns if shell else sys.modules["__main__"].__dict__


def _parsed(source: str) -> ast.Module:
    module = sys.modules.get("IPython.core.interactiveshell")
    shell = module.InteractiveShell._instance if module else None
    try:
        return ast.parse(shell.transform_cell(source) if shell else source)
    except SyntaxError as error:
        raise Refused(f"The cell is not valid Python: {error.msg}, line {error.lineno}.") from None


def _evaluated(tree: ast.Module, space: dict) -> tuple[Skill, list, dict]:
    """The skill, the positional and the named inputs of the cell's call."""
    names = _skill_names(tree, space)
    calls = [node for node in ast.walk(tree) if _is_call(node, names, space)]
    if len(calls) != 1:
        raise Refused("The cell has no skill call." if not calls else "It has several skill calls.")
    (call,) = calls
    for statement in tree.body:
        if any(node is call for node in ast.walk(statement)):
            _check_place(statement, call)
            break
        _before(statement, space)
    try:
        called = evaluate(_skill_part(call), space)
        args, inputs = _arguments(call, space)
    except (Refused, SkillError):
        raise
    except Exception as error:
        raise Refused(f"An input cannot be evaluated: {type(error).__name__}: {error}") from None
    if any(type(value).__name__ == "SkillCall" for value in (*args, *inputs.values())):
        raise Refused("An input is a call that has not been awaited.")
    kind = foreign([*args, *inputs.values()])
    if kind is not None:
        raise Refused(f"An input holds a {kind.__name__}, which has no canonical form.")
    return called, args, inputs


def _skill_names(tree: ast.Module, space: dict) -> set[str]:
    """Names that stand for ``skill`` in the cell; those that it imports go into ``space``."""
    import llmos

    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module == "llmos" and not node.level:
            for alias in node.names:
                space[alias.asname or alias.name] = getattr(llmos, alias.name, None)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name == "llmos":
                    space[alias.asname or "llmos"] = llmos
    return {name for name, value in space.items() if value is skill}


def _is_call(node: ast.AST, names: set[str], space: dict) -> bool:
    return isinstance(node, ast.Call) and _is_skill(_skill_part(node), names, space)


def _skill_part(call: ast.Call) -> ast.expr:
    """What is called, without the ``.sync`` of a call that blocks."""
    function = call.func
    if isinstance(function, ast.Attribute) and function.attr == "sync":
        return function.value
    return function


def _is_skill(node: ast.expr, names: set[str], space: dict) -> bool:
    if isinstance(node, ast.Name):
        return isinstance(space.get(node.id), Skill)
    if not isinstance(node, ast.Call):
        return False
    function = node.func
    if isinstance(function, ast.Name):
        return function.id in names
    module = function.value if isinstance(function, ast.Attribute) else None
    return (
        isinstance(module, ast.Name)
        and function.attr == "skill"
        and getattr(space.get(module.id), "skill", None) is skill
    )


def _check_place(statement: ast.stmt, call: ast.Call) -> None:
    """The call must be what the statement evaluates first, and exactly once."""
    node = getattr(statement, "value", None)
    if not isinstance(statement, (ast.Assign, ast.AnnAssign, ast.Expr)):
        node = None
    while isinstance(node, (ast.Await, ast.Attribute, ast.Subscript)):
        node = node.value
    if node is not call:
        raise Refused("The call is part of a larger expression or statement.")


def _before(statement: ast.stmt, space: dict) -> None:
    """Takes a statement above the call into account, where that is possible."""
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        return
    if isinstance(statement, (ast.Import, ast.ImportFrom)):
        _import(statement, space)
        return
    targets = statement.targets if isinstance(statement, ast.Assign) else ()
    if not targets or not all(isinstance(target, ast.Name) for target in targets):
        raise Refused(f"Line {statement.lineno}, above the call, may change its inputs.")
    try:
        value = evaluate(statement.value, space)
    except Refused:
        raise
    except Exception as error:
        raise Refused(f"Line {statement.lineno} fails: {type(error).__name__}: {error}") from None
    space.update({target.id: value for target in targets})


def _import(statement: ast.Import | ast.ImportFrom, space: dict) -> None:
    """Binds modules that are loaded already; names of others are taken away."""
    for alias in statement.names:
        if isinstance(statement, ast.ImportFrom):
            module = sys.modules.get(statement.module or "") if not statement.level else None
            value = getattr(module, alias.name, None)
            name = alias.asname or alias.name
        else:
            value = sys.modules.get(alias.name if alias.asname else alias.name.partition(".")[0])
            name = alias.asname or alias.name.partition(".")[0]
        if name == "*":
            raise Refused(f"Line {statement.lineno} imports all names of a module.")
        if value is None:
            space.pop(name, None)
        else:
            space[name] = value


def _arguments(call: ast.Call, space: dict) -> tuple[list, dict]:
    args: list = []
    for node in call.args:
        if isinstance(node, ast.Starred):
            args.extend(data(evaluate(node.value, space), ast.unparse(node.value)))
        else:
            args.append(evaluate(node, space))
    inputs: dict = {}
    for keyword in call.keywords:
        value = evaluate(keyword.value, space)
        if keyword.arg is None:
            inputs.update(data(value, ast.unparse(keyword.value)))
        else:
            inputs[keyword.arg] = value
    return args, inputs


def _checked(entry: Entry, args: list, inputs: dict) -> dict:
    if entry.mode == "server-python" and _bridge.in_browser():
        raise Refused("The skill runs on a server only.")
    return check_inputs(entry, tuple(args), inputs)


async def stage(entry: Entry, inputs: dict) -> dict:
    """Hands the call to the page and learns whether its result is there already."""
    key = cache_key(entry, inputs)
    if key is None:
        preimage(entry, inputs)  # raises, with the reason
        raise Refused("The call has no key.")
    if _bridge.store is None:
        raise Refused("Nothing here keeps results.")
    request = {"key": key, "skill": entry.id, "version": entry.version, "type": entry.type}
    try:
        if entry.type in PYTHON_TYPES:
            request["text"], request["buffers"] = pack(inputs)
        else:
            request["inputs"] = {n: _codec.prepare(value, n) for n, value in inputs.items()}
    except (Unpackable, TypeError) as error:
        raise Refused(f"The inputs stay in this kernel: {error}.") from None
    answer = _codec.from_other(await _bridge.store.stage(_codec.to_other(request)))
    if answer.get("why"):
        raise Refused(answer["why"])
    return {"key": key, "cached": bool(answer["cached"])}
