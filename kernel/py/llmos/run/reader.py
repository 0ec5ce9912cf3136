"""Reads a module's names in evaluation order, see ``analysis``."""

from __future__ import annotations

import ast
import builtins
import symtable
from collections.abc import Iterator

#: Names that never come from another cell: Python's, and those that IPython adds.
IGNORED = frozenset(dir(builtins)) | frozenset(
    "get_ipython display In Out _ __ ___ exit quit copyright credits license help".split()
)
#: Methods that are taken to change their owner.
MUTATING = frozenset(
    "append extend update add pop remove clear insert sort reverse setdefault discard"
    " popitem fill resize".split()
)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class _ClassBody(set):
    """Names of a class body, and those that it declares global."""

    def __init__(self) -> None:
        super().__init__(("__module__", "__qualname__"))
        self.declared: set[str] = set()


class Reader:
    """Reads a prepared module in evaluation order."""

    def __init__(self, tree: ast.Module) -> None:
        self.bound: set[str] = set()
        self.defines: set[str] = set()
        self.uses: set[str] = set()
        self.mutated: set[str] = set()
        self.later: set[str] = set()
        table = symtable.symtable(ast.unparse(tree), "<cell>", "exec")
        self._read_tables(table, inside=False)
        self.block(tree.body, None)
        self.uses |= {name for name in self.later if name not in self.defines}
        self.uses -= IGNORED

    def answer(self) -> tuple[tuple[str, ...], ...]:
        """Definitions, uses, and what of these is changed in place."""
        found = (self.defines, self.uses, self.mutated & self.uses)
        return tuple(tuple(sorted(names)) for names in found)

    def _read_tables(self, table: symtable.SymbolTable, *, inside: bool) -> None:
        """Global names of functions, and of classes within functions."""
        for child in table.get_children():
            function = child.get_type() == "function"
            if function or inside:
                for symbol in child.get_symbols():
                    if symbol.is_global() and symbol.is_referenced():
                        self.later.add(symbol.get_name())
            self._read_tables(child, inside=inside or function)

    # Names. `own` is the set of names of the class body that is read, else None.

    def read(self, name: str, own: set[str] | None) -> None:
        if (own is None or name not in own) and name not in self.bound:
            self.uses.add(name)

    def bind(self, name: str, own: set[str] | None) -> None:
        if own is None or name in getattr(own, "declared", ()):
            self.bound.add(name)
            self.defines.add(name)
        else:
            own.add(name)

    def change(self, node: ast.expr, own: set[str] | None) -> None:
        while isinstance(node, (ast.Attribute, ast.Subscript)):
            node = node.value
        if own is None and isinstance(node, ast.Name):
            self.mutated.add(node.id)

    # Statements.

    def block(self, body: list[ast.stmt], own: set[str] | None) -> None:
        for statement in body:
            method = getattr(self, f"do_{type(statement).__name__}", self.do_others)
            method(statement, own)

    def do_others(self, node: ast.stmt, own: set[str] | None) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                self.expr(child, own)

    def do_Global(self, node: ast.Global, own: set[str] | None) -> None:
        if isinstance(own, _ClassBody):
            own.declared.update(node.names)

    def do_Assign(self, node: ast.Assign, own: set[str] | None) -> None:
        self.expr(node.value, own)
        for target in node.targets:
            self.store(target, own)

    def do_AugAssign(self, node: ast.AugAssign, own: set[str] | None) -> None:
        if isinstance(node.target, ast.Name):
            self.read(node.target.id, own)
        else:
            self.expr(node.target, own)
        self.expr(node.value, own)
        if isinstance(node.target, ast.Name):
            self.bind(node.target.id, own)
        else:
            self.change(node.target.value, own)

    def do_AnnAssign(self, node: ast.AnnAssign, own: set[str] | None) -> None:
        self.expr(node.value, own)
        if node.value is not None:
            self.store(node.target, own)
        elif not isinstance(node.target, ast.Name):
            self.expr(node.target, own)
        self.expr(node.annotation, own)

    def do_Delete(self, node: ast.Delete, own: set[str] | None) -> None:
        for target in node.targets:
            self.delete(target, own)

    def delete(self, target: ast.expr, own: set[str] | None) -> None:
        if isinstance(target, (ast.Tuple, ast.List)):
            for item in target.elts:
                self.delete(item, own)
            return
        self.expr(target, own)
        if isinstance(target, (ast.Attribute, ast.Subscript)):
            self.change(target.value, own)

    def do_For(self, node: ast.For, own: set[str] | None) -> None:
        self.expr(node.iter, own)
        self.store(node.target, own)
        self.block(node.body, own)
        self.block(node.orelse, own)

    do_AsyncFor = do_For

    def do_While(self, node: ast.While | ast.If, own: set[str] | None) -> None:
        self.expr(node.test, own)
        self.block(node.body, own)
        self.block(node.orelse, own)

    do_If = do_While

    def do_With(self, node: ast.With, own: set[str] | None) -> None:
        for item in node.items:
            self.expr(item.context_expr, own)
            if item.optional_vars is not None:
                self.store(item.optional_vars, own)
        self.block(node.body, own)

    do_AsyncWith = do_With

    def do_Try(self, node: ast.Try, own: set[str] | None) -> None:
        self.block(node.body, own)
        for handler in node.handlers:
            self.expr(handler.type, own)
            self.block(handler.body, own)
        self.block(node.orelse, own)
        self.block(node.finalbody, own)

    do_TryStar = do_Try

    def do_Import(self, node: ast.Import | ast.ImportFrom, own: set[str] | None) -> None:
        for alias in node.names:
            if alias.name != "*":
                self.bind(alias.asname or alias.name.split(".")[0], own)

    do_ImportFrom = do_Import

    def do_FunctionDef(self, node: ast.FunctionDef, own: set[str] | None) -> None:
        for decorator in node.decorator_list:
            self.expr(decorator, own)
        self.defaults(node.args, own)
        for argument in ast.walk(node.args):
            if isinstance(argument, ast.arg):
                self.expr(argument.annotation, own)
        self.expr(node.returns, own)
        self.bind(node.name, own)
        self.body_globals(node)
        for child in ast.walk(node):
            if isinstance(child, ast.ClassDef):
                self.class_in_function(child)

    do_AsyncFunctionDef = do_FunctionDef

    def body_globals(self, node: ast.AST) -> None:
        """Names that a function binds because it declares them global."""
        text = ast.unparse(ast.Module([node], []))  # type: ignore[list-item]
        for table in tables(symtable.symtable(text, "<function>", "exec")):
            for symbol in table.get_symbols():
                bound = symbol.is_assigned() or symbol.is_imported() or symbol.is_namespace()
                if symbol.is_declared_global() and bound:
                    self.bind(symbol.get_name(), None)

    def class_in_function(self, node: ast.ClassDef) -> None:
        """A class looks from a name that it binds later straight to the module."""
        probe = Reader(ast.Module([], []))
        own = _ClassBody()
        probe.block(node.body, own)
        self.later |= probe.uses & own

    def do_ClassDef(self, node: ast.ClassDef, own: set[str] | None) -> None:
        for decorator in node.decorator_list:
            self.expr(decorator, own)
        for base in node.bases:
            self.expr(base, own)
        for keyword in node.keywords:
            self.expr(keyword.value, own)
        self.block(node.body, _ClassBody())
        self.bind(node.name, own)

    def do_Match(self, node: ast.Match, own: set[str] | None) -> None:
        self.expr(node.subject, own)
        for case in node.cases:
            self.pattern(case.pattern, own)
            self.expr(case.guard, own)
            self.block(case.body, own)

    def pattern(self, node: ast.pattern, own: set[str] | None) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                self.expr(child, own)
            elif isinstance(child, ast.pattern):
                self.pattern(child, own)
        name = getattr(node, "name", None) or getattr(node, "rest", None)
        if name is not None:
            self.bind(name, own)

    # Expressions.

    def expr(self, node: ast.expr | None, own: set[str] | None) -> None:
        if node is None:
            return
        if isinstance(node, ast.Name):
            self.read(node.id, own)
        elif isinstance(node, ast.NamedExpr):
            self.expr(node.value, own)
            self.bind(node.target.id, own)
        elif isinstance(node, ast.Lambda):
            self.defaults(node.args, own)
        elif isinstance(node, _COMPREHENSIONS):
            self.expr(node.generators[0].iter, own)
            self.walrus(node)
        elif isinstance(node, ast.IfExp):
            for part in (node.test, node.body, node.orelse):
                self.expr(part, own)
        elif isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                self.expr(key, own)
                self.expr(value, own)
        else:
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                if node.func.attr in MUTATING:
                    self.change(node.func.value, own)
            for child in parts(node):
                self.expr(child, own)

    def walrus(self, node: ast.AST) -> None:
        """Names that `:=` within a comprehension binds outside it."""
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Lambda):
                continue
            if isinstance(child, ast.NamedExpr):
                self.bind(child.target.id, None)
            self.walrus(child)

    def defaults(self, args: ast.arguments, own: set[str] | None) -> None:
        for default in [*args.defaults, *args.kw_defaults]:
            self.expr(default, own)

    def store(self, target: ast.expr, own: set[str] | None) -> None:
        if isinstance(target, ast.Name):
            self.bind(target.id, own)
        elif isinstance(target, (ast.Tuple, ast.List)):
            for item in target.elts:
                self.store(item, own)
        elif isinstance(target, ast.Starred):
            self.store(target.value, own)
        else:
            self.expr(target, own)
            self.change(target.value, own)  # type: ignore[attr-defined]


def parts(node: ast.AST) -> Iterator[ast.expr]:
    """Direct sub-expressions, through slices, keywords and formatted values."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr):
            yield child
        elif isinstance(child, ast.keyword):
            yield child.value


def tables(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    for child in table.get_children():
        yield child
        yield from tables(child)
