from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.events import Key, Paste
from textual.pilot import Pilot

from cognito_tui.tui.widgets.inputs import IdInput, LineInput, SecretInput


class Fields(App[None]):
    """One field of each kind, the secret one with the focus."""

    def compose(self) -> ComposeResult:
        yield SecretInput(id="secret")
        yield LineInput(id="line")
        yield IdInput(id="id")

    @property
    def secret(self) -> SecretInput:
        return self.query_one(SecretInput)


async def paste(pilot: Pilot[None], text: str) -> None:
    pilot.app.post_message(Paste(text))
    await pilot.pause()


@pytest.mark.parametrize(
    "pasted", ["s3cret", "\ns3cret", "s3cret\n", "\r\n s3cret \t\r\n", "\ufeffs3cret\u200b", "\n\ns3cret\n\n"]
)
async def test_a_pasted_secret_is_whole_whatever_is_around_it(pasted: str) -> None:
    app = Fields()
    async with app.run_test() as pilot:
        await paste(pilot, pasted)
        assert app.secret.value == "s3cret"


@pytest.mark.parametrize("pasted", ["", "\n", "one\ntwo", "a\x1bb", "a\0b", "a\u202eb", "a\u2028b"])
async def test_what_is_no_line_of_text_is_not_pasted(pasted: str) -> None:
    app = Fields()
    async with app.run_test(notifications=True) as pilot:
        await pilot.press("x")
        await paste(pilot, pasted)
        assert app.secret.value == "x"


async def test_a_secret_is_not_copied_or_cut_out() -> None:
    app = Fields()
    async with app.run_test() as pilot:
        await paste(pilot, "s3cret")
        for key in ("ctrl+c", "ctrl+x"):
            await pilot.press("shift+home", key)
            assert app.clipboard == ""
            assert app.secret.value == "s3cret"


async def test_what_this_app_has_copied_is_pasted_whole_too() -> None:
    app = Fields()
    async with app.run_test() as pilot:
        app.copy_to_clipboard("\ns3cret\n")
        await pilot.press("ctrl+v")
        assert app.secret.value == "s3cret"


async def test_a_secret_is_not_in_the_repr_of_its_field() -> None:
    app = Fields()
    async with app.run_test() as pilot:
        await paste(pilot, "s3cret")
        assert "s3cret" not in repr(app.secret)
        assert "s3cret" not in app.export_screenshot()


async def burst(pilot: Pilot[None], *keys: tuple[str, str | None]) -> None:
    """Keys that come faster than the app works."""
    for key, character in keys:
        pilot.app.post_message(Key(key, character))
    await pilot.pause()


async def test_keys_of_a_burst_are_taken_in_their_order() -> None:
    app = Fields()
    async with app.run_test() as pilot:
        field = app.query_one("#line", LineInput)
        field.value = "0171"
        field.focus()
        await pilot.pause()
        await burst(pilot, *[("backspace", "\x7f")] * 4, *[(each, each) for each in "49"])
        assert field.value == "49"
        await burst(pilot, ("home", None), ("3", "3"), ("end", None), ("5", "5"))
        assert field.value == "3495"


async def test_characters_that_join_others_are_not_lost() -> None:
    app = Fields()
    async with app.run_test() as pilot:
        field = app.query_one("#line", LineInput)
        field.focus()
        await pilot.pause()
        family = "\U0001f469\u200d\U0001f467"
        await burst(pilot, *[(f"key{n}", each) for n, each in enumerate(family)])
        assert field.value == family


async def test_of_several_pasted_lines_it_is_said_that_one_was_taken() -> None:
    app = Fields()
    async with app.run_test(notifications=True) as pilot:
        field = app.query_one("#line", LineInput)
        field.focus()
        await pilot.pause()
        await paste(pilot, "\nana\n")
        assert field.value == "ana"
        assert not app._notifications
        await paste(pilot, "one\ntwo\n")
        assert field.value == "anaone"
        assert "first of 2 lines" in next(each.message for each in app._notifications)


async def test_blanks_around_a_pasted_id_are_left_out_and_those_of_a_name_kept() -> None:
    app = Fields()
    async with app.run_test() as pilot:
        for kind, kept in (("#id", "eu-west-1_A"), ("#line", " eu-west-1_A ")):
            field = app.query_one(kind, LineInput)
            field.focus()
            await pilot.pause()
            await paste(pilot, " eu-west-1_A ")
            assert field.value == kept


async def test_ctrl_c_without_a_selection_tells_how_to_leave() -> None:
    app = Fields()
    async with app.run_test(notifications=True) as pilot:
        app.query_one("#line", LineInput).focus()
        await pilot.press("ctrl+c")
        assert "ctrl+q" in next(each.message for each in app._notifications)
