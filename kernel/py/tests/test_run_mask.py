"""Secrets are taken out of traces by the rules of the site."""

from __future__ import annotations

import re
from pathlib import Path

from llmos.run import mask

SOURCE = (Path(__file__).parents[3] / "skills/src/session/mask.ts").read_text("utf8")


def words(name: str) -> set[str]:
    block = SOURCE.split(f"const {name}")[1].split("]);")[0]
    return set(re.findall(r"'([^']+)'", block))


def test_words_and_shapes_are_those_of_the_site():
    assert words("SECRET_WORDS") == mask.SECRET_WORDS
    assert words("SECRET_PAIRS") == mask.SECRET_PAIRS
    shapes = re.findall(r"kind: '([a-z-]+)',\s+shape:\s+/(.+?)/(gi?)\b", SOURCE)
    assert [kind for kind, _, _ in shapes] == [kind for kind, _ in mask.TOKEN_SHAPES]
    for (kind, shape, flags), (_, ours) in zip(shapes, mask.TOKEN_SHAPES, strict=True):
        assert ("i" in flags) == bool(ours.flags & re.I), kind
        if kind not in ("private-key", "address-password"):  # Python writes these otherwise
            assert shape == ours.pattern, kind


def test_tokens_and_values_of_secret_names_go():
    assert mask.mask_text("use ghp_" + "a" * 30 + " now") == "use [masked] now"
    assert mask.mask_text("https://me:pass@host/x") == "https://me:[masked]@host/x"
    key = "-----BEGIN RSA PRIVATE KEY-----\nabc"
    assert mask.mask_text(f"a {key}") == "a [masked]"
    values = {
        "api_key": {"type": "string", "value": "x"},
        "max_tokens": {"type": "integer", "value": 5},
        "options": {"type": "object", "value": {"githubToken": "y", "n": [1, "sk-" + "b" * 20]}},
        "data": {"type": "array", "hash": "sha256:0", "length": 9},
        "token": {"type": "array", "hash": "sha256:0", "summary": {"low": 1}},
    }
    assert mask.mask_values(values) == {
        "api_key": {"type": "string", "masked": True},
        "max_tokens": {"type": "integer", "value": 5},
        "options": {"type": "object", "value": {"githubToken": "[masked]", "n": [1, "[masked]"]}},
        "data": {"type": "array", "hash": "sha256:0", "length": 9},
        "token": {"type": "array", "masked": True},
    }
