"""What a run says, which does nothing to a terminal: names and errors come from anybody."""

from __future__ import annotations

import re
import sys

# Control characters, those that turn the direction of text, and line ends that look like none;
# plain line ends and tabs apart. `skills/cli/tame.ts` has the same.
_UNTAMED = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]"
)


def say(text: str) -> None:
    """Prints what people asked for."""
    print(tame(text))


def warn(text: str) -> None:
    """Prints a remark to standard error."""
    print(tame(f"llmos: {text}"), file=sys.stderr)


def tame(text: str) -> str:
    """The text with what would act written out, as ``\\x1b``."""
    return _UNTAMED.sub(lambda found: _written_out(ord(found[0])), text.replace("\r\n", "\n"))


def _written_out(code: int) -> str:
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
