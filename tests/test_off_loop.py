"""A blocking call keeps neither the event loop nor the exit waiting."""

from __future__ import annotations

import asyncio
import contextlib
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from cognito_tui.off_loop import in_thread, off_loop

PATIENCE = 20.0
"""Seconds until the test itself is taken to be broken."""


class Stuck:
    """A call that ends when the test lets it."""

    def __init__(self) -> None:
        self.began = threading.Event()
        self.may_end = threading.Event()
        self.thread: threading.Thread | None = None

    def __call__(self) -> str:
        self.thread = threading.current_thread()
        self.began.set()
        self.may_end.wait(PATIENCE)
        return "at last"

    def end(self) -> None:
        """Let it go, and wait until it has."""
        self.may_end.set()
        if self.thread:
            self.thread.join(PATIENCE)


@pytest.fixture
def stuck() -> Iterator[Stuck]:
    call = Stuck()
    yield call
    call.end()


def add(one: int, *, other: int) -> int:
    return one + other


def fail(error: BaseException) -> None:
    raise error


class TestOnALoop:
    async def test_the_result_comes_back(self) -> None:
        assert await off_loop(PATIENCE, add, 1, other=2) == 3
        assert await off_loop(None, add, 1, other=2) == 3

    async def test_it_is_in_a_thread_that_no_exit_waits_for(self) -> None:
        thread = await off_loop(PATIENCE, threading.current_thread)
        assert thread is not threading.current_thread()
        assert thread.daemon

    async def test_an_exception_comes_back_as_itself(self) -> None:
        error = LookupError("not there")
        with pytest.raises(LookupError) as caught:
            await off_loop(PATIENCE, fail, error)
        assert caught.value is error

    @pytest.mark.parametrize("ending", [SystemExit(3), KeyboardInterrupt()])
    def test_an_exit_comes_back_too(self, ending: BaseException) -> None:
        with pytest.raises(type(ending)):
            asyncio.run(off_loop(PATIENCE, fail, ending))

    async def test_a_stop_iteration_does_not_leave_anybody_waiting(self) -> None:
        with pytest.raises(RuntimeError, match="StopIteration"):
            await off_loop(PATIENCE, fail, StopIteration())

    async def test_the_loop_goes_on_meanwhile(self, stuck: Stuck) -> None:
        waiting = asyncio.create_task(off_loop(PATIENCE, stuck))
        while not stuck.began.is_set():
            await asyncio.sleep(0)
        assert not waiting.done()
        stuck.may_end.set()
        assert await waiting == "at last"

    async def test_after_the_time_out_nobody_waits(self, stuck: Stuck) -> None:
        with pytest.raises(TimeoutError):
            await off_loop(0.01, stuck)
        assert stuck.thread
        assert stuck.thread.is_alive()

    async def test_who_is_cancelled_leaves_at_once(self, stuck: Stuck) -> None:
        waiting = asyncio.create_task(off_loop(PATIENCE, stuck))
        while not stuck.began.is_set():
            await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert stuck.thread
        assert stuck.thread.is_alive()


class TestTheLoopIsGoneWhenTheCallEnds:
    """Python would write about it on stderr, which is the app's screen."""

    @pytest.fixture(autouse=True)
    def quiet(
        self, stuck: Stuck, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
    ) -> Iterator[None]:
        yield
        stuck.end()
        assert capfd.readouterr() == ("", "")
        assert caplog.text == ""

    def test_after_a_time_out(self, stuck: Stuck) -> None:
        async def main() -> None:
            with contextlib.suppress(TimeoutError):
                await off_loop(0.01, stuck)

        asyncio.run(main())

    def test_after_the_app_has_ended(self, stuck: Stuck) -> None:
        async def main() -> None:
            waiting = asyncio.create_task(off_loop(None, stuck))
            while not stuck.began.is_set():
                await asyncio.sleep(0)
            assert not waiting.done()

        asyncio.run(main())

    def test_after_a_time_out_when_the_call_fails(self) -> None:
        may_fail = threading.Event()

        def late() -> None:
            may_fail.wait(PATIENCE)
            raise LookupError

        async def main() -> None:
            with contextlib.suppress(TimeoutError):
                await off_loop(0.01, late)

        asyncio.run(main())
        thread = next(each for each in threading.enumerate() if each.name == "late")
        may_fail.set()
        thread.join(PATIENCE)


class TestWithoutALoop:
    def test_the_result_comes_back(self) -> None:
        assert in_thread(PATIENCE, add, 1, other=2) == 3

    def test_an_exception_comes_back_as_itself(self) -> None:
        error = LookupError("not there")
        with pytest.raises(LookupError) as caught:
            in_thread(None, fail, error)
        assert caught.value is error

    def test_after_the_time_out_nobody_waits(self, stuck: Stuck) -> None:
        with pytest.raises(TimeoutError):
            in_thread(0.01, stuck)
        assert stuck.thread
        assert stuck.thread.is_alive()


@pytest.mark.parametrize(
    "code",
    [
        "import asyncio; asyncio.run(off_loop(0.01, stuck))",
        "in_thread(0.01, stuck)",
    ],
)
def test_the_process_ends_though_a_call_never_does(code: str) -> None:
    program = f"""
import threading
from cognito_tui.off_loop import in_thread, off_loop

def stuck():
    threading.Event().wait()

try:
    {code}
except TimeoutError:
    print("left")
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert (done.stdout, done.stderr, done.returncode) == ("left\n", "", 0)


def test_the_same_program_hangs_with_a_thread_that_the_exit_waits_for() -> None:
    program = """
import asyncio, threading

async def main():
    try:
        await asyncio.wait_for(asyncio.to_thread(threading.Event().wait), 0.01)
    except TimeoutError:
        print("left", flush=True)

asyncio.run(main())
"""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as hanging:
        assert hanging.stdout
        assert hanging.stdout.readline() == b"left\n"
        with pytest.raises(subprocess.TimeoutExpired):
            hanging.wait(0.2)
        hanging.kill()
