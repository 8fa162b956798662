"""Driving the app by keys and mouse, and looking at what it shows."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from textual import events
from textual._context import visible_screen_stack
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widgets import Input

from cognito_tui.tui.app import CognitoApp
from cognito_tui.tui.screens.users import UsersPlace
from tests.tui import picture

PATIENCE: Final = 20.0
"""Seconds until something that does not appear is taken to be missing."""

SMALL, LARGE = (80, 24), (120, 36)


class Stage:
    """The app on a screen of some size."""

    def __init__(self, app: CognitoApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def picture(self) -> str:
        """The screen as an SVG."""
        return picture.svg(self.app)

    @property
    def text(self) -> str:
        """The screen as text, line by line."""
        return "\n".join(strip.text.rstrip() for strip in self._strips)

    @property
    def _strips(self) -> list[Strip]:
        # what stands behind a dialog is painted, and kept, from this stack
        visible_screen_stack.set(self.app._background_screens)
        return self.app.screen._compositor.render_strips(self.app.size)

    async def press(self, *keys: str) -> None:
        """Press keys, one after another, each when all that came of the one before is done."""
        for key in keys:
            character = key if len(key) == 1 else _CHARACTERS.get(key)
            self.app.post_message(events.Key(key, character))
            await self._idle()

    async def type(self, text: str) -> None:
        """Type in one burst, as a terminal delivers it; a tab and a line break are their keys."""
        for each in text:
            key = _KEYS.get(each) or events.Key(each, each).key
            self.app.post_message(events.Key(key, each))
        await self._idle()

    async def paste(self, text: str) -> None:
        """Paste as a terminal does."""
        self.app.post_message(events.Paste(text))
        await self._idle()

    async def resize(self, size: tuple[int, int]) -> None:
        """Make the screen larger or smaller, and wait until it is."""
        await self.pilot.resize_terminal(*size)
        async with asyncio.timeout(PATIENCE):
            while self.app.screen.size != size:
                await asyncio.sleep(0.03)
        await self.settles()

    async def _idle(self) -> None:
        """Wait until nothing on the loop could go on at once; what waits for time or a thread may still come.

        Textual's own pilot waits until the processor is idle, which on a busy machine is never.
        """
        ready = asyncio.get_running_loop()._ready  # type: ignore[attr-defined]
        await asyncio.sleep(0)
        while ready:
            await asyncio.sleep(0)

    async def sees(self, *words: str) -> None:
        """Wait until the screen shows all of `words`."""
        await self._until(lambda text: all(word in text for word in words), f"never saw {words}")

    async def sees_no_more(self, *words: str) -> None:
        """Wait until the screen shows none of `words`."""
        await self._until(lambda text: not any(word in text for word in words), f"still sees one of {words}")

    async def settles(self) -> None:
        """Wait until nothing changes any more, nor has for longer than the previews' rest of 0.15 s."""
        for field in self.app.screen.query(Input):
            field.cursor_blink = False
        last: list[Strip] = []
        same = 0
        async with asyncio.timeout(PATIENCE):
            while same < 3:
                await asyncio.sleep(0.06)
                now = self._strips
                same, last = (same + 1 if now == last and not self._is_under_way else 0), now

    @property
    def _is_under_way(self) -> bool:
        """Whether a button looks pressed, as it does for a moment, or more of a user is asked for."""
        return bool(self.app.screen.query("Button.-active")) or self._is_asking

    @property
    def _is_asking(self) -> bool:
        """Whether more about a user, pool or client is on its way, or will be asked for in a moment."""
        places = (each for each in self.app.screen_stack if isinstance(each, UsersPlace))
        under_way = (each for each in self.app.workers if each.group in {"facts", "look", "describe"})
        return any(not place.has_asked for place in places) or any(not each.is_finished for each in under_way)

    async def _until(self, condition: object, complaint: str) -> None:
        assert callable(condition)
        try:
            async with asyncio.timeout(PATIENCE):
                while not condition(self.text):
                    await asyncio.sleep(0.03)
                await self._idle()
        except TimeoutError:
            raise AssertionError(f"{complaint}. The screen is:\n{self.text}") from None

    async def click(self, words: str) -> None:
        """Click where `words` begin on the screen, as soon as they stand still there."""
        await self.sees(words)
        await self.settles()
        for row, line in enumerate(self.text.splitlines()):
            if (column := line.find(words)) >= 0:
                await self.pilot.click(offset=(column, row))
                return
        raise AssertionError(f"{words!r} is not on the screen:\n{self.text}")


_KEYS: Final = {" ": "space", "\t": "tab", "\n": "enter"}
_CHARACTERS: Final = {"space": " ", "question_mark": "?", "slash": "/"}


@asynccontextmanager
async def on_stage(app: CognitoApp, size: tuple[int, int] = LARGE) -> AsyncIterator[Stage]:
    """Run `app`; what it started ends with it."""
    # what is told stays, however slow the machine
    app.NOTIFICATION_TIMEOUT = 600.0  # type: ignore[misc] # of this app alone
    try:
        async with app.run_test(size=size, notifications=True) as pilot:
            yield Stage(app, pilot)
    finally:
        app.finish()
