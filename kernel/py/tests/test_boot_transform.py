"""The site's kernel turns a cell into Python once, and as IPython does."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

pytest.importorskip("IPython")

BOOT = Path(__file__).parents[2] / "lite" / "py" / "llmos_boot" / "_transform.py"


@pytest.fixture
def shell() -> Iterator[object]:
    from IPython.core.interactiveshell import InteractiveShell

    spec = spec_from_file_location("boot_transform", BOOT)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance()
    shell.seen = []
    shell.input_transformers_cleanup.append(lambda lines: shell.seen.append(lines) or lines)
    module.install(shell)
    yield shell
    InteractiveShell.clear_instance()


def test_a_cell_is_transformed_once(shell):
    shell.transform_cell("x = 1")
    shell.should_run_async("x = 1", transformed_cell=shell.transform_cell("x = 1"))
    shell.run_cell("x = 1", store_history=True)
    assert shell.seen == [["x = 1\n"]]
    assert shell.user_ns["x"] == 1


def test_the_same_cell_is_transformed_anew_after_another_has_run(shell):
    shell.run_cell("%alias_magic -l t time", store_history=True)
    shell.run_cell("sum([1])", store_history=True)
    shell.run_cell("sum([1])", store_history=True)
    assert len([lines for lines in shell.seen if lines == ["sum([1])\n"]]) == 2


def test_what_a_transformation_adds_counts_at_once(shell):
    assert shell.transform_cell("a\n") == "a\n"
    shell.input_transformers_cleanup.append(lambda lines: ["b\n" for _ in lines])
    assert shell.transform_cell("a\n") == "b\n"


def test_a_cell_that_cannot_be_transformed_raises_each_time(shell):
    def refuse(lines: list[str]) -> list[str]:
        raise SyntaxError("no")

    shell.input_transformers_cleanup.append(refuse)
    for _ in range(2):
        with pytest.raises(SyntaxError):
            shell.transform_cell("x")
