"""The flow picker: what each flow needs, what the client allows, and what a sign-in may carry."""

from __future__ import annotations

import asyncio

import pytest

from cognito_tui.tui import client_metadata
from cognito_tui.tui.app import CognitoApp
from tests.tui.stage import Stage, on_stage
from tests.tui.walks import choose
from tests.tui.worlds import STAGING, machine, sandbox


async def unfold(stage: Stage) -> None:
    """Open the further settings, from the password's field; the focus stays on their title."""
    await stage.press("tab", "tab", "tab", "enter")
    await stage.sees("▼ More", "ClientMetadata")


async def test_what_the_client_does_not_allow_is_said_and_can_be_chosen_all_the_same() -> None:
    async with on_stage(CognitoApp(sandbox())) as stage:
        await choose(stage, "jay")
        await stage.sees("USER_PASSWORD_AUTH       ! off for client")
        await stage.press("tab", "down")
        await stage.sees("● USER_PASSWORD_AUTH", "switch on ALLOW_USER_PASSWORD_AUTH")
        await stage.press("enter")
        await stage.sees("does not allow USER_PASSWORD_AUTH")


async def test_nobody_waits_for_the_description() -> None:
    world = sandbox()
    send = world.calls.send

    async def hanging(where: object, call: object) -> object:
        if getattr(call, "operation", "").startswith("Describe"):
            await asyncio.sleep(1000)
        return await send(where, call)  # type: ignore[arg-type] # handed on

    world.calls.send = hanging  # type: ignore[method-assign, assignment] # as when AWS is far away
    async with on_stage(CognitoApp(world)) as stage:
        await choose(stage, "ana")
        await stage.press("enter")
        await stage.sees("Signed in as ana")


async def test_without_aws_credentials_no_flow_is_called_off() -> None:
    async with on_stage(CognitoApp(machine(STAGING))) as stage:
        await stage.sees("staging")
        await stage.press("enter")
        await stage.sees("USER_SRP_AUTH", "no AWS credentials")
        assert "off for client" not in stage.text


@pytest.mark.parametrize(
    ("downs", "planned"),
    [
        (0, ["InitiateAuth  USER_SRP_AUTH", "sends SRP_A and", "PASSWORD_VERIFIER", "proves the password"]),
        (1, ["InitiateAuth  USER_PASSWORD_AUTH", "sends the password and the hash over the username"]),
        (2, ["InitiateAuth  USER_AUTH", "names the user and", "SELECT_CHALLENGE", "which way in is chosen"]),
        (3, ["InitiateAuth  CUSTOM_AUTH", "CUSTOM_CHALLENGE", "answers what the triggers ask"]),
        (4, ["AdminInitiateAuth  ADMIN_USER_PASSWORD_AUTH", "sends the password and"]),
        (5, ["AdminInitiateAuth  ADMIN_NO_SRP_AUTH"]),
    ],
)
async def test_what_a_flow_will_do_is_told_before(downs: int, planned: list[str]) -> None:
    async with on_stage(CognitoApp(machine(STAGING))) as stage:
        await stage.sees("staging")
        await stage.press("enter")
        await stage.sees("Type a username")
        await stage.press("tab", "tab", *["down"] * downs)
        await stage.sees("nothing sent", "more challenges", *planned)


async def test_a_flow_without_a_password_begins_without_one() -> None:
    async with on_stage(CognitoApp(sandbox())) as stage:
        await choose(stage, "ada")
        await stage.sees("this flow begins without it")
        await stage.press("ctrl+u", "enter")
        await stage.sees("SELECT_CHALLENGE")


async def test_a_preferred_challenge_is_sent_with_the_password() -> None:
    async with on_stage(CognitoApp(sandbox())) as stage:
        await choose(stage, "ada")
        await unfold(stage)
        await stage.press("tab", "down", "down")
        await stage.sees('"PREFERRED_CHALLENGE": "PASSWORD_SRP"', '"SRP_A": "(made', "PASSWORD_VERIFIER")
        await stage.press("enter")
        await stage.sees("Signed in as ada", "PASSWORD_VERIFIER")


async def test_a_custom_sign_in_may_prove_the_password_first() -> None:
    async with on_stage(CognitoApp(sandbox())) as stage:
        await choose(stage, "rio")
        await unfold(stage)
        await stage.press("tab", "space")
        await stage.sees('"CHALLENGE_NAME": "SRP_A"', "PASSWORD_VERIFIER", "CUSTOM_CHALLENGE")


async def test_a_flow_that_both_take_goes_through_the_admins_operation() -> None:
    async with on_stage(CognitoApp(sandbox())) as stage:
        await choose(stage, "jay")
        await unfold(stage)
        await stage.press("tab", "space")
        await stage.sees("AdminInitiateAuth  USER_SRP_AUTH", "AdminRespondToAuthChallenge", '"UserPoolId"')
        await stage.press("shift+tab", "shift+tab", "enter")
        await stage.sees("Signed in as jay", "AdminRespondToAuthChallenge")


async def test_device_key_and_metadata_go_along() -> None:
    async with on_stage(CognitoApp(sandbox())) as stage:
        await choose(stage, "jay")
        await unfold(stage)
        await stage.press("tab", "tab")
        await stage.type(" local_key \tapp=tui, city = Porto")
        await stage.sees('"DEVICE_KEY": "local_key"', '"app": "tui"', '"city": "Porto"')


async def test_metadata_that_is_none_is_told_as_it_is_typed_and_not_sent() -> None:
    async with on_stage(CognitoApp(sandbox())) as stage:
        await choose(stage, "jay")
        await unfold(stage)
        await stage.press("tab", "tab", "tab")
        await stage.type("app")
        await stage.sees("× not key=value: app")
        await stage.press("enter")
        await stage.settles()
        assert "nothing sent" in stage.text
        await stage.type("=tui")
        await stage.sees_no_more("not key=value")


async def test_another_user_begins_without_them() -> None:
    async with on_stage(CognitoApp(sandbox())) as stage:
        await choose(stage, "jay")
        await unfold(stage)
        await stage.press("tab", "space", "f12")
        await stage.sees("Who would you like to be?")
        await stage.press("enter")
        await stage.sees("▶ More", "○ 1 InitiateAuth  USER_SRP_AUTH")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("", {}),
        ("  ", {}),
        ("a=1", {"a": "1"}),
        (" a = 1 ,b=", {"a": "1", "b": ""}),
        ("a=b=c", {"a": "b=c"}),
    ],
)
def test_metadata_is_read(text: str, read: dict[str, str]) -> None:
    assert client_metadata.read(text) == read


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a", "not key=value: a"),
        ("a=1,", "not key=value: an empty pair"),
        ("=1", "not key=value: =1"),
        ("a=1, a=2", "a is there twice"),
    ],
)
def test_what_is_no_metadata_is_told(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=f"^{why}$"):
        client_metadata.read(text)
