"""Every challenge through the app: to tokens, refused, run out, and left half-way."""

from __future__ import annotations

import json

import pytest
from textual.widgets import Input

from cognito_tui.tui.app import CognitoApp
from cognito_tui.tui.widgets.answer_row import AnswerRow
from cognito_tui.tui.widgets.challenge_form import ChallengeForm
from cognito_tui.tui.widgets.qr_code import QrCode
from tests.tui.stage import LARGE, SMALL, Stage, on_stage
from tests.tui.walks import BEN, FILLED_IN, WALKS, Answer, begin, choose
from tests.tui.worlds import Clock, sandbox


def values(stage: Stage) -> dict[str, str]:
    """What stands in the fields of the challenge, by the label beside each."""
    rows = (row for form in stage.app.screen.query(ChallengeForm) for row in form.query(AnswerRow))
    return {row.asked.label: row.text for row in rows}


@pytest.mark.parametrize("walk", WALKS)
async def test_to_tokens(walk: str) -> None:
    name, answers = WALKS[walk].name, WALKS[walk].answers
    async with on_stage(CognitoApp(sandbox())) as stage:
        await begin(stage, name)
        for answer in answers:
            await answer.give(stage)
        await stage.sees("Signed in as")


@pytest.mark.parametrize("walk", ["one of three", "custom", "choice of a passkey", "set-up", "new password"])
async def test_left_half_way_the_first_form_is_as_if_nothing_had_been_said(walk: str) -> None:
    name, answers = WALKS[walk].name, WALKS[walk].answers
    async with on_stage(CognitoApp(sandbox())) as stage:
        await begin(stage, name)
        for answer in answers[:-1]:
            await answer.give(stage)
        await stage.sees(answers[-1].seen)
        await stage.type("x")
        await stage.press("escape")
        await stage.sees("Sign in to the pool", "Nothing said yet", "nothing sent", name)
        await stage.press("enter")
        for answer in answers:
            await answer.give(stage)
        await stage.sees("Signed in as")


class TestRefused:
    async def test_a_wrong_code_stays_in_its_field_with_the_reason(self) -> None:
        async with on_stage(CognitoApp(sandbox())) as stage:
            await begin(stage, "ida")
            await stage.sees("SMS_MFA", "by SMS to +********0000")
            await stage.type("000000\n")
            await stage.sees("× CodeMismatchException", "× Invalid code or auth state")
            assert "000000" in values(stage).values()
            await stage.press("ctrl+u", *FILLED_IN.split())
            await stage.sees("Signed in as ida")

    async def test_a_code_that_cannot_be_one_is_told_before_it_is_sent(self) -> None:
        async with on_stage(CognitoApp(sandbox())) as stage:
            await begin(stage, "pia")
            await stage.sees("SOFTWARE_TOKEN_MFA")
            await stage.type("12345\n")
            await stage.sees("× 6 figures", "enter again sends it as it is")

    async def test_a_wrong_first_code_keeps_the_key(self) -> None:
        async with on_stage(CognitoApp(sandbox())) as stage:
            await begin(stage, "noa")
            await stage.sees("MFA_SETUP", "•••• •••• •••• ••••…")
            await stage.press("f8")
            key = stage.app.screen.query_one("#totp-key").render()
            await stage.type("000000\n")
            await stage.sees("EnableSoftwareTokenMFAException")
            assert stage.app.screen.query_one("#totp-key").render() == key
            await stage.press(*FILLED_IN.split())
            await stage.sees("Take them along")

    async def test_a_wrong_password_among_the_choices_is_asked_again(self) -> None:
        async with on_stage(CognitoApp(sandbox())) as stage:
            await choose(stage, "ada")
            await stage.press("ctrl+u")
            await stage.type("wrong\n")
            await stage.sees("SELECT_CHALLENGE")
            await stage.press("enter")
            await stage.sees("× Incorrect username or password")
            await stage.press("enter")
            await stage.sees("Cognito wants the user's password")
            await stage.type("Ada-made-up-1\n")
            await stage.sees("Signed in as ada")

    async def test_a_wrong_riddle_is_asked_again_by_the_trigger(self) -> None:
        async with on_stage(CognitoApp(sandbox())) as stage:
            await begin(stage, "rio")
            await stage.sees("triesLeft  3")
            await stage.type("a harp\n")
            await stage.sees("triesLeft  2")
            await stage.type("piano\n")
            await stage.sees("2 of 2")

    async def test_a_credential_that_is_none_is_told(self) -> None:
        async with on_stage(CognitoApp(sandbox())) as stage:
            await begin(stage, "ada")
            await Answer("SELECT_CHALLENGE", "down down down down enter").give(stage)
            await stage.sees("CREDENTIAL_REQUEST_OPTIONS", "Copy the options")
            await stage.type("nonsense\n")
            await stage.sees("× not JSON")
            await stage.press("ctrl+u")
            await stage.paste('{\n  "id": "x",\r\n\t"type": "public-key"\n}\n')
            credential = next(each.value for each in stage.app.screen.query(Input) if each.has_focus)
            assert json.loads(credential) == {"id": "x", "type": "public-key"}
            await stage.press("enter")
            await stage.sees("InvalidParameterException")


class TestRunOut:
    async def test_one_key_walks_to_the_same_form_and_asks_the_code_anew(self) -> None:
        clock = Clock()
        async with on_stage(CognitoApp(sandbox(clock))) as stage:
            await begin(stage, "uma")
            await Answer("SELECT_MFA_TYPE", "down enter").give(stage)
            await stage.sees(" SOFTWARE_TOKEN_MFA ", "6 figures")
            clock.forward(minutes=4)
            await stage.press(*FILLED_IN.split())
            await stage.sees("session is expired", "start again")
            await stage.press("s")
            await stage.sees("6 figures", "RespondToAuthChallenge  SELECT_MFA_TYPE")
            assert values(stage) == {"Code": ""}
            await stage.press(*FILLED_IN.split())
            await stage.sees("Signed in as uma")

    async def test_an_answer_to_the_last_question_stands_in_its_field_again(self) -> None:
        clock = Clock()
        async with on_stage(CognitoApp(sandbox(clock))) as stage:
            await begin(stage, "rio")
            await Answer("eighty-eight keys", typed="piano").give(stage)
            await stage.sees("caught")
            clock.forward(minutes=4)
            await stage.type("cold\n")
            await stage.sees("session is expired")
            await stage.press("s")
            await stage.sees("caught")
            assert values(stage) == {"Answer": "cold"}
            await stage.press("enter")
            await stage.sees("Signed in as rio")

    async def test_a_password_that_was_asked_is_remembered(self) -> None:
        clock = Clock()
        async with on_stage(CognitoApp(sandbox(clock))) as stage:
            await choose(stage, "ada")
            await stage.press("ctrl+u", "enter")
            await Answer("SELECT_CHALLENGE").give(stage)
            await stage.sees("Cognito wants the user's password")
            clock.forward(minutes=4)
            await stage.type("Ada-made-up-1\n")
            await stage.sees("session is expired")
            await stage.press("s")
            await stage.sees("Cognito wants the user's password", "•••••••••••••")
            await stage.press("enter")
            await stage.sees("Signed in as ada")


async def test_a_new_password_is_the_one_of_the_next_sign_in() -> None:
    async with on_stage(CognitoApp(sandbox())) as stage:
        await begin(stage, "ben")
        await BEN.give(stage)
        await stage.sees("Signed in as ben")
        await stage.press("s")
        await stage.sees("Sign in to the pool", "● USER_PASSWORD_AUTH")
        await stage.press("enter")
        await stage.sees("Signed in as ben")


@pytest.mark.parametrize("pasted", ["12 34 56", "123-456", "\n 123456 \r\n", "123\u2013456"])
async def test_a_code_is_pasted_whole_whatever_is_around_it(pasted: str) -> None:
    async with on_stage(CognitoApp(sandbox())) as stage:
        await begin(stage, "pia")
        await stage.sees("SOFTWARE_TOKEN_MFA")
        await stage.paste(pasted)
        assert values(stage) == {"Code": "123456"}


class TestCodesOfTheSandbox:
    async def test_a_code_that_is_sent_is_shown_and_filled_in_by_a_key(self) -> None:
        async with on_stage(CognitoApp(sandbox())) as stage:
            await begin(stage, "ida")
            await stage.sees("SMS to +********0000", "ctrl+o fills it in", "^o Fill")
            await stage.press("ctrl+o")
            (code,) = values(stage).values()
            assert code in stage.text.partition("ctrl+o")[0]
            assert code.isdigit()

    async def test_and_by_a_button(self) -> None:
        async with on_stage(CognitoApp(sandbox()), SMALL) as stage:
            await begin(stage, "eli")
            await stage.sees("EMAIL_OTP")
            await stage.click("Fill in  ^o")
            await stage.settles()
            assert values(stage)["Code"]
            await stage.press("enter")
            await stage.sees("Signed in as eli")

    async def test_there_is_none_for_a_question_without_a_code(self) -> None:
        async with on_stage(CognitoApp(sandbox())) as stage:
            await begin(stage, "rio")
            await stage.sees("CUSTOM_CHALLENGE")
            assert "Fill" not in stage.text


class TestAuthenticatorApp:
    async def test_the_key_is_masked_until_it_is_shown(self) -> None:
        async with on_stage(CognitoApp(sandbox())) as stage:
            await begin(stage, "noa")
            await stage.sees("MFA_SETUP", "•••• •••• •••• ••••…")
            masked = str(stage.app.screen.query_one("#totp-key").render())
            await stage.press("f8")
            await stage.sees_no_more("••••…")
            key = str(stage.app.screen.query_one("#totp-key").render())
            assert key.startswith(masked.partition("•")[0])
            assert len(key.replace(" ", "")) == 32

    async def test_f9_copies_the_key_and_says_so_without_it(self) -> None:
        async with on_stage(CognitoApp(sandbox())) as stage:
            await begin(stage, "noa")
            await stage.sees("MFA_SETUP", "F9 Copy key")
            await stage.press("f9")
            await stage.sees("TOTP key", "Sent to your terminal")

    @pytest.mark.parametrize(("size", "inline"), [(LARGE, True), (SMALL, False)])
    async def test_the_qr_code_stands_in_the_form_or_fills_the_screen(
        self, size: tuple[int, int], inline: bool
    ) -> None:
        async with on_stage(CognitoApp(sandbox()), size) as stage:
            await begin(stage, "noa")
            await stage.sees("MFA_SETUP", "Copy key  F9")
            await stage.settles()
            assert stage.app.screen.query_one(QrCode).display is inline
            if not inline:
                await stage.click("Show QR")
                await stage.sees("▀▀▀")
                code = stage.app.screen.query_one(QrCode)
                assert code.region.height == code.rows <= size[1]
                await stage.press("escape")
                await stage.sees("Copy key  F9")
