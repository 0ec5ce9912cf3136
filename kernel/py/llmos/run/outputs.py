"""Gathers what cells show, in the form that notebooks keep."""

from __future__ import annotations

import base64
import io
import os

from .._codec import to_json


def show_figures_inline() -> None:
    """The figures of matplotlib come as in a notebook, unless the person says otherwise."""
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")


class Collector:
    """Takes what is shown to the cell that runs; without one, nothing is kept."""

    def __init__(self) -> None:
        self._outputs: list[dict] | None = None
        self._clears = False
        self._shown: dict[str, list[dict]] = {}

    def begin(self, outputs: list[dict]) -> None:
        """What is shown from now on goes into this list."""
        self._outputs, self._clears = outputs, False

    def end(self) -> None:
        """What is shown between cells is nobody's."""
        self._outputs = None

    def stream(self, name: str, text: str) -> None:
        """Text of ``stdout`` or ``stderr``; what follows itself is one output."""
        if not text or self._outputs is None:
            return
        self._clear_if_due()
        last = self._outputs[-1] if self._outputs else None
        if last and last["output_type"] == "stream" and last["name"] == name:
            last["text"] += text
        else:
            self._outputs.append({"output_type": "stream", "name": name, "text": text})

    def display(self, data: dict, metadata: dict | None, transient: dict, update: bool) -> None:
        """A MIME bundle; with ``update`` it replaces those of the same display id."""
        display_id = (transient or {}).get("display_id")
        bundle, about = as_json(data), to_json(metadata or {})
        if update:
            for output in self._shown.get(display_id, ()):
                output.update(data=bundle, metadata=about)
            return
        output = {"output_type": "display_data", "data": bundle, "metadata": about}
        self._add(output)
        if display_id is not None:
            self._shown.setdefault(display_id, []).append(output)

    def result(self, data: dict, metadata: dict | None, count: int) -> None:
        """The value of a cell's last expression."""
        kind = {"output_type": "execute_result", "execution_count": count}
        self._add({**kind, "data": as_json(data), "metadata": to_json(metadata or {})})

    def error(self, name: str, value: str, traceback: list[str]) -> None:
        """What a cell raised."""
        shown = {"ename": name, "evalue": value, "traceback": traceback}
        self._add({"output_type": "error", **shown})

    def clear(self, wait: bool) -> None:
        """Takes the cell's outputs away, with ``wait`` as soon as another comes."""
        if wait:
            self._clears = True
        elif self._outputs is not None:
            self._outputs.clear()

    def _add(self, output: dict) -> None:
        if self._outputs is not None:
            self._clear_if_due()
            self._outputs.append(output)

    def _clear_if_due(self) -> None:
        if self._clears and self._outputs is not None:
            self._outputs.clear()
        self._clears = False


def as_json(data: dict) -> dict:
    """A MIME bundle as JSON: images in base64, numbers that JSON lacks as null."""
    found = {}
    for mime, value in data.items():
        if isinstance(value, (bytes, bytearray)):
            found[mime] = base64.b64encode(value).decode("ascii")
        else:
            found[mime] = value if isinstance(value, str) else to_json(value)
    return found


class Stream(io.TextIOBase):
    """``sys.stdout`` or ``sys.stderr`` of the cells."""

    encoding = "utf-8"
    errors = "strict"

    def __init__(self, name: str, collector: Collector) -> None:
        self.name = name
        self._collector = collector

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._collector.stream(self.name, text)
        return len(text)
