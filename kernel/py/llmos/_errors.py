"""What goes wrong with a skill, said so that a person can put it right."""

from __future__ import annotations


class SkillError(Exception):
    """A skill could not be found, called or finished.

    ``details`` (such as ``skill``, ``input``, ``expected``, ``given``) become attributes,
    so that the graph and the tests need not read the message.
    """

    def __init__(self, message: str, **details: object) -> None:
        super().__init__(message)
        self.details = details

    def __getattr__(self, name: str) -> object:
        details = self.__dict__.get("details", {})
        if name in details:
            return details[name]
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    def _render_traceback_(self) -> list[str]:
        """The traceback that IPython shows: the notebook's and the skill's lines only."""
        from ._traceback import render

        return render(self)

    def __reduce__(self) -> tuple:
        return _restore, (type(self), self.args[0], self.details)


class SkillNotFoundError(SkillError, LookupError):
    """No skill of that id (or that version) in any volume."""


class SkillInputError(SkillError, ValueError):
    """A call gave an input that the skill does not take."""


class SkillNotAwaitedError(SkillError, AttributeError, TypeError):
    """A call was used like its outputs, without ``await``."""


class SkillOutputError(SkillError):
    """A skill returned something else than it declares."""


def _restore(kind: type[SkillError], message: str, details: dict) -> SkillError:
    return kind(message, **details)


def close_matches(word: str, known: object, count: int = 3) -> list[str]:
    """The names most like ``word``, best first."""
    from difflib import get_close_matches

    return get_close_matches(word, list(known), n=count, cutoff=0.6)


def did_you_mean(word: str, known: object) -> str:
    """`` Did you mean "x"?`` with a leading space, or nothing."""
    close = close_matches(word, known, 1)
    return f' Did you mean "{close[0]}"?' if close else ""
