"""A notebook's code cells and what flows between them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from .analysis import Analysis, analyse
from .calls import Call, calls_in, imported_names, only_call, skill_names


@dataclass(frozen=True)
class Cell:
    """A code cell with what is known of it."""

    id: str
    source: str
    analysis: Analysis
    calls: tuple[Call, ...]
    #: The call of a cell that does nothing else and whose arguments only read: such cells
    #: overtake plain ones.
    free_call: Call | None
    imported: frozenset[str]

    @property
    def binds(self) -> tuple[str, ...]:
        """Names that it binds or changes in place."""
        return tuple(dict.fromkeys((*self.analysis.defines, *self.analysis.mutates)))

    @property
    def call(self) -> Call | None:
        """Its one skill call, when that is a statement of its own."""
        return self.calls[0] if len(self.calls) == 1 and self.calls[0].top_level else None


@dataclass(frozen=True)
class Edge:
    """A value that flows from one cell to another under a name."""

    start: str
    name: str
    end: str
    #: True when only cells below define it: top to bottom, the cell would fail.
    late: bool = False


@dataclass(frozen=True)
class Graph:
    """Code cells in document order by id, and edges in the order of the cells they lead to."""

    cells: dict[str, Cell]
    edges: tuple[Edge, ...]

    def needs(self, cell: str) -> tuple[Edge, ...]:
        """Edges from cells above."""
        return self._needs.get(cell, ())

    @cached_property
    def _needs(self) -> dict[str, tuple[Edge, ...]]:
        found: dict[str, tuple[Edge, ...]] = {}
        for edge in self.edges:
            if not edge.late:
                found[edge.end] = (*found.get(edge.end, ()), edge)
        return found

    def below(self, starts: Iterable[str]) -> set[str]:
        """All cells that depend on one of these, near or far."""
        found = set(starts)
        first = set(found)
        for cell in self.cells:  # needs lead downward, so one pass is enough
            if any(edge.start in found for edge in self.needs(cell)):
                found.add(cell)
        return found - first


def build_graph(cells: Iterable[tuple[str, str]]) -> Graph:
    """The graph of code cells, given as pairs of id and source in document order."""
    known: set[str] = set()
    found: dict[str, Cell] = {}
    for cell_id, source in cells:
        analysis = analyse(source)
        known |= skill_names(analysis)
        calls = calls_in(analysis, known)
        call = only_call(analysis, calls, source)
        free = call if call and call.only_reads else None
        imported = frozenset(imported_names(analysis))
        found[cell_id] = Cell(cell_id, source, analysis, calls, free, imported)
    return Graph(found, tuple(_edges(list(found.values()))))


def _edges(cells: list[Cell]) -> Iterable[Edge]:
    """From the nearest cell above that defines or mutates a name, else from below."""
    nearest: dict[str, str] = {}
    for number, cell in enumerate(cells):
        for name in cell.analysis.uses:
            if name in nearest:
                yield Edge(nearest[name], name, cell.id)
                continue
            below = (c.id for c in cells[number + 1 :] if name in c.analysis.defines)
            start = next(below, None)
            if start is not None:
                yield Edge(start, name, cell.id, late=True)
        nearest.update(dict.fromkeys(cell.binds, cell.id))


def ready_cells(graph: Graph, waiting: set[str]) -> list[str]:
    """The waiting cells that may start now, in document order.

    All of them could run at the same time: none reads what another binds. Of the plain cells
    there is at most one, since they run in document order; free calls overtake them. The
    same rule as ``skills/src/workflow/schedule/ready.ts``.
    """
    ready: list[str] = []
    read: set[str] = set()
    bound: set[str] = set()
    has_plain = False
    for cell in graph.cells.values():
        if cell.id not in waiting:
            continue
        may_start = (
            not any(edge.start in waiting for edge in graph.needs(cell.id))
            and not any(name in read or name in bound for name in cell.binds)
            and (cell.free_call is not None or not has_plain)
        )
        if may_start:
            ready.append(cell.id)
        read.update(cell.analysis.uses)
        bound.update(cell.binds)
        has_plain = has_plain or cell.free_call is None
    return ready
