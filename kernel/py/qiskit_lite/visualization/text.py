"""Circuits as text, in Qiskit's manner of boxes and wires."""

from __future__ import annotations

from typing import Any

from ..circuit.instruction import CircuitInstruction, ControlledGate
from ..circuit.quantumcircuit import QuantumCircuit
from .layout import angle_text, box_text, columns, is_phase, wire_names


class TextDrawing:
    """A drawing that prints as text and shows as fixed-width text in notebooks."""

    def __init__(self, text: str) -> None:
        self._text = text

    def single_string(self) -> str:
        """The whole drawing."""
        return self._text

    def __str__(self) -> str:
        return self._text

    __repr__ = __str__

    def _repr_html_(self) -> str:
        safe = self._text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        style = "word-wrap: normal;white-space: pre;line-height: 1.1;font-family: monospace"
        return f'<pre style="{style}">{safe}</pre>'


class _Column:
    """Three text lines for each wire: above, on and below it."""

    def __init__(self, wires: int, qubits: int) -> None:
        self.cells: dict[int, tuple[str, str, str]] = {}
        self.links: list[tuple[int, int, str]] = []
        self.wires, self.qubits = wires, qubits
        self.note: tuple[int, str] | None = None

    def lines(self) -> list[str]:
        width = max((len(cell[1]) for cell in self.cells.values()), default=1)
        if self.note:
            width = max(width, 1 + 2 * len(self.note[1]))
        rows = []
        for wire in range(self.wires):
            line = "─" if wire < self.qubits else "═"
            top, middle, bottom = self.cells.get(wire, (" ", line, " "))
            if wire not in self.cells:
                for low, high, mark in self.links:
                    if low < wire < high:
                        cross = {"│": "┼", "║": "╫", "░": "░"}[mark] if wire < self.qubits else "╬"
                        top, middle, bottom = mark, cross, mark
            for low, high, mark in self.links:
                joint = wire in self.cells
                if joint and low <= wire < high and bottom.strip() in ("", "─") or joint and wire == low and "┬" not in bottom and "└" in bottom:
                    bottom = _put(bottom, "┬" if "└" in bottom and mark == "│" else "╥" if "└" in bottom else mark)
                if joint and low < wire <= high:
                    top = _put(top, "┴" if "┌" in top and mark == "│" else "╨" if "┌" in top else mark)
            if self.note and wire == self.note[0]:
                bottom = (" " * (width // 2) + mark_note(self.links) + self.note[1]).ljust(width)
            rows += [top.center(width), middle.center(width, line), bottom.center(width)]
        return rows


def mark_note(links: list[tuple[int, int, str]]) -> str:
    """The line that a note stands beside."""
    return links[0][2] if links else " "


def _put(text: str, mark: str) -> str:
    middle = len(text) // 2
    return text[:middle] + mark + text[middle + 1 :]


def _box(text: str) -> tuple[str, str, str]:
    return f"┌{'─' * (len(text) + 2)}┐", f"┤ {text} ├", f"└{'─' * (len(text) + 2)}┘"


def _wide_box(column: _Column, rows: list[int], text: str) -> None:
    """One box over several wires, with the number of each of its qubits."""
    low, high, middle = min(rows), max(rows), (min(rows) + max(rows)) / 2
    width = len(text) + 2
    for wire in range(low, high + 1):
        number = str(rows.index(wire)) if wire in rows else " "
        left, right = ("┤", "├") if wire in rows else ("│", "│")
        inside = text if wire == int(middle) and middle == int(middle) else ""
        label = f"{number}{inside.center(width)}"
        top = f"┌{'─' * len(label)}┐" if wire == low else f"│{' ' * len(label)}│"
        below = text if wire == int(middle) and middle != int(middle) else ""
        bottom = f"└{'─' * len(label)}┘" if wire == high else f"│{' ' + below.center(width)}│"
        column.cells[wire] = (top, left + label + right, bottom)


def _draw_item(column: _Column, item: CircuitInstruction, places: dict[Any, int]) -> None:
    operation, rows = item.operation, [places[q] for q in item.qubits]
    if item.name == "barrier":
        for row in rows:
            column.cells[row] = (" ░ ", "─░─", " ░ ")
        return
    if item.name == "measure":
        clbit = places[item.clbits[0]]
        column.cells[rows[0]] = ("┌─┐", "┤M├", "└╥┘")
        column.cells[clbit] = (" ║ ", "═╩═", "   ")
        column.links.append((rows[0], clbit, "║"))
        return
    span = (min(rows), max(rows), "│")
    if isinstance(operation, ControlledGate) and operation.base_gate.definition is None:
        controls = operation.num_ctrl_qubits
        base = operation.base_gate
        for i, row in enumerate(rows[:controls]):
            column.cells[row] = (" ", "■" if operation.ctrl_state >> i & 1 else "o", " ")
        targets = rows[controls:]
        if is_phase(operation):
            column.cells[targets[0]] = (" ", "■", " ")
            if base.params:
                column.note = (min(rows), f"P({angle_text(base.params[0])})")
        elif base.name == "swap":
            column.cells.update({row: (" ", "X", " ") for row in targets})
        elif len(targets) == 1:
            text = box_text(base)
            column.cells[targets[0]] = _box("X" if base.name == "x" else text)
        else:
            _wide_box(column, targets, box_text(base))
        column.links.append(span)
    elif item.name == "swap":
        column.cells.update({row: (" ", "X", " ") for row in rows})
        column.links.append(span)
    elif item.name == "rzz":
        column.cells.update({row: (" ", "■", " ") for row in rows})
        column.note = (min(rows), f"ZZ({angle_text(operation.params[0])})")
        column.links.append(span)
    elif len(rows) == 1:
        column.cells[rows[0]] = ("     ", "─|0>─", "     ") if item.name == "reset" else _box(box_text(operation))
    else:
        _wide_box(column, rows, box_text(operation))


def _clbit_rows(circuit: QuantumCircuit) -> tuple[dict[Any, int], list[str]]:
    """One line for each classical register, as Qiskit bundles them."""
    places: dict[Any, int] = {}
    names: list[str] = []
    for reg in circuit.cregs:
        for bit in reg:
            places.setdefault(bit, circuit.num_qubits + len(names))
        names.append(f"{reg.name}: {reg.size}/")
    for i, bit in enumerate(circuit.clbits):
        if bit not in places:
            places[bit] = circuit.num_qubits + len(names)
            names.append(f"{i}: ")
    return places, names


def draw_text(circuit: QuantumCircuit, fold: int = 100) -> str:
    """The drawing; wider ones go on below with « and »."""
    places, cnames = _clbit_rows(circuit)
    places.update({q: i for i, q in enumerate(circuit.qubits)})
    names = [f"{name}: " for name in wire_names(circuit)] + cnames
    if not names:
        return ""
    pad = max(len(name) for name in names)
    blocks: list[list[str]] = []
    for step in columns(circuit):
        column = _Column(len(names), circuit.num_qubits)
        for item in step:
            _draw_item(column, item, places)
        for item in step:
            if item.name == "measure" and column.note is None:
                reg = circuit.find_bit(item.clbits[0]).registers
                if reg:
                    row = places[item.clbits[0]]
                    column.cells[row] = (" ║ ", "═╩═", f" {reg[0][1]}".ljust(3))
        blocks.append(column.lines())
    parts, width = [[]], pad
    for block in blocks:
        if parts[-1] and width + len(block[0]) > fold:
            parts.append([])
            width = 1
        parts[-1].append(block)
        width += len(block[0])
    lines = []
    for number, part in enumerate(parts):
        for row in range(3 * len(names)):
            wire, kind = divmod(row, 3)
            lead = "«" if number else ""
            name = names[wire].rjust(pad) if kind == 1 else " " * pad
            line = "" if kind != 1 else "─" if wire < circuit.num_qubits else "═"
            text = lead + name + "".join(block[row] for block in part) + line
            lines.append(text + ("»" if number < len(parts) - 1 else ""))
    if circuit.global_phase:
        lines.insert(0, f"global phase: {angle_text(circuit.global_phase)}")
    return "\n".join(line.rstrip() for line in lines if line.strip("« »"))
