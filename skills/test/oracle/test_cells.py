"""Definitions and uses of cells by CPython itself: the reference for `analyseCell`.

Module level is read from the `ast` in evaluation order; what functions, lambdas and
comprehensions read and bind as globals comes from `symtable`. Cells with IPython syntax
go through IPython's own transformer first. Record the answers anew with

    python skills/test/oracle/test_cells.py

(Python 3.11 or later, with IPython for the cells that need it). As a test, pytest checks
that the recorded answers are still what this Python says.
"""

from __future__ import annotations

import ast
import builtins
import json
import re
import symtable
from pathlib import Path
from typing import Iterator

HERE = Path(__file__).parent
CELLS = HERE.parent / "fixtures" / "cells"
RECORDED = HERE.parent / "recorded" / "cells.json"
SEPARATOR = re.compile(r"^# ---.*\n", re.M)

IGNORED = set(dir(builtins)) | {"get_ipython", "display", "In", "Out", "_", "__", "___"}
IGNORED |= {"exit", "quit", "copyright", "credits", "license", "help"}
MUTATING = set(
    "append extend update add pop remove clear insert sort reverse setdefault discard"
    " popitem fill resize".split()
)
PYTHON_MAGICS = {"time", "timeit", "capture", "prun", "debug", "memit", "mprun", "lprun", "skill"}

Function = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
Comprehension = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
Answer = dict[str, list[str]]


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

    def answer(self) -> Answer:
        mutates = self.mutated & self.uses
        return {
            "defines": sorted(self.defines),
            "uses": sorted(self.uses),
            "mutates": sorted(mutates),
        }

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
        if own is None:
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
        assert own is None, "no cell of the corpus declares globals in a class"

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
        own = {"__module__", "__qualname__"}
        probe.block(node.body, own)
        self.later |= probe.uses & own

    def do_ClassDef(self, node: ast.ClassDef, own: set[str] | None) -> None:
        for decorator in node.decorator_list:
            self.expr(decorator, own)
        for base in node.bases:
            self.expr(base, own)
        for keyword in node.keywords:
            self.expr(keyword.value, own)
        self.block(node.body, {"__module__", "__qualname__"})
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
        elif isinstance(node, Comprehension):
            self.expr(node.generators[0].iter, own)
            self.walrus(node)
        elif isinstance(node, ast.IfExp):
            for part in (node.test, node.body, node.orelse):
                self.expr(part, own)
        elif isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values):
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


def to_python(source: str) -> str | None:
    """The cell as plain Python; None when it is in another language."""
    magic = re.match(r"\s*%%\s*(\S*)", source)
    if magic:
        if magic[1] not in PYTHON_MAGICS:
            return None
        source = source.lstrip().split("\n", 1)[-1] if "\n" in source else ""
    if re.search(r"^\s*[%!?]|=\s*[%!]|\?\s*$|^[ \t]+\S", source, re.M):
        from IPython.core.inputtransformer2 import TransformerManager

        return TransformerManager().transform_cell(source)
    return source


def analyse(source: str) -> Answer:
    """What `analyseCell` must say of a cell that parses."""
    python = to_python(source)
    if python is None:
        return {"defines": [], "uses": [], "mutates": []}
    tree = Prepare().visit(ast.parse(python))
    return Reader(ast.fix_missing_locations(tree)).answer()


def corpus() -> dict[str, list[str]]:
    """The cells of each fixture file, in order."""
    files = sorted(CELLS.glob("*.txt"))
    return {f.stem: SEPARATOR.split(f.read_text("utf8")) for f in files}


def answers() -> dict[str, list[Answer]]:
    return {topic: [analyse(cell) for cell in cells] for topic, cells in corpus().items()}


def test_recorded_answers_are_what_python_says() -> None:
    import pytest

    pytest.importorskip("IPython", reason="cells with magics go through IPython")
    assert json.loads(RECORDED.read_text("utf8")) == answers()


if __name__ == "__main__":
    RECORDED.parent.mkdir(exist_ok=True)
    RECORDED.write_text(json.dumps(answers(), indent=1, ensure_ascii=False) + "\n", "utf8")
    print(f"{sum(map(len, corpus().values()))} cells recorded in {RECORDED.name}")
