"""What a skill call gives back: its outputs by attribute and by key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping


class Outputs(Mapping):
    """The outputs of one skill call, an immutable mapping.

    ``result.eigenvalue`` and ``result["eigenvalue"]`` are the same value. An output that is
    named like a method of mappings (``items``, ``keys``, ``values``, ``get``) is reached by
    key only.
    """

    __slots__ = ("_bundle", "_skill", "_units", "_values")

    def __init__(
        self,
        skill: str,
        values: Mapping[str, object],
        units: Mapping[str, str] | None = None,
        bundle: Mapping[str, object] | None = None,
    ) -> None:
        """``bundle``: the preview that a runtime made, by MIME type."""
        set_ = object.__setattr__
        set_(self, "_skill", skill)
        set_(self, "_values", dict(values))
        set_(self, "_units", dict(units or {}))
        set_(self, "_bundle", dict(bundle or {}))

    def __getitem__(self, name: str) -> object:
        try:
            return self._values[name]
        except KeyError:
            raise KeyError(self._no_output(name)) from None

    def __getattr__(self, name: str) -> object:
        values = object.__getattribute__(self, "_values")
        if name in values:
            return values[name]
        if name.startswith("_"):
            raise AttributeError(name)
        raise AttributeError(self._no_output(name))

    def _no_output(self, name: object) -> str:
        from ._errors import did_you_mean

        hint = did_you_mean(str(name), self._values)
        known = ", ".join(self._values) or "none"
        return f'Skill "{self._skill}" has no output "{name}".{hint} Its outputs: {known}.'

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(
            f"Outputs of a skill cannot be changed: assign to a variable of your own "
            f'instead of "{name}".'
        )

    def __delattr__(self, name: str) -> None:
        self.__setattr__(name, None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._values]

    def _asdict(self) -> dict[str, object]:
        """The outputs as a new dict."""
        return dict(self._values)

    def _ipython_key_completions_(self) -> list[str]:
        return list(self._values)

    def __copy__(self) -> Outputs:
        return self

    def __deepcopy__(self, memo: dict) -> Outputs:
        from copy import deepcopy

        return Outputs(self._skill, deepcopy(self._values, memo), self._units, self._bundle)

    def __reduce__(self) -> tuple:
        return Outputs, (self._skill, self._values, self._units, self._bundle)

    def __repr__(self) -> str:
        from ._preview import text_of

        return text_of(self)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict:
        from ._preview import bundle_of

        return bundle_of(self)
