"""A kernel of ordinary Jupyter, and a page that this test plays: the real ipykernel."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Empty

import pytest

pytest.importorskip("ipykernel", minversion="7")
manager = pytest.importorskip("jupyter_client.manager")

from llmos.run.wire import decode, encode
from llmos_entries import PACKAGES

WAIT = 60
ECHO = {
    "id": "echo",
    "name": "Echo",
    "type": "javascript",
    "inputs": [{"name": "x", "type": "any"}],
    "outputs": [{"name": "y", "type": "any"}],
    "code": "function execute(inputs) { return { y: inputs.x } }",
    "version": "sha256:1",
    "volume": "user",
    "path": "user:skills/echo.md",
}
DOUBLE = {
    **ECHO,
    "id": "double",
    "type": "python-wasm",
    "code": "def execute(inputs):\n    print('doubled')\n    return {'y': 2 * inputs['x']}\n",
    "path": "user:skills/double.md",
}
ENDLESS = {
    **DOUBLE,
    "id": "endless",
    "code": "import time\n\ndef execute(inputs):\n    print('began')\n    time.sleep(600)\n",
    "path": "user:skills/endless.md",
}
INDEX = json.dumps({"entries": [ECHO, DOUBLE, ENDLESS], "places": ["user:"]})


class Notebook:
    """A kernel as JupyterLab has it: cells, silent requests, a comm over a subshell."""

    def __init__(self, client: object) -> None:
        self.client = client
        self.heard: list[dict] = []
        self.comm = "comm-of-the-page"
        self.subshell: str | None = None

    def send(self, code: str, **options: object) -> str:
        return self.client.execute(code, **options)

    def reply(self, request: str) -> dict:
        """The reply to a request; answers to others are dropped."""
        end = time.monotonic() + WAIT
        while time.monotonic() < end:
            message = self.client.get_shell_msg(timeout=WAIT)
            if message["parent_header"].get("msg_id") == request:
                return message["content"]
        raise AssertionError("no reply")

    def attach(self, page: str = "page") -> dict:
        module = '__import__("llmos._jupyter", fromlist=["attach"])'
        asked = {"llmos": f"{module}.attach({page!r}, {INDEX!r})"}
        request = self.send("", silent=True, user_expressions=asked)
        return self.reply(request)["user_expressions"]["llmos"]

    def open(self, page: str = "page") -> None:
        """A comm of the page, whose messages go to a thread of their own."""
        control = self.client.control_channel
        control.send(self.client.session.msg("create_subshell_request", {}))
        self.subshell = self.client.get_control_msg(timeout=WAIT)["content"]["subshell_id"]
        self._comm("comm_open", target_name="llmos.runtime", data={"page": page})

    def _comm(self, kind: str, **content: object) -> None:
        message = self.client.session.msg(kind, {"comm_id": self.comm, **content})
        message["header"]["subshell_id"] = self.subshell
        self.client.shell_channel.send(message)

    def say(self, message: dict, length: int = 1 << 20) -> None:
        text = encode(message)
        for start in range(0, len(text), length):
            part = {"text": text[start : start + length], "more": start + length < len(text)}
            self._comm("comm_msg", data=part)

    def next(self, kind: str) -> dict:
        """The next message of Python to the page."""
        end = time.monotonic() + WAIT
        while time.monotonic() < end:
            message = self.client.get_iopub_msg(timeout=WAIT)
            if message["msg_type"] != "comm_msg":
                self.heard.append(message)
                continue
            found = decode(message["content"]["data"]["text"])
            if "id" in found and kind != "cancel":
                self._comm("comm_msg", data={"heard": found["id"]})
            if found["type"] == kind:
                return found | {"parent_header": message["parent_header"]}
        raise AssertionError(f"Python said no {kind}")

    def outputs(self, request: str) -> list[dict]:
        """What a cell has put out until it was over."""
        found = [m for m in self.heard if m["parent_header"].get("msg_id") == request]
        while not any(m["content"].get("execution_state") == "idle" for m in found):
            message = self.client.get_iopub_msg(timeout=WAIT)
            if message["parent_header"].get("msg_id") == request:
                found.append(message)
        return found


@pytest.fixture
def notebook(tmp_path: Path) -> Iterator[Notebook]:
    env = {
        **os.environ,
        "PYTHONPATH": str(PACKAGES),
        "LLMOS_CACHE": str(tmp_path / "results"),
        "PATH": "",  # without Node
    }
    env.pop("LLMOS_VOLUMES_PATH", None)
    kernel = manager.KernelManager(kernel_name="python3")
    kernel.kernel_cmd = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    kernel.start_kernel(env=env, cwd=str(tmp_path))
    client = kernel.blocking_client()
    client.start_channels()
    client.wait_for_ready(timeout=WAIT)
    try:
        yield Notebook(client)
    finally:
        client.stop_channels()
        kernel.shutdown_kernel(now=True)


CALL = "from llmos import skill\ny = (await skill('echo', preview=False)(x={})).y\nprint(y)"


def test_a_page_answers_while_the_cell_awaits(notebook):
    assert notebook.attach()["status"] == "ok"
    notebook.open()
    cell = notebook.send(CALL.format("[1, float('inf')]"))
    question = notebook.next("call")
    assert question["request"] == {
        "id": "echo",
        "version": "sha256:1",
        "inputs": {"x": [1, float("inf")]},
        "key": question["request"]["key"],
    }
    # The cell still runs: its answer comes to a kernel that is busy.
    with pytest.raises(Empty):
        notebook.client.get_shell_msg(timeout=0.2)
    outputs = {"y": [1, "π" * 3_000_000]}
    answer = {"outputs": outputs, "bundle": {}, "stdout": "in the page\n"}
    notebook.say({"type": "reply", "id": question["id"], "value": answer})
    assert notebook.reply(cell)["status"] == "ok"
    told = notebook.next("called")
    assert told["parent"] == cell
    assert json.loads(told["record"])["skill"] == "echo"
    printed = "".join(
        m["content"]["text"] for m in notebook.outputs(cell) if m["msg_type"] == "stream"
    )
    assert printed.startswith("in the page\n[1, 'π")


def test_python_runs_here_and_is_told_of(notebook):
    notebook.attach()
    notebook.open()
    call = "from llmos import skill\nr = await skill('double')(x=21)\nr.y"
    for cached in (False, True):
        cell = notebook.send(call)
        told = notebook.next("called")
        assert notebook.reply(cell)["status"] == "ok"
        assert json.loads(told["record"])["cached"] is cached
        said = notebook.outputs(cell)
        assert any(m["content"].get("text") == "doubled\n" for m in said)
        result = next(m for m in said if m["msg_type"] == "execute_result")
        assert result["content"]["data"]["text/plain"] == "42"


def test_stopping_a_cell_tells_the_page(notebook):
    notebook.attach()
    notebook.open()
    cell = notebook.send(CALL.format(1))
    question = notebook.next("call")
    session = notebook.client.session
    notebook.client.control_channel.send(session.msg("interrupt_request", {}))
    assert notebook.next("cancel")["id"] == question["id"]
    assert notebook.reply(cell)["status"] == "error"


@pytest.mark.parametrize(
    "call",
    [
        "await skill('endless')(x=1)",
        # An interrupt must not end the kernel where a task of its own computes.
        "import asyncio\nawait asyncio.gather(skill('endless')(x=1), skill('double')(x=1))",
    ],
)
def test_stop_ends_a_skill_that_computes(notebook, call):
    notebook.attach()
    notebook.open()
    # Requests that come right after an error would be aborted.
    cell = notebook.send("from llmos import skill\n" + call, stop_on_error=False)
    while not any(m["content"].get("text") == "began\n" for m in notebook.heard):
        notebook.heard.append(notebook.client.get_iopub_msg(timeout=WAIT))
    session = notebook.client.session
    notebook.client.control_channel.send(session.msg("interrupt_request", {}))
    assert json.loads(notebook.next("called")["record"])["status"] == "cancelled"
    reply = notebook.reply(cell)
    assert reply["ename"] == "CancelledError"
    # Which call it met, not where in the skill.
    assert "endless.md" not in "".join(reply["traceback"])
    # The kernel and its values are still there.
    assert notebook.reply(notebook.send("await skill('double')(x=2)"))["status"] == "ok"


def test_the_page_that_attached_last_is_asked(notebook):
    notebook.attach("first")
    notebook.open("first")
    notebook.attach("second")
    cell = notebook.send(CALL.format(1))
    notebook.comm = "another-comm"
    notebook.open("second")
    question = notebook.next("call")
    notebook.say({"type": "refusal", "id": question["id"], "message": "No such file."})
    reply = notebook.reply(cell)
    assert (reply["ename"], "No such file." in reply["evalue"]) == ("SkillError", True)


def test_a_closed_page_and_no_node_are_said(notebook):
    notebook.attach()
    notebook.open()
    notebook._comm("comm_close", data={})
    reply = notebook.reply(notebook.send(CALL.format(1)))
    assert reply["ename"] == "SkillError"
    assert "page was closed" in reply["evalue"] and "no program `node`" in reply["evalue"]


def test_a_silent_page_is_given_up_for_another(notebook):
    notebook.attach("first")
    notebook.open("first")
    notebook.attach("second")  # and that window is gone before it opens its comm
    short = "import llmos._page\nllmos._page.PATIENCE = 0.5\n"
    cell = notebook.send(short + CALL.format(1))
    question = notebook.next("call")
    answer = {"outputs": {"y": 2}, "bundle": {}, "stdout": ""}
    notebook.say({"type": "reply", "id": question["id"], "value": answer})
    assert notebook.reply(cell)["status"] == "ok"


def test_a_sweep_is_awaited_by_code(notebook):
    """ipykernel awaits code, but no expressions: as ``askKernel`` of the page sends it."""
    notebook.attach()
    sweep = '__import__("llmos._sweep", fromlist=["advance"])'
    source = "from llmos import skill\na = await skill('double')(x=k)"
    call = {"source": source, "target": "a", "callee": "skill", "axes": {"x": 0}}
    begin = json.dumps({"name": "s", "calls": [call]})
    asked = {"answer": f"{sweep}.begin({begin!r})"}
    notebook.reply(notebook.send("k = 1"))
    request = notebook.send("", silent=True, user_expressions=asked)
    assert notebook.reply(request)["user_expressions"]["answer"]["status"] == "ok"

    def advance(here: int) -> dict:
        points = [{"values": ["3"], "here": here}]
        text = json.dumps({"name": "s", "points": points})
        request = notebook.send(
            f"_llmos_answer = await {sweep}.advance({text!r})",
            silent=True,
            user_expressions={"answer": 'globals().pop("_llmos_answer")'},
        )
        reply = notebook.reply(request)
        assert not any(m["msg_type"] == "stream" for m in notebook.outputs(request))
        [point] = reply["user_expressions"]["answer"]["data"]["application/json"]["points"]
        return point

    assert advance(0)["why"] == "This engine has no workers."
    assert advance(1)["row"] == {"a.y": 6}
    left = notebook.send("", silent=True, user_expressions={"left": '"_llmos_answer" in globals()'})
    found = notebook.reply(left)["user_expressions"]["left"]
    assert found["data"]["text/plain"] == "False"


def test_what_cannot_be_data_is_refused_before_it_is_sent(notebook):
    notebook.attach()
    notebook.open()
    reply = notebook.reply(notebook.send(CALL.format("object()")))
    assert reply["ename"] == "SkillInputError"
