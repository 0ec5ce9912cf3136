"""The preview of a call's outputs as MIME bundles.

Every bundle has ``text/plain``. A value with ``$schema`` is rendered data: that of
Vega-Lite becomes a chart, one that is itself a MIME type of this product
(``application/vnd.llmos.….v1+json``) goes out under that type. JupyterLab prefers HTML to
charts, so HTML is left out where there is a chart or a runtime's own preview.
"""

from __future__ import annotations

import base64
import math
from collections.abc import Iterator, Mapping
from html import escape
from urllib.parse import unquote_to_bytes

from ._format import sparkline, summary
from ._outputs import Outputs

VEGA_LITE = "application/vnd.vegalite.v5+json"
_OURS = "application/vnd.llmos."
_CIRCUIT = "application/vnd.llmos.circuit.v1+json"
#: What stands for a number that there is none of, such as the error to an unknown answer.
_UNKNOWN = "–"
_TEXT_LINES = 8  # of a text that stand in a preview; the rest is folded away
# Letters of its first line that a folded text shows.
_FIRST_LINE = 48
_LINK_LIMIT = 4_000_000  # characters of a data URL that is offered as a download
_BINARY_IMAGES = {
    b"\x89PNG": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
    b"RIFF": "image/webp",
}


def text_of(outputs: Outputs) -> str:
    """One line an output, ``name value unit``; longer texts as an indented block."""
    if not outputs:
        return "(no outputs)"
    return "\n".join(_line(outputs, name, value) for name, value in outputs.items())


def _line(outputs: Outputs, name: str, value: object) -> str:
    if isinstance(value, str) and "\n" in value.strip() and not image_of(value):
        lines = value.strip("\n").split("\n")
        shown = lines
        if len(lines) > _TEXT_LINES:
            shown = [*lines[:_TEXT_LINES], f"... ({len(lines)} lines)"]
        return "\n".join([name, *(f"    {line}" for line in shown)])
    return f"{name} {_said(value, outputs._units.get(name, ''))}"


def _said(value: object, unit: str) -> str:
    mime = mime_of(value)
    if mime == VEGA_LITE:
        title = value.get("title") or value.get("description") or ""
        title = title.get("text", "") if isinstance(title, Mapping) else title
        return f"chart {title}".rstrip()
    if mime:
        kind = mime.removeprefix(_OURS).partition(".")[0]
        return f"{kind} ({', '.join(str(key) for key in value if key != '$schema')})"
    image = image_of(value)
    if image:
        return f"{image[0]}, {len(image[1]):,} bytes"
    if isinstance(value, float) and math.isnan(value):
        return _UNKNOWN
    return summary(value, unit)


def mime_of(value: object) -> str | None:
    """The MIME type of rendered data, by its ``$schema``."""
    if type(value) is not dict and not isinstance(value, Mapping):
        return None
    schema = value.get("$schema")
    if not isinstance(schema, str):
        return None
    if "vega-lite" in schema:
        return VEGA_LITE
    return schema if schema.startswith(_OURS) else None


def image_of(value: object) -> tuple[str, bytes] | None:
    """MIME type and bytes of an image value: data URL, SVG text, bytes or a figure."""
    if type(value) in (list, dict, float, int):
        return None
    if isinstance(value, str):
        if value.startswith("data:image/"):
            head, _, data = value.partition(",")
            raw = base64.b64decode(data) if head.endswith(";base64") else unquote_to_bytes(data)
            return head[5:].partition(";")[0], raw
        if value.lstrip()[:5] in ("<svg ", "<svg>", "<?xml") and "<svg" in value:
            return "image/svg+xml", value.encode()
        return None
    if isinstance(value, (bytes, bytearray)):
        for magic, mime in _BINARY_IMAGES.items():
            if value.startswith(magic):
                return mime, bytes(value)
        return None
    if isinstance(value, (Mapping, list, tuple, int, float)) or value is None:
        return None
    for method, mime in (("_repr_png_", "image/png"), ("_repr_svg_", "image/svg+xml")):
        drawn = getattr(value, method, None)
        data = drawn() if drawn else None
        if data:
            return mime, data.encode() if isinstance(data, str) else data
    if hasattr(value, "savefig"):
        from io import BytesIO

        file = BytesIO()
        value.savefig(file, format="png", bbox_inches="tight")
        return "image/png", file.getvalue()
    return None


def html_of(outputs: Outputs) -> str:
    """The outputs as an HTML table without colours of its own; everything escaped."""
    rows = "".join(_row(outputs, name, value) for name, value in outputs.items())
    return f"<table class='llmos-Outputs'><tbody>{rows}</tbody></table>"


def _row(outputs: Outputs, name: str, value: object) -> str:
    image = image_of(value)
    if image:
        data = base64.b64encode(image[1]).decode()
        cell = f"<img alt='{escape(name)}' src='data:{escape(image[0])};base64,{data}'>"
    elif isinstance(value, str) and value.startswith("data:") and len(value) < _LINK_LIMIT:
        file = escape(str(outputs.get("filename") or name))
        cell = f"<a download='{file}' href='{escape(value)}'>{escape(_said(value, ''))}</a>"
    elif isinstance(value, str) and "\n" in value.strip():
        cell = _text_cell(value)
    else:
        cell = escape(_said(value, outputs._units.get(name, "")))
        line = sparkline(value)
        if line:
            cell += f" <span aria-hidden='true'>{line}</span>"
    left = "style='text-align:left'"
    return f"<tr><th {left}>{escape(name)}</th><td {left}>{cell}</td></tr>"


def _text_cell(text: str) -> str:
    """A text of several lines; a long one is folded, its first lines stay in sight."""
    lines = text.strip("\n").split("\n")
    if len(lines) <= _TEXT_LINES:
        return f"<pre>{escape(text)}</pre>"
    # Drawings begin with lines of frames that say nothing and would break in two.
    told = next((line for line in lines if any(map(str.isalnum, line))), lines[0]).strip()
    first = escape(told if len(told) <= _FIRST_LINE else f"{told[: _FIRST_LINE - 1]}…")
    return (
        f"<details><summary><code>{first}</code> … {len(lines)} lines</summary>"
        f"<pre>{escape(text)}</pre></details>"
    )


def _drawn(outputs: Outputs) -> Outputs:
    """The same outputs with figures drawn once, as the bytes or text of their image."""
    values = {}
    for name, value in outputs.items():
        image = None if isinstance(value, (str, bytes)) else image_of(value)
        svg = image is not None and image[0] == "image/svg+xml"
        values[name] = value if image is None else image[1].decode() if svg else image[1]
    return Outputs(outputs._skill, values, outputs._units, outputs._bundle)


def bundle_of(outputs: Outputs) -> dict[str, object]:
    """One bundle for all outputs, as a cell's last expression shows it."""
    outputs = _drawn(outputs)
    rendered = _rendered(outputs)
    bundle: dict[str, object] = {**outputs._bundle}
    for mime, value in rendered:
        bundle.setdefault(mime, _json(value))
    if not _is_rich(bundle) and not all(image_of(value) for value in outputs.values()):
        bundle["text/html"] = html_of(outputs)
    bundle.update(_images(outputs, bundle))
    bundle.setdefault("text/plain", text_of(outputs))
    return bundle


def pieces_of(outputs: Outputs) -> Iterator[dict[str, object]]:
    """The bundles to show one below the other: values, then what is drawn, each by itself.

    Images are drawn only where nothing richer is; beside a chart or a runtime's preview they
    are its fallback for other viewers.
    """
    outputs = _drawn(outputs)
    plain = {
        name: value
        for name, value in outputs.items()
        if not mime_of(value) and not image_of(value) and not _is_shown(value, outputs._bundle)
    }
    if plain:
        values = Outputs(outputs._skill, plain, outputs._units)
        yield {"text/html": html_of(values), "text/plain": _own_text(outputs) or text_of(values)}
    images = _images(outputs, {})
    if _is_rich(outputs._bundle):
        yield {"text/plain": text_of(outputs), **images, **outputs._bundle}
        images = {}
    rendered = _rendered(outputs)
    for number, (mime, value) in enumerate(rendered):
        bundle = {mime: _json(value), "text/plain": _said(value, "")}
        yield {**bundle, **images} if number == 0 else bundle
    if rendered or _is_rich(outputs._bundle):
        return
    for value in outputs.values():
        image = image_of(value)
        if image:
            yield {image[0]: _image_data(image), "text/plain": _said(value, "")}


def _is_shown(value: object, bundle: Mapping[str, object]) -> bool:
    """Whether the circuit's preview shows the value: the circuit itself and its log."""
    circuit = bundle.get(_CIRCUIT)
    if not isinstance(circuit, Mapping) or not value:
        return False
    if isinstance(value, str):
        return value == circuit.get("log")
    return isinstance(value, Mapping) and value.get("netlist") == circuit.get("netlist")


def _own_text(outputs: Outputs) -> object:
    """The text that a runtime gave without anything richer."""
    return None if _is_rich(outputs._bundle) else outputs._bundle.get("text/plain")


def _rendered(outputs: Outputs) -> list[tuple[str, object]]:
    pairs = ((mime_of(value), value) for value in outputs.values())
    return [
        (mime, _without_editor(value) if mime == VEGA_LITE else value) for mime, value in pairs if mime
    ]


def _without_editor(spec: Mapping[str, object]) -> dict[str, object]:
    """A chart whose menu does not offer to send its data to the online Vega editor."""
    usermeta = spec.get("usermeta")
    usermeta = dict(usermeta) if isinstance(usermeta, Mapping) else {}
    options = usermeta.get("embedOptions")
    options = dict(options) if isinstance(options, Mapping) else {}
    options["actions"] = {"export": True, "source": True, "compiled": False, "editor": False}
    return {**spec, "usermeta": {**usermeta, "embedOptions": options}}


def _is_rich(bundle: Mapping[str, object]) -> bool:
    return any(mime not in ("text/plain", "text/html") for mime in bundle)


def _images(outputs: Outputs, bundle: Mapping[str, object]) -> dict[str, str]:
    """The first image of each kind that the bundle lacks: PNG in base64, SVG as text."""
    found: dict[str, str] = {}
    for value in outputs.values():
        image = image_of(value)
        if image and image[0] not in bundle and image[0] not in found:
            found[image[0]] = _image_data(image)
    return found


def _image_data(image: tuple[str, bytes]) -> str:
    mime, raw = image
    return raw.decode() if mime == "image/svg+xml" else base64.b64encode(raw).decode()


def _json(value: object) -> object:
    """Plain JSON of rendered data: arrays as lists, no NaN."""
    from ._codec import to_json

    return to_json(value)
