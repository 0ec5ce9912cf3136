"""What the assistant is told of variables: short, quick, and nothing of a value is run."""

import json
import time

import numpy as np
import pytest
from llmos._glance import glance, look
from llmos._outputs import Outputs


class Hostile(type):
    """A metaclass that says anything of its classes."""

    def __getattribute__(cls, name):
        raise AssertionError(f"the class was asked for {name}")


class Trap(metaclass=Hostile):
    """An object that must not be touched."""

    def __getattribute__(self, name):
        raise AssertionError(f"the object was asked for {name}")

    def __repr__(self):
        raise AssertionError("repr was called")

    __str__ = __len__ = __iter__ = __format__ = __eq__ = __bool__ = __repr__


class Loud(list):
    """A list of somebody else's class."""

    def __iter__(self):
        raise AssertionError("it was gone through")

    __len__ = __iter__


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        (3, {"type": "int", "preview": "3"}),
        (True, {"type": "bool", "preview": "True"}),
        (None, {"type": "NoneType", "preview": "None"}),
        (0.1 + 0.2, {"type": "float", "preview": "0.3"}),
        (float("nan"), {"type": "float", "preview": "nan"}),
        ("abc", {"type": "str", "shape": [3], "preview": "'abc'"}),
        ([1, "b", [2], 4], {"type": "list", "shape": [4], "preview": "1, 'b', list, …"}),
        ({"a": 1, "b": 2}, {"type": "dict", "shape": [2], "preview": "'a', 'b'"}),
        (range(10**9), {"type": "range", "shape": [10**9], "preview": "0, 1, 2, …"}),
        (2**500, {"type": "int", "preview": "an integer of 501 bits"}),
        (np.zeros((3, 4)), {"type": "ndarray float64", "shape": [3, 4], "preview": "0, 0, 0, …"}),
        (np.float64(1.5), {"type": "float64", "preview": "1.5"}),
        (np.array([], "i4"), {"type": "ndarray int32", "shape": [0], "preview": ""}),
        (len, None),
        (np, None),
    ],
)
def test_a_value_in_a_few_words(value, seen):
    assert look(value) == seen


def test_nothing_of_a_strange_value_is_run():
    # pytest itself would look at such values, so they are not parameters.
    assert look(Trap()) == {"type": "Trap"}
    assert look([Trap()]) == {"type": "list", "shape": [1], "preview": "Trap"}
    assert look({"a": Trap()}) == {"type": "dict", "shape": [1], "preview": "'a'"}
    assert look(Loud([1])) == {"type": "Loud"}
    assert look(Trap) is None
    held = np.empty(1, object)
    held[0] = Trap()
    assert look(held) == {"type": "ndarray object", "shape": [1]}


def test_outputs_tell_their_members():
    outputs = Outputs("quantum-vqe", {"eigenvalue": -1.1373, "trace": [1.0] * 50, "inner": Trap()})
    assert glance(["vqe", "gone"], {"vqe": outputs}) == {
        "vqe": {
            "type": "outputs",
            "members": {
                "eigenvalue": {"type": "float", "preview": "-1.1373"},
                "trace": {"type": "list", "shape": [50], "preview": "1, 1, 1, …"},
                "inner": {"type": "Trap"},
            },
        }
    }


def test_frames_tell_their_columns():
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"a": [1, 2], "b": [3, 4]})
    seen = glance(["frame", "column"], {"frame": frame, "column": frame["a"]})
    assert seen["frame"] == {"type": "DataFrame", "shape": [2, 2], "preview": "'a', 'b'"}
    assert seen["column"] == {"type": "Series int64", "shape": [2]}


def test_the_answer_is_small_and_quick_whatever_there_is():
    within = []
    within.append(within)
    big = {f"n{at}": list(range(10**5)) for at in range(200)}
    space = {**big, "loop": within, "text": "x" * 10**7, "huge": 1 << 10**7}
    start = time.perf_counter()
    seen = glance(["loop", "text", "huge", *big], space)
    assert time.perf_counter() - start < 1
    assert len(seen) <= 40
    assert len(json.dumps(seen)) < 10_000
    assert seen["loop"] == {"type": "list", "shape": [1], "preview": "list"}
