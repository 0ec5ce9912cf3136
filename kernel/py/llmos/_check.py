"""Inputs are checked before a skill runs, outputs after; messages name what is wrong."""

from __future__ import annotations

import math
from collections.abc import Mapping

from ._errors import SkillInputError, SkillOutputError, did_you_mean
from ._index import Entry, Port
from ._types import EXPECTED, describe, fits, is_array, is_series, plain


def check_inputs(entry: Entry, args: tuple, given: Mapping[str, object]) -> dict:
    """The inputs of a call, complete with defaults and in declared order.

    ``None`` for an optional input without default means that it is not given; such inputs
    are left out. Raises ``SkillInputError`` at the first fault.
    """
    ports = entry.inputs
    if args:
        given = _with_positions(entry, args, given)
    for name in given:
        if name not in ports:
            raise _unknown_input(entry, name)
    result = {}
    for name, port in ports.items():
        if name not in given:
            if port.has_default:
                result[name] = _fresh(port.default)
            elif port.required:
                raise _missing_input(entry, port)
            continue
        value = given[name]
        if type(value).__name__ == "SkillCall":
            value = value._resolved()
        value = plain(value)
        optional = not port.required and not port.has_default
        if value is None and optional and port.type != "any":
            continue
        _check_value(entry, port, value)
        result[name] = value
    return result


def _with_positions(entry: Entry, args: tuple, given: Mapping[str, object]) -> dict:
    names = list(entry.inputs)
    if len(args) > len(names):
        takes = f"{len(names)} input{'' if len(names) == 1 else 's'}"
        raise SkillInputError(
            f'Skill "{entry.id}" takes {takes} ({", ".join(names) or "none"}); '
            f"{len(args)} were given by position.",
            skill=entry.id,
            input=None,
            expected=len(names),
            given=len(args),
        )
    result = dict(zip(names, args, strict=False))
    for name, value in given.items():
        if name in result:
            raise SkillInputError(
                f'Skill "{entry.id}": input "{name}" is given twice, by position and by '
                "name. Keep one of them.",
                skill=entry.id,
                input=name,
                expected="one value",
                given="two values",
            )
        result[name] = value
    return result


def _fresh(default: object) -> object:
    """A copy of a JSON default, so that a skill cannot change it for the next call."""
    if isinstance(default, dict):
        return {key: _fresh(value) for key, value in default.items()}
    if isinstance(default, list):
        return [_fresh(value) for value in default]
    return default


def _unknown_input(entry: Entry, name: str) -> SkillInputError:
    known = ", ".join(entry.inputs) or "none"
    return SkillInputError(
        f'Skill "{entry.id}" has no input "{name}".{did_you_mean(name, entry.inputs)} '
        f"Its inputs: {known}.",
        skill=entry.id,
        input=name,
        expected=list(entry.inputs),
        given=name,
    )


def _missing_input(entry: Entry, port: Port) -> SkillInputError:
    expected = expectation(port)
    about = f" ({port.description})" if port.description else ""
    return SkillInputError(
        f'Skill "{entry.id}" needs the input "{port.name}"{about}: expected {expected}, '
        "given nothing.",
        skill=entry.id,
        input=port.name,
        expected=expected,
        given=None,
    )


def expectation(port: Port) -> str:
    """What a port takes, in words: type, limits, choices, unit."""
    text = EXPECTED.get(port.type, port.type)
    if port.minimum is not None and port.maximum is not None:
        text += f" from {port.minimum} to {port.maximum}"
    elif port.minimum is not None:
        text += f" of at least {port.minimum}"
    elif port.maximum is not None:
        text += f" of at most {port.maximum}"
    if port.unit:
        text += f" in {port.unit}"
    if port.enum:
        text += ", one of " + ", ".join(repr(choice) for choice in port.enum)
    return text


def _check_value(entry: Entry, port: Port, value: object) -> None:
    hint = ""
    if not fits(port.type, value):
        hint = _type_hint(port, value)
    elif port.enum and not _in_enum(port.enum, value):
        if isinstance(value, str):
            hint = did_you_mean(value, [str(choice) for choice in port.enum])
    elif _within(port, value):
        return
    expected = expectation(port)
    raise SkillInputError(
        f'Skill "{entry.id}", input "{port.name}": expected {expected}, '
        f"given {describe(value)}.{hint}",
        skill=entry.id,
        input=port.name,
        expected=expected,
        given=value,
    )


def _type_hint(port: Port, value: object) -> str:
    """What to write instead, where that is clear."""
    if port.type == "integer" and isinstance(value, float) and value.is_integer():
        return f" Write {int(value)}."
    if port.type == "integer" and isinstance(value, float):
        return " Write int(…) or round(…) around it."
    if port.type in ("number", "integer") and isinstance(value, str):
        try:
            float(value)
        except ValueError:
            return ""
        return " Write it without quotes."
    if port.type == "boolean" and type(value) is int and value in (0, 1):
        return f" Write {bool(value)}."
    if port.type == "string" and isinstance(value, (int, float)):
        return " Put it in quotes."
    if hasattr(type(value), "__await__"):
        return " Write `await` before the call that makes it."
    return ""


def _in_enum(choices: object, value: object) -> bool:
    return any(value == c and isinstance(value, bool) == isinstance(c, bool) for c in choices)


def _within(port: Port, value: object) -> bool:
    if port.minimum is None and port.maximum is None:
        return True
    if port.type == "array<number>":
        array = value.to_numpy() if is_series(value) else value
        if len(array) == 0:
            return True
        low, high = (array.min(), array.max()) if is_array(array) else (min(array), max(array))
        return _between(port, low) and _between(port, high)
    if isinstance(value, (int, float)):
        return _between(port, value)
    return True


def _between(port: Port, value: float) -> bool:
    if isinstance(value, float) and math.isnan(value):
        return False
    if port.minimum is not None and value < port.minimum:
        return False
    return port.maximum is None or not value > port.maximum


def check_outputs(entry: Entry, result: object) -> dict:
    """What a skill returned as a dict in declared order.

    A skill that declares no outputs may return any names, or nothing. Raises
    ``SkillOutputError`` that names what is missing, extra or of a wrong type.
    """
    ports = entry.outputs
    result = plain(result)
    if result is None and not ports:
        return {}
    if not isinstance(result, Mapping):
        raise _not_a_mapping(entry, result)
    if not ports:
        return {str(name): plain(value) for name, value in result.items()}
    missing = [name for name in ports if name not in result]
    extra = [str(name) for name in result if name not in ports]
    if missing or extra:
        raise _wrong_names(entry, missing, extra)
    values = {}
    for name, port in ports.items():
        value = values[name] = plain(result[name])
        if not fits(port.type, value):
            expected = EXPECTED.get(port.type, port.type)
            raise SkillOutputError(
                f'Skill "{entry.id}", output "{name}": declared as {expected}, '
                f"returned {describe(value)}. Change the code or the declared type in "
                f"{entry.path}.",
                skill=entry.id,
                output=name,
                expected=expected,
                given=value,
            )
    return values


def _not_a_mapping(entry: Entry, result: object) -> SkillOutputError:
    names = ", ".join(f'"{name}": …' for name in entry.outputs)
    return SkillOutputError(
        f'Skill "{entry.id}" returned {describe(result)}; expected a dictionary with its '
        f"outputs: return {{{names}}}.",
        skill=entry.id,
        output=None,
        expected=list(entry.outputs),
        given=result,
    )


def _wrong_names(entry: Entry, missing: list[str], extra: list[str]) -> SkillOutputError:
    said = []
    if missing:
        said.append("did not return " + ", ".join(f'"{name}"' for name in missing))
    if extra:
        said.append("returned " + ", ".join(f'"{n}"' for n in extra) + ", not declared")
    return SkillOutputError(
        f'Skill "{entry.id}" {" and ".join(said)}. Declared outputs: '
        f"{', '.join(entry.outputs)} ({entry.path}).",
        skill=entry.id,
        output=(missing or extra)[0],
        expected=list(entry.outputs),
        given={"missing": missing, "extra": extra},
    )
