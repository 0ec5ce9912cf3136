"""Takes out of a cell what its definition does not count but ``symtable`` would.

That is: annotations within functions, which are never evaluated, and the name of an
``except … as e``, which counts only inside its handler.
"""

from __future__ import annotations

import ast


def prepared(tree: ast.Module) -> ast.Module:
    """The tree for ``Reader``; changes the one that it is given."""
    return ast.fix_missing_locations(Prepare().visit(tree))


class Prepare(ast.NodeTransformer):
    """Takes out what the definition does not count but `symtable` would."""

    def __init__(self) -> None:
        self.functions: list[set[str]] = []
        self.handlers: list[str] = []

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        for field in ("decorator_list", "args", "returns"):
            self._visit_field(node, field)
        declared = {n for s in ast.walk(node) if isinstance(s, ast.Global) for n in s.names}
        self.functions.append(declared)
        self._visit_field(node, "body")
        self.functions.pop()
        return node

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        for field in ("decorator_list", "bases", "keywords"):
            self._visit_field(node, field)
        outer, self.functions = self.functions, []
        self._visit_field(node, "body")
        self.functions = outer
        return node

    def _visit_field(self, node: ast.AST, field: str) -> None:
        value = getattr(node, field)
        if isinstance(value, list):
            setattr(node, field, [self.visit(item) for item in value])
        elif value is not None:
            setattr(node, field, self.visit(value))

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        self.generic_visit(node)
        if self.functions:
            node.annotation = ast.copy_location(ast.Constant(None), node.annotation)
        return node

    def visit_Delete(self, node: ast.Delete) -> ast.AST:
        self.generic_visit(node)
        if self.functions and all(
            isinstance(t, ast.Name) and t.id in self.functions[-1] for t in node.targets
        ):
            names = [ast.copy_location(ast.Name(t.id, ast.Load()), t) for t in node.targets]
            read = ast.Tuple(names, ast.Load())
            return ast.fix_missing_locations(ast.copy_location(ast.Expr(read), node))
        return node

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> ast.AST:
        if node.type is not None:
            node.type = self.visit(node.type)
        if node.name is None or self.functions:
            self._visit_field(node, "body")
            return node
        self.handlers.append(node.name)
        self._visit_field(node, "body")
        self.handlers.pop()
        node.name = None
        return node

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if node.id in self.handlers and isinstance(node.ctx, ast.Load):
            return ast.copy_location(ast.Constant(None), node)
        return node
