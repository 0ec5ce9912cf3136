"""Typed outputs and their previews."""

from __future__ import annotations

import base64
import copy
import json
import pickle

import pytest

from llmos import Outputs
from llmos._codec import to_json
from llmos._format import number, sparkline, summary
from llmos._preview import VEGA_LITE, bundle_of, pieces_of, text_of

PNG = b"\x89PNG\r\n\x1a\n0123"
PNG_URL = "data:image/png;base64," + base64.b64encode(PNG).decode()
CHART = {"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "title": "E", "data": {}}
SCENE = "application/vnd.llmos.scene.v1+json"


def outputs(**values: object) -> Outputs:
    return Outputs("vqe", values, {"energy": "Ha"})


def test_values_are_reached_by_attribute_and_by_key():
    o = outputs(energy=-1.0, trace=[1.0])
    assert o.energy is o["energy"]
    assert list(o) == list(o.keys()) == ["energy", "trace"]
    assert dict(o.items()) == o._asdict() == {"energy": -1.0, "trace": [1.0]}
    assert {**o} == o._asdict() and len(o) == 2 and "trace" in o
    assert {"energy", "trace", "keys"} <= set(dir(o))
    assert o._ipython_key_completions_() == ["energy", "trace"]


def test_an_unknown_output_gets_a_suggestion():
    o = outputs(eigenvalue=1)
    with pytest.raises(AttributeError, match='no output "eigenvlue". Did you mean "eigenvalue"'):
        _ = o.eigenvlue
    with pytest.raises(KeyError, match="Its outputs: eigenvalue"):
        _ = o["x"]
    assert o.get("x") is None and not hasattr(o, "_repr_png_")


def test_a_number_that_there_is_none_of_is_shown_as_a_dash():
    o = Outputs("plot", {"last": -1.0, "error": float("nan")}, {"error": "Ha"})
    assert text_of(o) == "last -1\nerror –"
    assert "<td style='text-align:left'>–</td>" in bundle_of(o)["text/html"]


def test_outputs_cannot_be_changed():
    o = outputs(energy=1)
    for change in (
        lambda: setattr(o, "energy", 2),
        lambda: delattr(o, "energy"),
        lambda: o.__setitem__("energy", 2),
    ):
        with pytest.raises((AttributeError, TypeError)):
            change()
    assert o.energy == 1


def test_outputs_survive_pickle_and_copy():
    o = Outputs("vqe", {"trace": [1, 2]}, {"trace": "Ha"}, {"text/plain": "x"})
    twin = pickle.loads(pickle.dumps(o))
    assert twin == o and text_of(twin) == text_of(o) and twin._bundle == o._bundle
    assert copy.copy(o) is o
    deep = copy.deepcopy(o)
    assert deep == o and deep.trace is not o.trace


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (-1.13730604, "Ha", "-1.1373 Ha"),
        (100, "", "100"),
        (100.0, "", "100"),
        (1e-9, "Ha", "1e-09 Ha"),
        (4700.0, "Ω", "4.7 kΩ"),
        (1e-6, "s", "1 µs"),
        (0.00033, "A", "330 µA"),
        (1000.0, "Hz", "1 kHz"),
        (999.0, "Hz", "999 Hz"),
        (-0.001, "V", "-1 mV"),
        (0.0, "V", "0 V"),
        (float("nan"), "V", "nan V"),
        (float("inf"), "", "inf"),
        (True, "", "True"),
        (123456.789, "", "1.2346e+05"),
    ],
)
def test_numbers_have_sensible_digits_and_units(value, unit, text):
    assert number(value, unit) == text


def test_arrays_and_texts_are_summarised():
    np = pytest.importorskip("numpy")
    assert summary([1, 2.5, 3], "V") == "[1, 2.5, 3] V"
    assert summary([float(v) for v in range(101)], "Ha") == "101 numbers, 0 Ha to 100 Ha"
    assert summary(np.zeros((3, 4))) == "float64 array, 3 x 4, all 0"
    assert summary(np.arange(3)) == "[0, 1, 2]"
    assert summary(np.array([1j])) == "[0 + 1j]"
    assert summary(np.zeros(0)) == "[]"
    assert summary(np.float64(2.0)) == "2"
    assert summary({"a": 1, "b": [1, 2]}) == "{a: 1, b: [1, 2]}"
    assert summary([{"a": 1, "b": 2}] * 3) == "3 rows: a, b"
    assert summary("x" * 500).endswith("...") and len(summary("x" * 500)) == 160
    assert summary(PNG_URL).startswith("image/png, ")
    assert summary({str(i): "x" * 50 for i in range(9)}).startswith("9 keys: 0, 1, 2")


def test_text_names_value_and_unit_on_one_line():
    o = outputs(energy=-1.137306, counts={"00": 512, "11": 512}, drawing="a\nb", none=None)
    assert text_of(o).split("\n") == [
        "energy -1.1373 Ha",
        "counts {00: 512, 11: 512}",
        "drawing",
        "    a",
        "    b",
        "none None",
    ]
    assert repr(o) == text_of(o)
    assert repr(Outputs("x", {})) == "(no outputs)"


def test_html_is_escaped_and_has_no_colours():
    html = bundle_of(outputs(note="<img src=x onerror=alert(1)>", **{"<b>": 1}))["text/html"]
    assert "<img src=x" not in html and "&lt;img" in html and "&lt;b&gt;" in html
    assert "color" not in html and "background" not in html


def test_a_data_url_is_offered_as_a_download():
    html = bundle_of(outputs(download_url="data:text/csv,a'b", filename="x.csv"))["text/html"]
    assert "<a download='x.csv' href='data:text/csv,a&#x27;b'>text/csv, 3 bytes</a>" in html
    other = bundle_of(outputs(download_url="javascript:alert(1)"))["text/html"]
    assert "<a " not in other


def test_a_trace_gets_a_sparkline_in_html_only():
    bundle = bundle_of(outputs(trace=[3.0, 2.0, 1.0, 0.5]))
    assert "█" in bundle["text/html"] and "█" not in bundle["text/plain"]
    assert sparkline([1, 1, 1]) == "▁▁▁"
    assert sparkline([0.0, 1.0, 2.0]) == "▁▅█"
    assert sparkline([1, float("nan"), 2]) == sparkline("abc") == sparkline([1, 2]) == ""
    assert len(sparkline(list(range(10_000)))) == 24


def test_a_chart_goes_out_as_vega_lite_with_text_and_image():
    bundle = bundle_of(outputs(chart=CHART, plot_image=PNG_URL, last=-1.0))
    assert bundle[VEGA_LITE]["title"] == "E"
    assert base64.b64decode(bundle["image/png"]) == PNG
    assert bundle["text/plain"].startswith("chart chart E")
    assert "text/html" not in bundle, "JupyterLab would show it instead of the chart"


def test_the_cell_shows_values_above_the_chart():
    pieces = list(pieces_of(outputs(chart=CHART, plot_image=PNG_URL, energy=-1.0)))
    assert pieces[0]["text/plain"] == "energy -1 Ha"
    assert set(pieces[1]) == {VEGA_LITE, "text/plain", "image/png"}
    assert len(pieces) == 2
    both = list(pieces_of(outputs(a=CHART, b={**CHART, "title": "two"})))
    assert [piece[VEGA_LITE]["title"] for piece in both] == ["E", "two"]
    assert list(pieces_of(Outputs("x", {}))) == []


def test_vega_data_becomes_plain_json():
    np = pytest.importorskip("numpy")
    chart = {
        **CHART,
        "data": {"values": [{"x": np.float64(1), "y": float("nan")}]},
        "n": np.arange(2),
    }
    bundle = bundle_of(outputs(chart=chart))
    assert json.loads(json.dumps(bundle[VEGA_LITE], allow_nan=False))["n"] == [0, 1]
    assert bundle[VEGA_LITE]["data"]["values"] == [{"x": 1.0, "y": None}]
    assert to_json((np.bool_(True), 1j)) == [True, "1j"]


def test_data_of_a_mime_type_of_this_product_goes_out_under_it():
    quantum = {"$schema": "application/vnd.llmos.quantum.v1+json", "counts": {"0": 1}}
    bundle = bundle_of(outputs(view=quantum))
    assert bundle["application/vnd.llmos.quantum.v1+json"] == quantum
    assert bundle["text/plain"] == "view quantum (counts)"
    assert "text/html" not in bundle
    other = bundle_of(outputs(view={"$schema": "application/javascript", "x": "alert(1)"}))
    assert set(other) == {"text/html", "text/plain"}


def test_images_become_image_types():
    svg = "<svg xmlns='http://www.w3.org/2000/svg'></svg>"
    assert bundle_of(outputs(a=svg))["image/svg+xml"] == svg
    assert base64.b64decode(bundle_of(outputs(a=PNG))["image/png"]) == PNG
    assert "text/html" not in bundle_of(outputs(a=PNG))
    html = bundle_of(outputs(a=PNG, n=1))["text/html"]
    assert "src='data:image/png;base64," in html
    url = "data:image/svg+xml,%3Csvg%3E%3C/svg%3E"
    assert bundle_of(outputs(a=url))["image/svg+xml"] == "<svg></svg>"


def test_the_cell_shows_values_above_each_image():
    values, first, second = pieces_of(outputs(a=PNG, n=1, b=PNG_URL))
    assert values["text/plain"] == "n 1" and "img" not in values["text/html"]
    assert set(first) == set(second) == {"image/png", "text/plain"}


def test_a_figure_is_drawn_once():
    class Figure:
        drawn = 0

        def savefig(self, file: object, **options: object) -> None:
            self.drawn += 1
            file.write(PNG)

    figure = Figure()
    assert "image/png" in bundle_of(outputs(figure=figure))
    assert figure.drawn == 1


def test_the_runtime_s_own_preview_comes_first():
    o = Outputs("cube", {"scene": {"a": 1}}, {}, {SCENE: {"v": 1}})
    assert bundle_of(o) == {SCENE: {"v": 1}, "text/plain": "scene {a: 1}"}
    shown, scene = pieces_of(o)
    assert shown["text/plain"] == "scene {a: 1}" and scene[SCENE] == {"v": 1}
    own_text = Outputs("cube", {"n": 1}, {}, {SCENE: {}, "text/plain": "a cube"})
    assert bundle_of(own_text)["text/plain"] == "a cube"


def test_a_chart_does_not_offer_the_online_editor() -> None:
    spec = {"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "usermeta": {"a": 1}}
    bundle = Outputs("s", {"chart": spec})._repr_mimebundle_()
    shown = bundle["application/vnd.vegalite.v5+json"]
    assert shown["usermeta"]["a"] == 1
    assert shown["usermeta"]["embedOptions"]["actions"]["editor"] is False
    assert spec["usermeta"] == {"a": 1}


@pytest.mark.parametrize("size", [0, 1, 2, 3, 732, 1000])
def test_a_data_url_tells_the_size_of_its_content(size):
    content = base64.b64encode(b"x" * size).decode()
    assert summary(f"data:text/csv;charset=utf-8;base64,{content}") == f"text/csv, {size:,} bytes"


def test_a_data_url_of_plain_text_tells_its_letters():
    assert summary("data:text/plain,hello") == "text/plain, 5 bytes"
