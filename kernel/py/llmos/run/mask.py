"""Takes secrets out of traces, as ``skills/src/session/mask.ts`` does in the site.

A test holds the words and the kinds of tokens of both equal.
"""

from __future__ import annotations

import re

MASK = "[masked]"

#: Words of a name, split at case and punctuation, that make its value a secret.
SECRET_WORDS = frozenset(
    "password passwd passphrase pwd secret secrets token credential credentials "
    "authorization apikey cookie bearer".split()
)
#: Pairs of words that do so together.
SECRET_PAIRS = frozenset(
    f"{word} key" for word in "api access private secret client signing encryption auth".split()
)
#: Kind and shape of tokens.
TOKEN_SHAPES = tuple(
    (kind, re.compile(shape, re.ASCII | flags))
    for kind, shape, flags in (
        ("api-key", r"\bsk-[A-Za-z0-9_-]{16,}", 0),
        ("github-token", r"\bgh[pousr]_[A-Za-z0-9]{20,}", 0),
        ("github-token", r"\bgithub_pat_[A-Za-z0-9_]{20,}", 0),
        ("gitlab-token", r"\bglpat-[A-Za-z0-9_-]{16,}", 0),
        ("slack-token", r"\bxox[abeprs]-[A-Za-z0-9-]{10,}", 0),
        ("aws-key", r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b", 0),
        ("google-key", r"\bAIza[A-Za-z0-9_-]{30,}", 0),
        ("hugging-face-token", r"\bhf_[A-Za-z0-9]{20,}", 0),
        ("npm-token", r"\bnpm_[A-Za-z0-9]{30,}", 0),
        ("pypi-token", r"\bpypi-[A-Za-z0-9_-]{30,}", 0),
        ("stripe-key", r"\b[sr]k_(?:live|test)_[A-Za-z0-9]{16,}", 0),
        ("web-token", r"\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+", 0),
        ("bearer-token", r"\bBearer\s+[A-Za-z0-9._~+/-]{12,}=*", re.I),
        (
            "private-key",
            r"-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)",
            0,
        ),
        # Python looks back by a fixed width only: what stands before is put back.
        ("address-password", r"(\b[a-z][a-z0-9+.-]*://[^\s:/@]+:)[^\s:/@]+(?=@)", re.I),
    )
)


def is_secret_name(name: str) -> bool:
    """Whether a value of this name is secret, such as ``api_key`` or ``githubToken``."""
    split = re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", name).lower()
    words = [word for word in re.split(r"[^a-z0-9]+", split) if word]
    pairs = (f"{a} {b}" for a, b in zip(words, words[1:], strict=False))
    return not SECRET_WORDS.isdisjoint(words) or not SECRET_PAIRS.isdisjoint(pairs)


def mask_text(text: str) -> str:
    """A text without the tokens in it."""
    for kind, shape in TOKEN_SHAPES:
        text = shape.sub(r"\1" + MASK if kind == "address-password" else MASK, text)
    return text


_CONTENT = ("value", "hash", "length", "shape", "summary")


def mask_values(values: dict[str, dict]) -> dict[str, dict]:
    """Traced inputs or outputs without secrets; types stay."""
    return {name: _masked(name, traced) for name, traced in values.items()}


def _masked(name: str, traced: dict) -> dict:
    rest = {k: v for k, v in traced.items() if k not in _CONTENT}
    # Numbers and flags are no secrets: `max_tokens`, `use_token`.
    if is_secret_name(name) and traced["type"] not in ("number", "integer", "boolean"):
        return {**rest, "masked": True}
    if "value" not in traced:
        return traced
    return {**traced, "value": _mask_json(traced["value"])}


def _mask_json(value: object) -> object:
    if isinstance(value, str):
        return mask_text(value)
    if isinstance(value, list):
        return [_mask_json(item) for item in value]
    if isinstance(value, dict):
        return {
            key: MASK if isinstance(item, str) and is_secret_name(key) else _mask_json(item)
            for key, item in value.items()
        }
    return value
