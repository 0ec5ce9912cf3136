"""Plots and exports: what is drawn and written is what was given."""

from __future__ import annotations

import base64
import csv
import io
import json
import math
from collections.abc import Callable
from pathlib import Path

import pytest


def png_size(data_url: str) -> tuple[int, int]:
    head, _, body = data_url.partition(",")
    assert head == "data:image/png;base64"
    content = base64.b64decode(body)
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    return int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")


def test_plot_xy_draws_each_series_as_given(run: Callable) -> None:
    plot = run("plot-xy", x=[0.5, 1.0, 1.5], y={"a": [1, 2, 3], "b": [3, 2, 1]}, title="T")
    assert plot.chart["$schema"].endswith("vega-lite/v5.json")
    text = json.dumps(plot.chart)
    assert '"a"' in text and '"b"' in text and '"T"' in text
    width, height = png_size(plot.plot_image)
    assert width > 300 and height > 200


def test_plot_xy_thins_a_hundred_thousand_points_and_keeps_the_extremes(run: Callable) -> None:
    values = [0.0] * 100_000
    values[54_321] = 9.75
    plot = run("plot-xy", y=values)
    text = json.dumps(plot.chart)
    assert "9.75" in text
    assert len(text) < 400_000


@pytest.mark.parametrize("kind", ["line", "scatter", "bar"])
def test_every_kind_gives_chart_and_image(run: Callable, kind: str) -> None:
    plot = run("plot-xy", y=[1, 4, 9], kind=kind)
    assert plot.chart["$schema"]
    png_size(plot.plot_image)


@pytest.mark.parametrize(
    ("x", "format"),
    [
        ([0.1, 0.2, 0.1 + 0.2], ".6~g"),
        ([0.1 + 0.2, 0.3], ".17~g"),
        ([100000.25, 100000.4], ".7~g"),
        ([2024, 12345678], None),
        (["a", "b", "c"], None),
    ],
)
def test_bars_are_labelled_with_the_digits_that_tell_them_apart(
    run: Callable, x: list, format: str | None
) -> None:
    chart = run("plot-xy", x=x, y=list(range(len(x))), kind="bar").chart
    assert chart["encoding"]["x"].get("axis", {}).get("format") == format
    assert [row["x"] for row in chart["data"]["values"]] == x


def test_plot_xy_refuses_lengths_that_differ(run: Callable) -> None:
    with pytest.raises(Exception, match="(?i)length|as many|points|values"):
        run("plot-xy", x=[1, 2], y=[1, 2, 3])


def test_convergence_tells_the_last_value_and_its_error(run: Callable) -> None:
    plot = run("plot-convergence", trace=[-1.0, -1.1, -1.13], reference=-1.137)
    assert plot.final_value == -1.13
    assert plot.final_error == pytest.approx(0.007)


def test_convergence_without_a_reference_has_no_error(run: Callable) -> None:
    assert math.isnan(run("plot-convergence", trace=[-1.0, -1.1]).final_error)


def test_export_writes_csv_that_reads_back(run: Callable) -> None:
    table = {"length": [0.5, 0.7], "energy": [-1.05, -1.13]}
    result = run("export-results", data=table, format="csv", filename="curve")
    rows = list(csv.reader(io.StringIO(Path(result.filename).read_text())))
    assert rows[0] == ["length", "energy"]
    assert [[float(cell) for cell in row] for row in rows[1:]] == [[0.5, -1.05], [0.7, -1.13]]


def test_export_writes_json_that_reads_back(run: Callable) -> None:
    data = {"name": "H2", "energies": [-1.05, -1.13]}
    result = run("export-results", data=data, format="json", filename="h2")
    assert json.loads(Path(result.filename).read_text()) == data


def test_export_writes_the_png_of_a_plot(run: Callable) -> None:
    plot = run("plot-xy", y=[1, 2, 3])
    result = run("export-results", plot_image=plot.plot_image, format="png", filename="plot")
    assert Path(result.filename).read_bytes().startswith(b"\x89PNG")


def test_export_of_a_picture_alone_needs_no_format(run: Callable) -> None:
    plot = run("plot-xy", y=[1, 2, 3])
    assert run("export-results", plot_image=plot.plot_image).filename == "results.png"
    both = run("export-results", data={"y": [1, 2, 3]}, plot_image=plot.plot_image)
    assert both.filename == "results.csv"


@pytest.mark.parametrize("given", [{}, {"format": "csv", "plot_image": "data:image/png;base64,"}])
def test_export_says_what_it_lacks(run: Callable, given: dict) -> None:
    with pytest.raises(Exception, match="data: is needed for csv"):
        run("export-results", **given)


def test_export_stays_in_the_folder_of_the_notebook(run: Callable) -> None:
    with pytest.raises(Exception, match="(?i)file ?name|folder|path"):
        run("export-results", data={"a": [1]}, format="csv", filename="../outside")
