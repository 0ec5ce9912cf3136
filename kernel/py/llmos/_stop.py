"""Stop where ipykernel runs a cell that awaits: it only tells the event loop, which hears of
it when the cell next waits. Skills compute without waiting."""

from __future__ import annotations

import signal
import threading
from asyncio import CancelledError
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def heard_at_once() -> Iterator[None]:
    """Lets an interrupt end what computes in this, as it ends what waits: by ``CancelledError``.

    ``KeyboardInterrupt`` would leave the event loop, and with it end the kernel, where the
    call is awaited in a task of its own.
    """
    before = signal.getsignal(signal.SIGINT)
    # Other programs, such as `python -m llmos run`, have handlers that know what runs.
    tells_loop = getattr(before, "__module__", None) == "ipykernel.ipkernel"
    if not tells_loop or threading.current_thread() is not threading.main_thread():
        yield
        return
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        yield
    except KeyboardInterrupt:
        raise CancelledError("interrupted") from None
    finally:
        signal.signal(signal.SIGINT, before)
