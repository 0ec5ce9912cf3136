"""Skill calls in a cell, as ``skills/src/workflow/calls.ts`` reads them for the site."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass

from .analysis import Analysis

#: What an argument may hold that only reads: evaluating it calls nothing and binds nothing.
_READING = (
    *(ast.Name, ast.Constant, ast.Attribute, ast.Subscript, ast.Slice, ast.Tuple, ast.List),
    *(ast.Set, ast.Dict, ast.UnaryOp, ast.BinOp, ast.BoolOp, ast.Compare, ast.IfExp),
    *(ast.JoinedStr, ast.FormattedValue, ast.expr_context, ast.operator, ast.unaryop),
    *(ast.boolop, ast.cmpop),
)


@dataclass(frozen=True)
class Call:
    """A call such as ``vqe = await skill("quantum-vqe")(iterations=100)``."""

    #: The id as the call writes it, maybe an alias.
    skill: str
    #: The variable that takes the result.
    target: str | None
    #: True where the call is a statement of the cell itself.
    top_level: bool
    only_reads: bool
    node: ast.Call


def calls_in(analysis: Analysis, known: Iterable[str]) -> tuple[Call, ...]:
    """The skill calls of a cell in the order of the text.

    ``known``: the names under which cells above import ``skill``, those of this cell too.
    """
    names = {"skill", *known}
    found = []
    for statement in analysis.tree.body if analysis.tree else ():
        value = getattr(statement, "value", None)
        whole = value.value if isinstance(value, ast.Await) else value
        for node in ast.walk(statement):
            skill_id = _called(node, names)
            if skill_id is not None:
                top = node is whole and isinstance(statement, (ast.Expr, ast.Assign, ast.AnnAssign))
                target = _target(statement) if top else None
                found.append(Call(skill_id, target, top, _only_reads(node), node))
    return tuple(sorted(found, key=lambda call: (call.node.lineno, call.node.col_offset)))


def skill_names(analysis: Analysis) -> set[str]:
    """Names under which the cell imports ``skill``, such as ``s`` or ``llmos.skill``."""
    found = set()
    for node in analysis.tree.body if analysis.tree else ():
        if isinstance(node, ast.ImportFrom) and node.module == "llmos" and not node.level:
            found |= {a.asname or a.name for a in node.names if a.name == "skill"}
        elif isinstance(node, ast.Import):
            found |= {f"{a.asname or a.name}.skill" for a in node.names if a.name == "llmos"}
    return found


def imported_names(analysis: Analysis) -> set[str]:
    """Names that the cell's own imports bind: modules flow by no edge."""
    found = set()
    for node in analysis.tree.body if analysis.tree else ():
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            found |= {a.asname or a.name.split(".")[0] for a in node.names}
    return found


def only_call(analysis: Analysis, calls: tuple[Call, ...], source: str) -> Call | None:
    """The call of a cell that does nothing but call one skill; else None."""
    if len(calls) != 1 or not calls[0].top_level or analysis.incomplete:
        return None
    if any(line.lstrip()[:1] in ("%", "!") for line in source.split("\n")):
        return None
    others = [node for node in analysis.tree.body if not _is_skill_import(node)]
    if len(others) != 1:
        return None
    plain = isinstance(others[0], ast.Expr) or calls[0].target is not None
    return calls[0] if plain else None


def arguments(call: Call) -> list[tuple[str, ast.expr]]:
    """The arguments that are no unpacking: name, or ``#1`` for the first by position."""
    found = []
    for number, value in enumerate(call.node.args, 1):
        if not isinstance(value, ast.Starred):
            found.append((f"#{number}", value))
    return found + [(item.arg, item.value) for item in call.node.keywords if item.arg]


def _is_skill_import(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.ImportFrom)
        and node.module == "llmos"
        and all(a.name == "skill" and a.asname is None for a in node.names)
    )


def _called(node: ast.AST, names: set[str]) -> str | None:
    """The id in ``skill("id")(…)``."""
    inner = node.func if isinstance(node, ast.Call) else None
    if isinstance(inner, ast.Attribute) and inner.attr == "sync":
        inner = inner.value
    if not isinstance(inner, ast.Call) or not inner.args:
        return None
    first = inner.args[0]
    if _dotted(inner.func) not in names or not isinstance(first, ast.Constant):
        return None
    return first.value if isinstance(first.value, str) else None


def _dotted(node: ast.expr) -> str | None:
    if isinstance(node, ast.Name):
        return node.id
    owner = _dotted(node.value) if isinstance(node, ast.Attribute) else None
    return None if owner is None else f"{owner}.{node.attr}"


def _target(statement: ast.stmt) -> str | None:
    targets = getattr(statement, "targets", None) or [getattr(statement, "target", None)]
    only = targets[0] if len(targets) == 1 else None
    return only.id if isinstance(only, ast.Name) else None


def _only_reads(call: ast.Call) -> bool:
    values = [*call.args, *(keyword.value for keyword in call.keywords)]
    starred = any(keyword.arg is None for keyword in call.keywords)
    return not starred and all(isinstance(n, _READING) for v in values for n in ast.walk(v))
