"""Circuits as SVG that reads on light and dark pages."""

from __future__ import annotations

from html import escape
from typing import Any

from ..circuit.instruction import CircuitInstruction, ControlledGate
from ..circuit.quantumcircuit import QuantumCircuit
from .layout import angle_text, box_text, columns, is_phase, wire_names

ROW, BOX, GAP = 44, 32, 14
FILLS = {"h": "#e0706b", "x": "#4c78a8", "measure": "#6b6b6b"}
FILL = "#5b8f8a"


class SvgDrawing:
    """A drawing that notebooks show as an image."""

    def __init__(self, svg: str) -> None:
        self.svg = svg

    def _repr_svg_(self) -> str:
        return self.svg

    def __str__(self) -> str:
        return self.svg


def _width(item: CircuitInstruction) -> int:
    operation = item.operation
    if isinstance(operation, ControlledGate):
        operation = operation.base_gate
    text = f"ZZ({angle_text(operation.params[0])})" if item.name == "rzz" else box_text(operation)
    many = len(item.qubits) > 1 and not isinstance(item.operation, ControlledGate) and item.name != "swap"
    return 12 if item.name == "barrier" else max(BOX, 16 + 7 * len(text) + (14 if many else 0))


def _box(x: float, top: float, bottom: float, width: int, text: str, fill: str) -> str:
    return (
        f'<rect x="{x - width / 2:g}" y="{top - BOX / 2:g}" width="{width}" height="{bottom - top + BOX:g}" '
        f'rx="4" fill="{fill}"/><text x="{x:g}" y="{(top + bottom) / 2 + 4:g}" fill="#fff" '
        f'text-anchor="middle">{escape(text)}</text>'
    )


def _cross(x: float, y: float) -> str:
    return f'<path d="M{x - 6:g} {y - 6:g}l12 12m0 -12l-12 12" stroke="#4c78a8" stroke-width="2"/>'


def _dot(x: float, y: float, full: bool = True) -> str:
    fill = "#4c78a8" if full else "#fff"
    return f'<circle cx="{x:g}" cy="{y:g}" r="5" fill="{fill}" stroke="#4c78a8" stroke-width="2"/>'


def _plus(x: float, y: float) -> str:
    return (
        f'<circle cx="{x:g}" cy="{y:g}" r="12" fill="#4c78a8"/>'
        f'<path d="M{x - 8:g} {y:g}h16M{x:g} {y - 8:g}v16" stroke="#fff" stroke-width="2"/>'
    )


def _item(item: CircuitInstruction, x: float, rows: dict[Any, float], width: int, place: str) -> str:
    operation = item.operation
    ys = [rows[q] for q in item.qubits]
    line = f'<path d="M{x:g} {min(ys):g}V{max(ys):g}" stroke="#4c78a8" stroke-width="2"/>'
    if item.name == "barrier":
        return "".join(
            f'<path d="M{x:g} {y - ROW / 2:g}v{ROW}" stroke="#999" stroke-width="2" stroke-dasharray="5 4"/>' for y in ys
        )
    if item.name == "measure":
        end = rows[item.clbits[0]]
        arrow = f'<path d="M{x:g} {ys[0]:g}V{end - 6:g}m-4 -5l4 6l4 -6" fill="none" stroke="#999" stroke-width="1.5"/>'
        return arrow + _box(x, ys[0], ys[0], BOX, "M", FILLS["measure"]) + (
            f'<text x="{x + 6:g}" y="{end + 14:g}" font-size="9" fill="#888">{escape(place)}</text>'
        )
    if item.name == "swap":
        return line + "".join(_cross(x, y) for y in ys)
    if item.name == "rzz":
        note = f'<text x="{x + 8:g}" y="{(min(ys) + max(ys)) / 2 + 4:g}" fill="#888">ZZ({escape(angle_text(operation.params[0]))})</text>'
        return line + "".join(_dot(x, y) for y in ys) + note
    if not isinstance(operation, ControlledGate):
        return _box(x, min(ys), max(ys), width, box_text(operation), FILLS.get(item.name, FILL))
    count, base = operation.num_ctrl_qubits, operation.base_gate
    parts = [line] + [_dot(x, y, bool(operation.ctrl_state >> i & 1)) for i, y in enumerate(ys[:count])]
    targets = ys[count:]
    if is_phase(operation):
        parts.append(_dot(x, targets[0]))
        if base.params:
            parts.append(f'<text x="{x + 8:g}" y="{(min(ys) + max(ys)) / 2 + 4:g}" fill="#888">{escape(angle_text(base.params[0]))}</text>')
    elif base.name == "x":
        parts.append(_plus(x, targets[0]))
    elif base.name == "swap":
        parts += [_cross(x, y) for y in targets]
    else:
        parts.append(_box(x, min(targets), max(targets), width, box_text(base), FILLS.get(base.name, FILL)))
    return "".join(parts)


def draw_svg(circuit: QuantumCircuit) -> str:
    """The circuit as one SVG element."""
    names = wire_names(circuit)
    rows: dict[Any, float] = {q: 30.0 + ROW * i for i, q in enumerate(circuit.qubits)}
    lines = [(name, 30.0 + ROW * i, False) for i, name in enumerate(names)]
    for reg in circuit.cregs:
        y = 30.0 + ROW * len(lines)
        lines.append((f"{reg.name} /{reg.size}", y, True))
        rows.update({bit: y for bit in reg if bit not in rows})
    left = 20 + 8 * max((len(name) for name, _, _ in lines), default=1)
    x, drawn = float(left + 8), []
    for step in columns(circuit):
        width = max(_width(item) for item in step)
        for item in step:
            found = circuit.find_bit(item.clbits[0]).registers if item.clbits else []
            drawn.append(_item(item, x + width / 2, rows, _width(item), str(found[0][1]) if found else ""))
        x += width + GAP
    height, total = 30 + ROW * len(lines), x + 8
    wires = []
    for name, y, classical in lines:
        style = 'stroke="#999" stroke-dasharray="2 2"' if classical else 'stroke="#888"'
        wires.append(f'<text x="{left - 8}" y="{y + 4:g}" text-anchor="end" fill="#888">{escape(name)}</text>')
        wires.append(f'<path d="M{left} {y:g}H{total - 4:g}" {style}/>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{total:g}" height="{height}" '
        f'viewBox="0 0 {total:g} {height}" font-family="sans-serif" font-size="12" role="img" '
        f'aria-label="Circuit with {circuit.num_qubits} qubits">' + "".join([*wires, *drawn]) + "</svg>"
    )
