"""Questions of a kernel to the pages that are open on it, by comms, and their answers.

Messages are text in the form of ``run/wire.py``, in parts where they are long. What a page
sends may arrive in a thread of its own, while the cell that asked awaits in the main one.
"""

from __future__ import annotations

import asyncio
import itertools
from threading import Lock

from ._errors import SkillError

#: Seconds until a question must be heard: a page that was closed says nothing.
PATIENCE = 20.0

#: Seconds after which a cell that waits wakes up: only then it hears that it is to stop, since
#: the signal by which kernels are interrupted does not wake asyncio.
_BLINK = 0.2


_CLOSED = "The page was closed: open the notebook in JupyterLab again."


class PageSilentError(Exception):
    """No page answers a question; the message says what a person can do."""


class _Question:
    """One question to one page, and the loop in which it is waited for."""

    def __init__(self, page: str) -> None:
        self.page = page
        self._loop = asyncio.get_running_loop()
        self._heard: asyncio.Future = self._loop.create_future()
        self._answer: asyncio.Future = self._loop.create_future()

    async def is_heard(self, seconds: float) -> bool:
        """Waits until its page has it, for so long at most.

        Raises ``PageSilentError`` where the page is closed meanwhile.
        """
        end = self._loop.time() + seconds
        while not self._heard.done() and self._loop.time() < end:
            await _blink(self._heard, seconds)
        return self._heard.done() and self._heard.result()

    async def answered(self) -> object:
        """What the page answers.

        Raises ``SkillError`` where it refuses, ``PageSilentError`` where it is closed.
        """
        while not self._answer.done():
            await _blink(self._answer)
        return self._answer.result()

    def hear(self) -> None:
        """From any thread: a page has the question."""
        self._soon(self._hear)

    def _hear(self) -> None:
        if not self._heard.done():
            self._heard.set_result(True)

    def settle(self, message: dict) -> None:
        """From any thread: takes the answer."""
        self._soon(self._settle, message)

    def _settle(self, message: dict) -> None:
        self._hear()
        if self._answer.done():
            return
        if message.get("type") == "reply":
            self._answer.set_result(message.get("value"))
        else:
            self._answer.set_exception(SkillError(str(message.get("message"))))

    def leave(self) -> None:
        """From any thread: its page is closed."""
        self._soon(self._leave)

    def _leave(self) -> None:
        for future in (self._heard, self._answer):
            if not future.done():
                future.set_exception(PageSilentError(_CLOSED))
                return

    def _soon(self, function: object, *args: object) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(function, *args)


class Page:
    """The pages of one kernel: the one that attached last is asked."""

    def __init__(self, *, can_answer: bool) -> None:
        """``can_answer``: whether this kernel takes messages while a cell awaits."""
        self.can_answer = can_answer
        #: Comms by their page; one of a page that was closed may still be here.
        self._comms: dict[str, object] = {}
        self._asked: str | None = None
        self._waiting: list[str] = []
        self._questions: dict[int, _Question] = {}
        self._numbers = itertools.count(1)
        self._lock = Lock()

    def expect(self, name: str) -> None:
        """A page has attached; its comm may come a moment later, and questions wait for it."""
        with self._lock:
            self._asked = name

    def opened(self, comm: object, message: dict) -> None:
        """A page has opened its comm."""
        name = str(message["content"]["data"].get("page"))
        parts: list[str] = []

        # Not by `on_msg`: that ends in IPython's events, which draw the figures of a cell that
        # still awaits its answer.
        def take(said: dict) -> None:
            with self._lock:  # one that was given up lives
                self._comms.setdefault(name, comm)
                self._asked = self._asked or name
            self._take(parts, said["content"]["data"])

        comm.handle_msg = take
        comm.on_close(lambda _message: self._closed(name))
        with self._lock:
            self._comms[name] = comm
            waiting, self._waiting = self._waiting, []
        for text in waiting:
            comm.send({"text": text})

    def why_not(self) -> str | None:
        """Why no page can be asked; None where one can."""
        if not self.can_answer:
            return (
                "This kernel's ipykernel takes no answers of a page while a cell runs: install "
                "ipykernel 7 or newer and restart the kernel."
            )
        if self._asked is not None:
            return None
        return _CLOSED

    async def ask(self, kind: str, **content: object) -> object:
        """The answer of a page: one that is silent or closed is given up for another.

        Raises ``PageSilentError`` where none answers.
        """
        silent = PageSilentError(_CLOSED)
        while (page := self._asked) is not None:
            try:
                return await self._ask(page, kind, content)
            except PageSilentError as error:
                silent = error
                self._closed(page)
        raise silent

    async def _ask(self, page: str, kind: str, content: dict) -> object:
        """The answer of one page. Raises ``PageSilentError`` where it gives none."""
        number = next(self._numbers)
        question = self._questions[number] = _Question(page)
        text = _text({"type": kind, "id": number, **content})
        self._send(text)
        try:
            if not await question.is_heard(PATIENCE):
                raise PageSilentError(_silence(len(text)))
            return await question.answered()
        except BaseException:  # stopped, or given up
            if page == self._asked:
                self.tell("cancel", id=number)
            raise
        finally:
            del self._questions[number]
            with self._lock:
                self._waiting = [other for other in self._waiting if other is not text]

    def tell(self, kind: str, **content: object) -> None:
        """Tells the page something; nothing where there is none."""
        if self._asked in self._comms:
            self._send(_text({"type": kind, **content}))

    def _send(self, text: str) -> None:
        with self._lock:
            comm = self._comms.get(self._asked)
            if comm is None:
                self._waiting.append(text)
        if comm is not None:
            comm.send({"text": text})

    def _take(self, parts: list[str], data: object) -> None:
        if not isinstance(data, dict):
            return
        heard = self._questions.get(data.get("heard"))
        if heard is not None:
            heard.hear()
        if not isinstance(data.get("text"), str):
            return
        parts.append(data["text"])
        if data.get("more"):
            return
        from .run.wire import decode

        text = "".join(parts)
        parts.clear()  # first: a message that cannot be read must not spoil the next
        message = decode(text)
        question = self._questions.get(message.get("id")) if isinstance(message, dict) else None
        if question is not None:
            question.settle(message)

    def _closed(self, name: str) -> None:
        with self._lock:
            self._comms.pop(name, None)
            if name == self._asked:
                # Another page of the same notebook, if there is one.
                self._asked = next(reversed(self._comms), None)
        for question in list(self._questions.values()):
            if question.page == name:
                question.leave()


async def _blink(future: asyncio.Future, seconds: float = _BLINK) -> None:
    """Waits a moment for a future. Not by ``asyncio.wait_for``: until Python 3.12 it loses a
    cancellation that comes together with the result, and the cell could not be stopped."""
    await asyncio.wait([future], timeout=min(_BLINK, seconds))


def _text(message: dict) -> str:
    from .run.wire import encode

    return encode(message)


def _silence(length: int) -> str:
    large = (
        f" The question has {length / 1e6:.0f} MB: Jupyter's server drops more than it lets "
        "through in a second (--ServerApp.iopub_data_rate_limit raises that)."
    )
    return (
        f"No page has answered for {PATIENCE:.0f} s: open the notebook in JupyterLab 4.4 or newer, "
        f"where LLMos Lab is installed, and run the cell again.{large if length > 1e6 else ''}"
    )
