"""Where a signal came: in code that may be ended by an exception, or in the event loop's own."""

from __future__ import annotations

from types import CodeType, FrameType


def is_within(frame: FrameType | None, code: CodeType) -> bool:
    """Whether a signal came while this function ran, or what it had called or awaited.

    ``frame``: what a signal's handler is given. The current task says less: a task's step also
    runs code of the event loop, such as ``call_soon`` for ``await asyncio.sleep(0)``. An exception
    raised there leaves the task without a next step, and who waits for it waits for ever
    (``task_step_impl`` in CPython's ``_asynciomodule.c``).
    """
    while frame is not None:
        if frame.f_code is code:
            return True
        frame = frame.f_back
    return False
