"""Questions to a page: what its messages may be."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable

import pytest
from llmos._page import Page, PageSilentError


class Comm:
    """The kernel's end of a comm, which the test answers."""

    def __init__(self) -> None:
        self.sent: asyncio.Queue[dict] = asyncio.Queue()

    def on_close(self, closed: Callable[[dict], None]) -> None:
        self.close = lambda: closed({})

    def send(self, data: dict) -> None:
        self.sent.put_nowait(json.loads(data["text"]))

    def say(self, **data: object) -> None:
        self.handle_msg({"content": {"data": data}})


def opened(page: Page, name: str) -> Comm:
    comm = Comm()
    page.opened(comm, {"content": {"data": {"page": name}}})
    page.expect(name)
    return comm


def ended(talk: Callable[[], Awaitable[object]]) -> object:
    return asyncio.run(asyncio.wait_for(talk(), 60))


def test_a_message_that_cannot_be_read_spoils_no_later_one():
    async def talk() -> object:
        page = Page(can_answer=True)
        comm = opened(page, "p")
        answer = asyncio.create_task(page.ask("call"))
        number = (await comm.sent.get())["id"]
        comm.say(text='{"id": ', more=True)
        with pytest.raises(ValueError):
            comm.say(text="broken")
        comm.say(text=f'{{"type": "reply", "id": {number},', more=True)
        comm.say(text='"value": 7}')
        return await answer

    assert ended(talk) == 7


@pytest.mark.parametrize("is_heard", [False, True])
def test_a_question_ends_when_its_page_is_closed(is_heard):
    async def talk() -> None:
        page = Page(can_answer=True)
        comm = opened(page, "p")
        answer = asyncio.create_task(page.ask("call"))
        number = (await comm.sent.get())["id"]
        if is_heard:
            comm.say(heard=number)
        comm.close()
        with pytest.raises(PageSilentError, match="The page was closed"):
            await answer

    ended(talk)


def test_another_page_answers_what_a_closed_one_did_not():
    async def talk() -> object:
        page = Page(can_answer=True)
        other, comm = opened(page, "other"), opened(page, "p")
        answer = asyncio.create_task(page.ask("call"))
        comm.say(heard=(await comm.sent.get())["id"])
        comm.close()
        number = (await other.sent.get())["id"]
        other.say(text=f'{{"type": "reply", "id": {number}, "value": 8}}')
        return await answer

    assert ended(talk) == 8


def test_a_kernel_that_takes_no_answers_says_what_to_install():
    async def talk() -> None:
        page = Page(can_answer=False)
        opened(page, "p")
        assert "install ipykernel 7 or newer" in page.why_not()
        able = Page(can_answer=True)
        assert "The page was closed" in able.why_not()
        opened(able, "p")
        assert able.why_not() is None

    ended(talk)
