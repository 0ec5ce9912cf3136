"""Questions to a page: what its messages may be."""

from __future__ import annotations

import asyncio
import json

import pytest
from llmos._page import Page


class Comm:
    """The kernel's end of a comm, which the test answers."""

    def __init__(self) -> None:
        self.sent: asyncio.Queue[dict] = asyncio.Queue()

    def on_close(self, _closed: object) -> None:
        pass

    def send(self, data: dict) -> None:
        self.sent.put_nowait(json.loads(data["text"]))

    def say(self, **data: object) -> None:
        self.handle_msg({"content": {"data": data}})


def test_a_message_that_cannot_be_read_spoils_no_later_one():
    async def talk() -> object:
        page, comm = Page(can_answer=True), Comm()
        page.opened(comm, {"content": {"data": {"page": "p"}}})
        page.expect("p")
        answer = asyncio.create_task(page.ask("call"))
        number = (await comm.sent.get())["id"]
        comm.say(text='{"id": ', more=True)
        with pytest.raises(ValueError):
            comm.say(text="broken")
        comm.say(text=f'{{"type": "reply", "id": {number},', more=True)
        comm.say(text='"value": 7}')
        return await answer

    assert asyncio.run(asyncio.wait_for(talk(), 60)) == 7
