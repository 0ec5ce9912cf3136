"""How a skill looks: help text, signature, one line, HTML card."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from keyword import iskeyword

from ._check import expectation
from ._index import Entry, Port, Ports


def one_line(entry: Entry) -> str:
    """``quantum-vqe(hamiltonian, iterations=100) -> eigenvalue, …``"""
    inputs = ", ".join(_as_argument(port) for port in entry.inputs.values())
    outputs = ", ".join(entry.outputs) or "nothing declared"
    return f"{entry.id}({inputs}) -> {outputs}"


def _as_argument(port: Port) -> str:
    if port.has_default:
        return f"{port.name}={port.default!r}"
    return port.name if port.required else f"{port.name}=None"


def call_text(entry: Entry) -> str:
    """A call to copy: the required inputs left to fill in."""
    needed = ", ".join(f"{port.name}=…" for port in entry.inputs.values() if port.required)
    return f'await skill("{entry.id}")({needed})'


def help_text(entry: Entry) -> str:
    """The docstring of a skill, as ``help()`` shows it."""
    lines = [f"{entry.name} ({entry.id})"]
    if entry.description:
        lines += ["", entry.description]
    lines += ["", f"Call: {call_text(entry)}", "", "Inputs:"]
    lines += [f"    {_described(port)}" for port in entry.inputs.values()] or ["    none"]
    lines += ["", "Outputs:"]
    lines += [f"    {_described(port)}" for port in entry.outputs.values()] or ["    none"]
    lines += ["", f"Runs as {entry.type}, from {entry.path}"]
    if entry.aliases:
        lines.append(f"Also known as {', '.join(entry.aliases)}")
    if entry.shadows:
        lines.append(f"Used instead of {', '.join(entry.shadows)}")
    return "\n".join(lines)


def _described(port: Port) -> str:
    text = f"{port.name}: {expectation(port)}"
    if port.has_default:
        text += f", default {port.default!r}"
    elif port.required:
        text += ", required"
    return f"{text}. {port.description}" if port.description else text


def signature_of(entry: Entry) -> object:
    """An ``inspect.Signature``; names that are no Python names are left out."""
    from inspect import Parameter, Signature

    parameters = [
        Parameter(
            port.name,
            # Keyword-only after the first optional one keeps the declared order valid.
            Parameter.POSITIONAL_OR_KEYWORD if positional else Parameter.KEYWORD_ONLY,
            default=Parameter.empty if port.required else port.default,
            annotation=port.type,
        )
        for port, positional in _positional(entry.inputs.values())
    ]
    return Signature(parameters, return_annotation="Outputs")


def _positional(ports: Iterable[Port]) -> list[tuple[Port, bool]]:
    result, optional_seen, positional = [], False, True
    for port in ports:
        if not port.name.isidentifier() or iskeyword(port.name):
            positional = False  # cannot be named in a signature; those after it by name
            continue
        if optional_seen and port.required:
            positional = False
        optional_seen = optional_seen or not port.required
        result.append((port, positional))
    return result


def ports_table(ports: Ports) -> str:
    """Inputs or outputs as an HTML table."""
    if not ports:
        return "<em>none</em>"
    rows = "".join(
        f"<tr><th style='text-align:left'><code>{escape(port.name)}</code></th>"
        f"<td style='text-align:left'>{escape(expectation(port))}</td>"
        f"<td style='text-align:left'>{_default_html(port)}</td>"
        f"<td style='text-align:left'>{escape(port.description)}</td></tr>"
        for port in ports.values()
    )
    return f"<table class='llmos-Ports'><tbody>{rows}</tbody></table>"


def _default_html(port: Port) -> str:
    if port.has_default:
        return f"= <code>{escape(repr(port.default))}</code>"
    return "required" if port.required else ""


def card(entry: Entry) -> str:
    """A skill as an HTML card, without colours of its own."""
    about = " · ".join(
        escape(part) for part in (entry.category, entry.type, entry.volume or entry.path) if part
    )
    return (
        "<div class='llmos-SkillCard'>"
        f"<strong>{escape(entry.name)}</strong> <code>{escape(entry.id)}</code>"
        f"<div><small>{about}</small></div><p>{escape(entry.description)}</p>"
        f"<div>Inputs</div>{ports_table(entry.inputs)}"
        f"<div>Outputs</div>{ports_table(entry.outputs)}"
        f"<pre>{escape(call_text(entry))}</pre></div>"
    )


def list_table(skills: Iterable) -> str:
    """All skills as an HTML table."""
    rows = "".join(
        f"<tr><td style='text-align:left'><code>{escape(item.id)}</code></td>"
        f"<td style='text-align:left'>{escape(item.description or item.name)}</td>"
        f"<td style='text-align:left'>{escape(item.category)}</td>"
        f"<td style='text-align:left'>{escape(item.type)}</td></tr>"
        for item in skills
    )
    heads = "".join(
        f"<th style='text-align:left'>{head}</th>"
        for head in ("Skill", "Description", "Category", "Type")
    )
    return (
        f"<table class='llmos-SkillList'><thead><tr>{heads}</tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )
