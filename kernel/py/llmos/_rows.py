"""Rows of values as a table: what a sweep gives, one row a point."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

_SHOWN_ROWS = 1000


class Table:
    """Rows by column, shown as HTML and as text; a value that a row lacks stays empty."""

    def __init__(
        self, rows: Sequence[Mapping[str, object]], units: Mapping[str, str] | None = None
    ) -> None:
        """``units``: of columns, for the heads."""
        self._rows, self._units = rows, units or {}
        self._columns = list(dict.fromkeys(name for row in rows for name in row))

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict:
        heads = [
            f"{name} [{self._units[name]}]" if self._units.get(name) else name
            for name in self._columns
        ]
        shown = [
            [_said(row[name]) if name in row else "" for name in self._columns]
            for row in self._rows[:_SHOWN_ROWS]
        ]
        more = len(self._rows) - len(shown)
        widths = [max(map(len, column)) for column in zip(heads, *shown, strict=True)]
        text = "\n".join(
            "  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
            for line in (heads, *shown)
        )
        body = "".join(f"<tr>{_html('td', line)}</tr>" for line in shown)
        html = (
            "<table class='llmos-Outputs'><thead><tr>"
            f"{_html('th', heads)}</tr></thead><tbody>{body}</tbody></table>"
        )
        if more > 0:
            note = f"{more:,} more rows are not shown."
            text, html = f"{text}\n{note}", f"{html}<p>{note}</p>"
        return {"text/html": html, "text/plain": text}

    def __repr__(self) -> str:
        return self._repr_mimebundle_()["text/plain"]


def _said(value: object) -> str:
    """Ten digits: what a table is read for; the rows have all of them."""
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def _html(tag: str, texts: Iterable[str]) -> str:
    return "".join(f"<{tag}>{escape(text)}</{tag}>" for text in texts)
