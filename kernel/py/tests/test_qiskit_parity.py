"""The subset against real Qiskit: the same source text executed on both."""

from __future__ import annotations

import numpy as np
import pytest
from qiskit_cases import random_source, results
from qiskit_features import FEATURES, feature

pytestmark = pytest.mark.oracle
pytest.importorskip("qiskit")


@pytest.mark.parametrize("seed", range(240))
def test_random_circuits_give_the_same_state_and_expectation_value(seed: int) -> None:
    source = random_source(seed)
    mine, theirs = results(source, "qiskit_lite"), results(source, "qiskit")
    a = np.array(mine["re"]) + 1j * np.array(mine["im"])
    b = np.array(theirs["re"]) + 1j * np.array(theirs["im"])
    assert np.abs(a - b).max() < 1e-10, source
    assert abs(complex(*mine["value"]) - complex(*theirs["value"])) < 1e-9, source
    assert abs(mine["evs"] - theirs["evs"]) < 1e-9, source


@pytest.mark.parametrize("name", sorted(FEATURES))
def test_feature_gives_the_same_answer(name: str) -> None:
    mine, theirs = feature(name, "qiskit_lite"), feature(name, "qiskit")
    assert mine == theirs
