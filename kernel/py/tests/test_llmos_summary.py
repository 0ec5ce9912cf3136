"""Summaries of large outputs: what traces are compared by where the bits differ."""

import math
import warnings

import numpy as np
import pytest
from llmos import _traced
from llmos._summary import summary


def _flat(found):
    return [*(found[name] for name in ("low", "high", "mean", "rms", "moment")), *found["at"]]


def test_a_summary_is_the_same_for_a_list_and_an_array():
    values = [math.sin(x / 7) for x in range(500)]
    one, other = summary(values), summary(np.array(values))
    assert _flat(one) == pytest.approx(_flat(other), rel=1e-8)
    assert one["low"] == pytest.approx(min(values))
    assert one["high"] == pytest.approx(max(values))
    assert one["mean"] == pytest.approx(np.mean(values))
    assert one["rms"] == pytest.approx(np.mean(np.square(values)) ** 0.5)
    assert one["moment"] == pytest.approx(np.mean(values * np.linspace(0, 1, 500)))
    assert (len(one["at"]), one["at"][0]) == (8, values[0])
    assert one["at"][-1] == pytest.approx(values[-1])


def test_a_summary_stays_where_last_digits_change_and_tells_results_apart():
    values = np.linspace(0, 1, 1000) ** 2
    near = summary(np.nextafter(values, 2))
    assert _flat(near) == pytest.approx(_flat(summary(values)), rel=1e-8)
    assert summary(values[::-1]) != summary(values)
    assert summary(values.reshape(10, 100)) == summary(values)
    assert summary(values.reshape(10, 100).T)["at"] != summary(values)["at"]
    assert summary(values.astype("f4"))["mean"] == pytest.approx(summary(values)["mean"], 1e-6)
    assert summary([3.0])["at"] == [3] * 8
    assert summary([1, 2.5, 3]) == summary(np.array([1, 2.5, 3]))


def test_another_order_is_another_result():
    values = np.linspace(0, 1, 1000)
    free = np.setdiff1d(np.arange(1000), [999 * place // 7 for place in range(8)])
    other = values.copy()
    other[free] = values[np.random.default_rng(1).permutation(free)]
    one, found = summary(values), summary(other)
    assert found["at"] == one["at"]
    assert found["mean"] == pytest.approx(one["mean"])
    assert found["moment"] != pytest.approx(one["moment"], rel=1e-3)


def test_what_are_no_finite_real_numbers_has_none_and_nothing_is_warned_of():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for odd in (math.nan, math.inf, -math.inf, 1e300):
            for place in (0, 250, 499):
                values = [1.0] * 500
                values[place] = odd
                assert summary(values) is None
                assert summary(np.array(values)) is None
        for other in ([], ["a"], [1, None], [True], [[1, 2]], [10**400], {"a": 1}, "text"):
            assert summary(other) is None
        assert summary([1, 2, 3]) is None
        assert summary(np.arange(5)) is None
        assert summary(np.ma.array([0.5, 1.5], mask=[True, False])) is None
        assert summary(np.array([1j, complex(0, math.nan)])) is None
        assert summary([1j, complex(math.inf, 0)]) is None
        assert summary(np.array(["a"])) is None


def test_complex_numbers_count_by_their_parts():
    values = np.exp(1j * np.linspace(0, 3, 500))
    one, other = summary(values), summary(values.tolist())
    assert _flat(one) == pytest.approx(_flat(other), rel=1e-8)
    assert one["low"] == pytest.approx(min(values.real.min(), values.imag.min()))
    assert one["high"] == pytest.approx(1)
    assert one["rms"] == pytest.approx(0.5**0.5)
    assert (one["at"][0], one["at"][-1]) == (1, pytest.approx(values[-1].imag))
    assert summary(values.conj()) != one
    assert summary(values.imag + 1j * values.real) != one
    assert summary(values.reshape(5, 100).T.copy().T) == one
    assert summary(values.astype("c8"))["mean"] == pytest.approx(one["mean"], 1e-6)
    assert summary([1j, 2, 0.5]) == summary(np.array([1j, 2, 0.5]))
    near = summary(values * (1 + 1e-12))
    assert _flat(near) == pytest.approx(_flat(one), rel=1e-8, abs=1e-9)


def test_arrays_within_an_object_are_numbers_too():
    wave = {"v(out)": np.exp(1j * np.linspace(0, 3, 500)), "frequency": np.linspace(1, 9, 500)}
    one = summary(wave)
    near = summary({name: value * (1 + 1e-13) for name, value in wave.items()})
    assert near["rest"] == one["rest"]
    assert _flat(near) == pytest.approx(_flat(one), rel=1e-8, abs=1e-9)
    assert summary({**wave, "v(out)": wave["v(out)"].conj()})["rms"] == pytest.approx(one["rms"])
    assert summary({**wave, "v(out)": wave["v(out)"].conj()}) != one
    assert summary({**wave, "frequency": wave["frequency"].reshape(5, 100)})["rest"] != one["rest"]
    assert summary({**wave, "points": np.arange(3)})["rest"] != one["rest"]
    assert summary({"z": 1j, "x": 0.5})["at"][0] == 0.5


@pytest.mark.filterwarnings("ignore:the matrix subclass")
def test_a_matrix_has_none():
    assert summary(np.matrix([[0.5, 1.5]])) is None


def test_outputs_that_are_too_large_to_be_kept_have_one():
    ports = {}
    large = np.linspace(0, 1, 1000)
    kept = _traced.traced_outputs({"small": [1.0, 2.0], "large": large, "text": "x" * 2000}, ports)
    assert "summary" not in kept["small"]
    assert kept["large"]["summary"] == summary(large)
    assert kept["large"]["hash"].startswith("sha256:")
    assert "summary" not in kept["text"]
    # Inputs are not computed again, so that theirs would be of no use.
    assert "summary" not in _traced.traced({"large": large}, ports)["large"]


def test_numbers_within_an_object_are_summarised_and_all_else_is_hashed():
    def chart(step: float, mark: str = "line", count: int = 100) -> dict:
        rows = [{"x": x, "y": math.sin(x / 7) + step} for x in range(count)]
        return {"mark": mark, "data": {"values": rows}, "width": 300}

    one = summary(chart(0))
    assert one["rest"].startswith("sha256:")
    assert one["low"] == pytest.approx(min(math.sin(x / 7) for x in range(100)))
    near = summary(chart(1e-15))
    assert near["rest"] == one["rest"]
    assert _flat(near) == pytest.approx(_flat(one), rel=1e-8)
    assert summary(chart(0.1))["mean"] != pytest.approx(one["mean"], rel=1e-3)
    assert summary(chart(0, mark="bar"))["rest"] != one["rest"]
    assert summary({**chart(0), "width": 301})["rest"] != one["rest"]
    assert summary([[1.5, None]])["rest"] != summary([[None, 1.5]])["rest"]
    # The order of names says nothing.
    assert summary({"b": 1.5, "a": 2.5}) == summary({"a": 2.5, "b": 1.5})


@pytest.mark.parametrize(
    "value", [{}, {"a": 1}, ["a", 1], {"a": math.nan}, {1: 1.5, "a": 2.5}, {"a": object(), "b": 1.5}]
)
def test_objects_without_finite_numbers_or_a_canonical_form_have_none(value):
    assert summary(value) is None
