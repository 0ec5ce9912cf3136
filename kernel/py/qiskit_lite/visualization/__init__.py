"""Drawings of circuits as text and as SVG."""

from __future__ import annotations

from typing import Any

from ..circuit.quantumcircuit import QuantumCircuit
from ..exceptions import QiskitError
from .svg import SvgDrawing, draw_svg
from .text import TextDrawing, draw_text


def circuit_drawer(circuit: QuantumCircuit, output: str | None = None, **options: Any) -> Any:
    """Draw as ``"text"`` (default) or ``"svg"`` (this library only).

    With ``"mpl"``, which needs Matplotlib in Qiskit, the SVG is returned as well, since
    notebooks show both in the same way.
    """
    kind = output or "text"
    fold = options.get("fold") or 100
    if kind == "text":
        return TextDrawing(draw_text(circuit, fold))
    if kind in ("svg", "mpl"):
        return SvgDrawing(draw_svg(circuit))
    raise QiskitError(f"Invalid output type {kind} selected. The only valid choices here are text, mpl and svg")


__all__ = ["SvgDrawing", "TextDrawing", "circuit_drawer", "draw_svg", "draw_text"]
