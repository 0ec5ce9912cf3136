"""The table of a sweep: one row a point, its columns and what of them a chart shows."""

from __future__ import annotations

from .._rows import Table
from .sweep import Sweep
from .trace import entry_of


class SweepTable:
    """The points that are done, by column."""

    def __init__(self, sweep: Sweep) -> None:
        plan = sweep.plan
        self.plan = plan
        self.points = [point for point in sweep.points if point.is_done]
        #: With those that failed; a stopped sweep has not all of its points.
        self.ended = [point for point in sweep.points if point.is_done or point.error is not None]
        self.is_whole = len(self.ended) == len(sweep.points)
        self.may_fail = len(self.ended) > len(self.points)
        units = dict(zip(plan.names, (axis.unit for axis in plan.axes), strict=True))
        for cell in plan.cells:
            entry = entry_of(cell.free_call.skill)
            for name, port in entry.outputs.items() if entry else ():
                units[f"{cell.free_call.target}.{name}"] = port.unit
        found = [name for point in self.points for name in point.row]
        self.columns = [*plan.names, *dict.fromkeys(found)]
        self.units = {name: units.get(name, "") for name in self.columns}

    def rows(self) -> list[dict[str, object]]:
        """One row a point, in the order of the values."""
        return [
            {**dict(zip(self.plan.names, point.values, strict=True)), **point.row}
            for point in self.points
        ]

    def bundle(self) -> dict[str, str]:
        """The table as HTML and as text."""
        return Table(self.rows(), self.units)._repr_mimebundle_()

    def plotted(self) -> list[str]:
        """Columns that a chart shows: numbers that change, in the unit of the first of them.

        With several axes it is one, and if possible one that changes along each of them.
        """
        rows = self.rows()
        found = [
            name
            for name in self.columns[len(self.plan.names) :]
            if all(is_number(row.get(name)) for row in rows)
            and len({row[name] for row in rows}) > 1
        ]
        if len(self.plan.axes) > 1:
            whole = (name for name in found if self._changes_along_all(name, rows))
            return [next(whole, found[0])] if found else []
        return [name for name in found if self.units[name] == self.units[found[0]]]

    def _changes_along_all(self, column: str, rows: list[dict[str, object]]) -> bool:
        """Whether each axis has two points that differ in it alone, and in the column."""
        for axis in self.plan.names:
            groups: dict[str, set] = {}
            for row in rows:
                others = tuple(row[name] for name in self.plan.names if name != axis)
                groups.setdefault(repr(others), set()).add(row[column])
            if all(len(values) < 2 for values in groups.values()):
                return False
        return True


def is_number(value: object) -> bool:
    """Whether a chart can place it on an axis."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)
