"""Where in a notebook cell a skill was called, and whether to show its preview there.

A preview appears under the cell for a call that stands at the cell's top level and outside
loops and comprehensions: once, and not when the cell shows the value anyway because it is
the last expression.
"""

from __future__ import annotations

import ast
import sys
from types import FrameType

from ._outputs import Outputs

_REPEATED = (
    ast.For,
    ast.AsyncFor,
    ast.While,
    ast.ListComp,
    ast.SetComp,
    ast.DictComp,
    ast.GeneratorExp,
    ast.Lambda,
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
)

_last: tuple[str, int, ast.Module | None] = ("", 0, None)


class Place:
    """Shows previews in the running cell of a shell."""

    __slots__ = ("_shell",)

    def __init__(self, shell: object) -> None:
        self._shell = shell

    def show(self, outputs: Outputs) -> None:
        """Publishes the preview; nothing for a skill without outputs.

        One that cannot be made is told of and does not take the outputs from the cell.
        """
        from ._preview import pieces_of

        try:
            for bundle in pieces_of(outputs):
                self._publish(bundle)
        except Exception as error:  # code of the skill's own values draws them
            names = ", ".join(outputs)
            said = f"{names}: no preview, because of {type(error).__name__}: {error}"
            self._publish({"text/plain": said})

    def _publish(self, bundle: dict) -> None:
        self._shell.display_pub.publish(data=bundle, metadata={})


def place_of(frame: FrameType) -> Place | None:
    """The place for the preview of a call made in ``frame``, if it is to be shown."""
    shell = sys.modules["IPython.core.interactiveshell"].InteractiveShell._instance
    if shell is None or frame.f_globals is not getattr(shell, "user_global_ns", None):
        return None
    if frame.f_locals is not frame.f_globals:
        return None
    tree, source = _parsed(frame.f_code.co_filename)
    if tree is None or not tree.body:
        return Place(shell)  # made by a magic: shown, as nothing speaks against it
    position = _position(frame)
    path = _path_to(tree, position) if position else None
    if path is None:
        return Place(shell)
    if any(isinstance(node, _REPEATED) for node in path):
        return None
    mode = getattr(shell, "ast_node_interactivity", "last_expr")
    if _shown_anyway(tree, path, mode) or _ends_in_semicolon(source, path[1]):
        return None
    return Place(shell)


def _parsed(filename: str) -> tuple[ast.Module | None, list[str]]:
    global _last
    import linecache

    lines = linecache.getlines(filename)
    if not lines:
        return None, lines
    if _last[0] != filename or _last[1] != id(lines):
        try:
            tree = ast.parse("".join(lines))
        except SyntaxError:
            tree = None
        _last = (filename, id(lines), tree)
    return _last[2], lines


def _position(frame: FrameType) -> tuple | None:
    """Lines and columns of the call that the frame is in (columns in UTF-8 bytes)."""
    index = frame.f_lasti // 2
    for number, position in enumerate(frame.f_code.co_positions()):
        if number == index:
            return position if None not in position else None
    return None


def _path_to(tree: ast.Module, position: tuple) -> list[ast.AST] | None:
    """The nodes from the module to the call at ``position``."""
    line, end_line, column, end_column = position
    start, end = (line, column), (end_line, end_column)
    path: list[ast.AST] = [tree]
    while True:
        node = path[-1]
        if isinstance(node, ast.Call) and _span(node) == (start, end):
            return path
        inner = next(
            (
                child
                for child in _children(node)
                if _span(child)[0] <= start and _span(child)[1] >= end
            ),
            None,
        )
        if inner is None:
            return None
        path.append(inner)


def _children(node: ast.AST) -> list[ast.AST]:
    """Child nodes that have a position; those without one are looked through."""
    found = []
    for child in ast.iter_child_nodes(node):
        if hasattr(child, "lineno"):
            found.append(child)
        else:
            found.extend(_children(child))
    return found


def _span(node: ast.AST) -> tuple:
    return (node.lineno, node.col_offset), (node.end_lineno, node.end_col_offset)


def _shown_anyway(tree: ast.Module, path: list[ast.AST], mode: str) -> bool:
    """Whether the cell's own last expression is this call's value."""
    last, statement = tree.body[-1], path[1]
    names = {t.id for t in getattr(statement, "targets", ()) if isinstance(t, ast.Name)}
    direct = isinstance(getattr(statement, "value", None), ast.Await) and (
        statement.value.value is path[-1]
    )
    if isinstance(last, ast.Expr):
        if last is statement:
            return direct
        if direct and isinstance(last.value, ast.Name):
            return last.value.id in names
    if mode == "last_expr_or_assign":
        return last is statement and direct and bool(names)
    return False


def _ends_in_semicolon(lines: list[str], statement: ast.stmt) -> bool:
    if statement.end_lineno is None or statement.end_lineno > len(lines):
        return False
    line = lines[statement.end_lineno - 1].encode()
    rest = line[statement.end_col_offset :].decode().partition("#")[0].strip()
    return rest == ";"
