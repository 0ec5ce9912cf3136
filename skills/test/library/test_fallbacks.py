"""Outputs of skills where our renderers are missing: nbconvert's HTML shows the fallbacks."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import nbformat
import pytest
from nbconvert import HTMLExporter
from nbformat.v4 import new_code_cell, new_notebook, new_output

# What the renderer adds once it has drawn: a PNG of one pixel.
PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
CIRCUIT = "application/vnd.llmos.circuit.v1+json"
SCENE = "application/vnd.llmos.scene.v1+json"
QUANTUM = "application/vnd.llmos.quantum.v1+json"
VEGA_LITE = "application/vnd.vegalite.v5+json"


def html_of(*bundles: Mapping[str, object]) -> str:
    """The body of nbconvert's page of a notebook with these outputs."""
    outputs = [new_output("display_data", data=dict(bundle)) for bundle in bundles]
    notebook = new_notebook(cells=[new_code_cell("await skill(...)()", outputs=outputs)])
    nbformat.validate(notebook)
    body, _ = HTMLExporter(template_name="basic").from_notebook_node(notebook)
    return body


def bundles_of(outputs: object) -> list[dict[str, object]]:
    from llmos._preview import pieces_of

    return list(pieces_of(outputs))


@pytest.mark.parametrize("mime", [CIRCUIT, SCENE, QUANTUM])
def test_a_drawn_output_shows_its_picture(mime: str) -> None:
    page = html_of({mime: {"v": 1}, "text/plain": "RC low-pass", "image/png": PNG})
    assert f"data:image/png;base64,{PNG}" in page


@pytest.mark.parametrize("mime", [CIRCUIT, SCENE, QUANTUM])
def test_an_output_that_nobody_has_drawn_shows_its_text(mime: str) -> None:
    assert "RC low-pass" in html_of({mime: {"v": 1}, "text/plain": "RC low-pass"})


def test_a_chart_brings_its_picture_along(run: Callable[..., object]) -> None:
    bundles = bundles_of(run("plot-xy", y=[1, 4, 9], title="Squares"))
    chart = next(bundle for bundle in bundles if VEGA_LITE in bundle)
    assert str(chart["text/plain"]) == "chart Squares"
    assert f"data:image/png;base64,{str(chart['image/png'])[:60]}" in html_of(*bundles)


def test_a_quantum_result_shows_its_values_and_circuit(run: Callable[..., object]) -> None:
    bundles = bundles_of(run("quantum-circuit", kind="bell", shots=100, seed=1))
    assert any(QUANTUM in bundle for bundle in bundles)
    page = html_of(*bundles)
    assert "counts" in page
    assert "data:image/svg+xml;base64," in page


def test_a_folded_drawing_shows_a_line_that_tells_something(run: Callable[..., object]) -> None:
    page = html_of(*bundles_of(run("quantum-circuit", kind="ghz", qubits=3)))
    assert "<summary><code>q_0:" in page


def test_the_preview_of_a_circuit_is_not_repeated_as_values() -> None:
    from llmos._outputs import Outputs

    circuit = {"v": 1, "netlist": "r1 a 0 1", "log": "Done."}
    outputs = Outputs(
        "spice-netlist",
        {"v_out": 2.0, "log": "Done.", "circuit": dict(circuit)},
        {"v_out": "V"},
        {CIRCUIT: circuit, "text/plain": "Circuit"},
    )
    values, preview = bundles_of(outputs)
    assert "v_out" in str(values["text/html"])
    assert "Done." not in str(values["text/html"])
    assert preview[CIRCUIT] == circuit
