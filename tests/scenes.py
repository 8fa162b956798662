"""The states of the app, each reached by keys from its first screen.

They are the snapshot tests (tests/tui/test_scenes.py), and their pictures are screenshots/.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final

from cognito_tui.store.trouble import Trouble, VaultError
from cognito_tui.tui.app import CognitoApp
from tests.cognito.jwts import ACCESS, ID, altered, token
from tests.scripted_cognito import DENIED, Says, scripted_cognito
from tests.tui.crowds import HeldBack, after_pages, crowded, with_calls
from tests.tui.stage import PATIENCE, Stage
from tests.tui.worlds import (
    INHABITANTS,
    LOCKED,
    MADE_UP_SECRET,
    MOBILE,
    PRODUCTION,
    STAGING,
    Clock,
    KeyringStandIn,
    damaged,
    machine,
    sandbox,
)

Made = Callable[[], Iterator[CognitoApp]]


@dataclass(frozen=True)
class Keys:
    """Press keys by their names, one after another."""

    names: str

    async def __call__(self, stage: Stage) -> None:
        await stage.press(*self.names.split())


@dataclass(frozen=True)
class Type:
    """Type into the field that has the focus."""

    text: str

    async def __call__(self, stage: Stage) -> None:
        await stage.type(self.text)


@dataclass(frozen=True)
class Sees:
    """Wait until the screen shows it."""

    words: str

    async def __call__(self, stage: Stage) -> None:
        await stage.sees(self.words)


@dataclass(frozen=True)
class PressesUntil:
    """Press a key again and again until the screen shows it: what there is to scroll still grows."""

    key: str
    words: str

    async def __call__(self, stage: Stage) -> None:
        async with asyncio.timeout(PATIENCE):
            while self.words not in stage.text:
                await stage.press(self.key)
                await stage.settles()


@dataclass(frozen=True)
class Loses:
    """Wait until the screen no longer shows it."""

    words: str

    async def __call__(self, stage: Stage) -> None:
        await stage.sees_no_more(self.words)


@dataclass(frozen=True)
class Paste:
    """Paste as a terminal does."""

    text: str

    async def __call__(self, stage: Stage) -> None:
        await stage.paste(self.text)


@dataclass(frozen=True)
class Rests:
    """Wait until nothing changes any more."""

    async def __call__(self, stage: Stage) -> None:
        await stage.settles()


Step = Keys | Type | Paste | Sees | Loses | PressesUntil | Rests


@dataclass(frozen=True)
class Scene:
    """A state of the app: the app it begins with, the way to it, what it must show; `toast`: in one.

    `then` is what has to be done anew where the screen has another size.
    """

    name: str
    begin: Made
    steps: tuple[Step, ...]
    shows: str
    toast: bool = False
    then: tuple[Step, ...] = ()

    async def play(self, stage: Stage) -> None:
        """Go there."""
        for step in self.steps:
            await step(stage)
        await self.look(stage)

    async def look(self, stage: Stage) -> None:
        """See what there is to see, and wait until it stands still."""
        for step in self.then:
            await step(stage)
        await stage.sees(self.shows)
        await stage.settles()
        if not self.toast and stage.app._notifications:
            stage.app.clear_notifications()  # how long one stands there is a matter of time
            await stage.settles()


def _demo() -> Iterator[CognitoApp]:
    yield CognitoApp(sandbox())


def _light_demo() -> Iterator[CognitoApp]:
    yield CognitoApp(sandbox(), theme="cognito-light")


def _ansi_demo() -> Iterator[CognitoApp]:
    yield CognitoApp(sandbox(), theme="ansi-dark")


def _four_minutes_later() -> Iterator[CognitoApp]:
    """A sandbox whose clock runs on by four minutes between the first request and the answer."""
    clock = Clock()
    world = sandbox(clock)
    send = world.calls.send

    async def late(where: object, call: object) -> object:
        reply = await send(where, call)  # type: ignore[arg-type] # handed on
        if getattr(call, "operation", "") == "InitiateAuth":
            clock.forward(minutes=4)
        return reply

    world.calls.send = late  # type: ignore[method-assign, assignment] # time passes while the person types
    yield CognitoApp(world)


def _closed() -> Iterator[CognitoApp]:
    """A sandbox that is no longer there when it is called."""
    world = sandbox()
    if world.practice:
        world.practice.close()
    yield CognitoApp(world)


def _another_secret() -> Iterator[CognitoApp]:
    """A sandbox whose first client has another secret than the vault says."""
    world = sandbox()
    profile = next(each for each in world.profiles.load() if each.name == "Web app")
    world.vault.keep(profile.item(), MADE_UP_SECRET)
    yield CognitoApp(world)


def _first_run() -> Iterator[CognitoApp]:
    yield CognitoApp(machine())


def _first_run_without_keyring() -> Iterator[CognitoApp]:
    none = VaultError(Trouble.NO_KEYRING, "There is no keyring here: there is no D-Bus session.")
    yield CognitoApp(machine(vault=KeyringStandIn(none)))


def _machine() -> Iterator[CognitoApp]:
    yield CognitoApp(machine(STAGING, PRODUCTION, MOBILE))


def _locked() -> Iterator[CognitoApp]:
    yield CognitoApp(machine(STAGING, MOBILE, vault=KeyringStandIn(LOCKED)))


def _damaged() -> Iterator[CognitoApp]:
    yield CognitoApp(damaged())


def _unknown_challenge() -> Iterator[CognitoApp]:
    asks = {
        "ChallengeName": "NEWER_THAN_THIS_APP",
        "Session": "AYABeOneOpaqueSessionString",
        "ChallengeParameters": {"question": "What is [/red]?", "USERNAME": "7d1f0c52"},
    }
    with _answering(Says(asks)) as app:
        yield app


def _slow() -> Iterator[CognitoApp]:
    with _answering(Says({}, held=True)) as app:
        yield app


@contextmanager
def _answering(*answers: Says) -> Iterator[CognitoApp]:
    with scripted_cognito(answers) as server:
        profile = replace(STAGING, endpoint_url=server.endpoint_url, name="scripted")
        yield CognitoApp(machine(profile))


def _without_keys() -> Iterator[CognitoApp]:
    """A pool that gives tokens, and nobody at its place has the keys they are signed with."""
    result = {
        "IdToken": token(ID),
        "AccessToken": token(ACCESS),
        "RefreshToken": f"{token(ID)}.opaque.really",
    }
    with _answering(Says({"AuthenticationResult": result})) as app:
        yield app


def _an_hour_later() -> Iterator[CognitoApp]:
    """A sandbox whose clock runs on by an hour when somebody asks GetUser."""
    clock = Clock()
    world = sandbox(clock)
    send = world.calls.send

    async def late(where: object, call: object) -> object:
        if getattr(call, "operation", "") == "GetUser":
            clock.forward(minutes=61)
        return await send(where, call)  # type: ignore[arg-type] # handed on

    world.calls.send = late  # type: ignore[method-assign, assignment] # time passes while the person looks
    yield CognitoApp(world)


def _many_users() -> Iterator[CognitoApp]:
    """More users than two pages, of which the third does not come."""
    yield CognitoApp(with_calls(crowded(200), HeldBack(after_pages(2))))


def _empty_pool() -> Iterator[CognitoApp]:
    with _answering(Says({"Users": []})) as app:
        yield app


def _denied() -> Iterator[CognitoApp]:
    with _answering(DENIED) as app:
        yield app


def _account() -> Iterator[CognitoApp]:
    """A machine that knows no profile, and an account with three pools behind an endpoint."""
    account = sandbox()
    if account.practice:
        yield CognitoApp(machine(environment={"AWS_ENDPOINT_URL": account.practice.endpoint_url}))
        account.practice.close()


def _describes_nothing() -> Iterator[CognitoApp]:
    """An account in which pools and clients may be listed, and no client described."""
    pools = Says({"UserPools": [{"Id": STAGING.user_pool_id, "Name": "Customers"}]})
    clients = [("7h2n9sx0b4w8e6r1t3y5u7i9o0", "Web"), ("6j3w0tyq8m5n2b7v4c1x9z6l3k", "Mobile")]
    listed = [{"ClientId": each, "ClientName": name} for each, name in clients]
    with _answering(pools, Says({"UserPoolClients": listed})) as app:
        yield app


Steps = tuple[Step, ...]

BEN_IS_ASKED: Final[Steps] = (
    Keys("down enter"),
    Sees("SECRET_HASH"),
    Keys("enter"),
    Sees("NEW_PASSWORD_REQUIRED"),
    Rests(),
)
"""The user in FORCE_CHANGE_PASSWORD has signed in with the temporary password."""

ANSWERED: Final[Steps] = (
    Type("Correct-Horse7"),
    Keys("tab"),
    Type("Ben"),
    Keys("tab"),
    Type("+351912345678"),
    Keys("enter"),
)
"""What is asked is given."""

NEW_PROFILE: Final[Steps] = (Sees("You have none yet"), Keys("a"), Sees("New profile"))

FORGED: Final = token(
    altered(ID, sub=7, exp=1, aud=..., cognito__groups="root"), {"alg": "none", "jku": "https://elsewhere"}
)
"""A token that nobody should believe."""

ANA_SIGNS_IN: Final[Steps] = (Sees("SECRET_HASH"), Type("ana\tx"), Keys("enter"))


def chooses(name: str) -> Steps:
    """The inhabitant is chosen: the form has name, password and flow."""
    downs = INHABITANTS.index(name)
    return (Sees("Who would you like"), Keys("down " * downs + "enter"), Sees("Sign in to the pool"))


def signs_in(name: str, *before_enter: Step) -> Steps:
    """The inhabitant is chosen and signs in."""
    return (*chooses(name), *before_enter, Keys("enter"))


def passes(name: str, *challenges: str) -> Steps:
    """The inhabitant signs in, and each of `challenges` is answered with what the sandbox has at hand."""
    answers = [step for each in challenges for step in (Sees(each), Rests(), Keys("ctrl+o enter"))]
    return (*signs_in(name), *answers)


def holds_tokens(name: str = "ana") -> Steps:
    """The inhabitant has signed in, and looks at the tokens; every call of the app has been answered."""
    return (
        *chooses(name),
        Sees("● admin"),
        Keys("enter"),
        Sees("AdminGetUser has it now"),
        Keys("t"),
        Sees("● verified"),
        Sees("rotat"),
    )


ADA_IS_ASKED: Final[Steps] = (*signs_in("ada"), Sees("SELECT_CHALLENGE"), Rests())
"""The user may choose how to sign in."""

SOL_SIGNS_IN: Final[Steps] = (
    *passes("sol", "SOFTWARE_TOKEN_MFA"),
    Sees("remember this device"),
    Sees("AdminGetUser has it now"),
)
"""The pool tracks devices, and has named this one."""

USERS: Final[Steps] = (Keys("enter"), Sees("SECRET_HASH"), Keys("f5"), Sees("● all 31 loaded"))
"""The users of the sandbox's first pool."""

BEN_IS_STUCK: Final[Steps] = (*USERS, Keys("2"))
"""The first of those who are stuck is under the cursor."""

IMPORTS: Final[Steps] = (Keys("i"), Sees("eu-west-1"), Keys("enter"))
"""From a profile to the user pools where it is."""

POOLS: Final[Steps] = (
    *(Sees("none yet"), Keys("i"), Sees("as AWS_ENDPOINT_URL says"), Type("\tlocal\n")),
    Sees("● all 3 loaded"),
)
"""From the first run to the user pools of an account."""

CLIENTS: Final[Steps] = (*POOLS, Keys("enter"), Sees("● all 7 loaded"))
"""From the first run to the app clients of one of them."""

SCENES: Final = (
    Scene("inhabitants", _demo, (), "ana"),
    Scene("sign-in", _demo, BEN_IS_ASKED[:2], "over what you typed"),
    Scene("new-password", _demo, BEN_IS_ASKED, "8+ long"),
    Scene("new-password-typing", _demo, (*BEN_IS_ASKED, Type("Correct-")), "number missing"),
    Scene(
        "new-password-wrong",
        _demo,
        (*BEN_IS_ASKED, Type("Correct-Horse7"), Keys("tab tab"), Type("351 912"), Keys("enter")),
        "begin with +",
    ),
    Scene(
        "new-password-refused",
        _demo,
        (*BEN_IS_ASKED, Type("short"), *ANSWERED[1:], Sees("enter again"), Keys("enter")),
        "InvalidPasswordException",
    ),
    Scene("signed-in", _demo, (*BEN_IS_ASKED, *ANSWERED), "as AdminGetUser has it now"),
    Scene("conversation", _demo, (*BEN_IS_ASKED, *ANSWERED, Sees("AdminGetUser has"), Keys("f3")), "ben"),
    Scene("flows-off", _demo, (*chooses("jay"), Sees("off for client"), Keys("tab down")), "switch on"),
    Scene(
        "more",
        _demo,
        (
            *chooses("ada"),
            Keys("tab tab tab enter"),
            Sees("ClientMetadata"),
            Keys("tab down down tab tab tab"),
            Type("device=tablet, x"),
        ),
        "not key=value: x",
    ),
    Scene("plan-srp", _demo, (*chooses("jay"), Sees("over what"), Keys("f3")), "proves the password"),
    Scene("sms-mfa", _demo, signs_in("ida"), "SMS_MFA"),
    Scene("email-otp", _demo, signs_in("eli"), "EMAIL_OTP"),
    Scene("software-token-mfa", _demo, signs_in("pia"), "SOFTWARE_TOKEN_MFA"),
    Scene(
        "code-refused",
        _demo,
        (*signs_in("pia"), Sees("SOFTWARE_TOKEN_MFA"), Rests(), Type("123 456"), Keys("enter")),
        "CodeMismatchException",
    ),
    Scene("code-filled-in", _demo, (*signs_in("ida"), Sees("SMS_MFA"), Keys("ctrl+o")), "SMS_MFA"),
    Scene("select-mfa-type", _demo, signs_in("uma"), "SELECT_MFA_TYPE"),
    Scene("select-challenge", _demo, signs_in("ada"), "SELECT_CHALLENGE"),
    Scene(
        "password-asked",
        _demo,
        (*chooses("ada"), Keys("ctrl+u enter"), Sees("SELECT_CHALLENGE"), Rests(), Keys("enter")),
        "Cognito wants the user's password",
    ),
    Scene(
        "web-authn",
        _demo,
        (*ADA_IS_ASKED, Keys("down down down down enter")),
        "navigator.credentials.get",
    ),
    Scene(
        "sms-otp",
        _demo,
        (*ADA_IS_ASKED, Keys("down down down enter")),
        "SMS_OTP",
    ),
    Scene("custom-challenge", _demo, signs_in("rio"), "eighty-eight keys"),
    Scene("mfa-setup", _demo, signs_in("noa"), "MFA_SETUP"),
    Scene(
        "mfa-setup-key-shown",
        _demo,
        # each request takes of the same randomness as the key that is shown: one after the other
        (*signs_in("noa", Sees("● admin")), Sees("MFA_SETUP"), Rests(), Keys("f8")),
        "MFA_SETUP",
    ),
    Scene("new-device", _demo, SOL_SIGNS_IN, "remember this device"),
    Scene(
        "device-asked",
        _demo,
        (*SOL_SIGNS_IN, Keys("r")),
        "leaves it",
    ),
    Scene(
        "device-remembered",
        _demo,
        (*SOL_SIGNS_IN, Keys("r"), Sees("leaves it"), Keys("r")),
        "The device is remembered",
    ),
    Scene("tokens", _demo, holds_tokens(), "Claims of the ID token"),
    Scene("tokens-nobody", _demo, (Sees("Who would you like"), Keys("f4")), "Nobody is signed in"),
    Scene("tokens-refresh-token", _demo, (*holds_tokens(), Keys("3")), "A refresh goes by"),
    Scene(
        "tokens-refreshed",
        _demo,
        (*holds_tokens("ray"), Keys("r"), Sees("changed by the refresh"), Loses("verified yet")),
        "another refresh token",
    ),
    Scene(
        "tokens-expired", _an_hour_later, (*holds_tokens(), Keys("2 g"), Sees("It has expired")), "× expired"
    ),
    Scene("tokens-revoke", _demo, (*holds_tokens(), Keys("v")), "Revoke the refresh token?"),
    Scene(
        "tokens-revoked",
        _demo,
        (*holds_tokens(), Keys("2 v"), Sees("Revoke the refresh"), Keys("y"), Sees("● Revoked"), Keys("g")),
        "It was revoked",
    ),
    Scene("tokens-refused", _demo, (*holds_tokens("ray"), Keys("R")), "What went wrong"),
    Scene(
        "tokens-users",
        _demo,
        (
            *holds_tokens(),
            Keys("f12 " + "down " * INHABITANTS.index("zoe") + "enter"),
            Sees("zoe"),
            Sees("● admin"),
            Keys("enter"),
            Sees("AdminGetUser has it now"),
            Keys("t"),
            Sees("2 of 2"),
            Sees("● verified"),
            Sees("no rotation"),
            Keys("u"),
        ),
        "Who is signed in",
    ),
    Scene(
        "tokens-not-verified",
        _without_keys,
        (Keys("enter"), *ANA_SIGNS_IN, Sees("t reads"), Keys("t")),
        "501",
    ),
    Scene(
        "tokens-shown",
        _without_keys,
        (Keys("enter"), *ANA_SIGNS_IN, Sees("t reads"), Keys("t"), Sees("501"), Keys("f8")),
        "The token itself",
    ),
    Scene(
        "tokens-pasted",
        _demo,
        (Sees("Who would you like"), Keys("f4"), Sees("Nobody is"), Paste(FORGED)),
        "anybody can have written it",
    ),
    Scene(
        "tokens-paste-wrong",
        _demo,
        (Sees("Who would you like"), Keys("f4 p"), Sees("Look at a token"), Type("not.this"), Keys("enter")),
        "a JWT has three",
    ),
    Scene("tokens-write", _demo, (*holds_tokens(), Keys("w")), "mode 0600"),
    Scene("light", _light_demo, BEN_IS_ASKED, "8+ long"),
    Scene("sixteen-colours", _ansi_demo, BEN_IS_ASKED, "8+ long"),
    Scene("unknown-challenge", _unknown_challenge, (Keys("enter"), *ANA_SIGNS_IN), "ANSWER"),
    Scene("asking", _slow, (Keys("enter"), *ANA_SIGNS_IN), "asking Cognito"),
    Scene("error-secret-hash", _another_secret, signs_in("ana"), "use the pool's secret"),
    Scene("error-password", _demo, signs_in("ana", Type("x")), "Incorrect username or password"),
    Scene("error-temporary-password", _demo, signs_in("tom"), "Temporary password has expired"),
    Scene("error-disabled", _demo, signs_in("lea"), "User is disabled"),
    Scene("error-not-confirmed", _demo, signs_in("kim"), "User is not confirmed"),
    Scene("error-reset-required", _demo, signs_in("max"), "PasswordResetRequiredException"),
    Scene(
        "error-flow-off",
        _demo,
        (*signs_in("ivo"), Sees("USER_PASSWORD_AUTH flow not enabled"), Loses("as an admin")),
        "open the profile",
    ),
    Scene("error-session-over", _four_minutes_later, (*BEN_IS_ASKED, *ANSWERED), "session is expired"),
    Scene("error-unreachable", _closed, signs_in("ana"), "cannot be reached"),
    Scene(
        "error-no-credentials",
        _machine,
        (Keys("down down enter"), Sees("SECRET_HASH"), Type("ana\tx\t"), Keys("down down down down enter")),
        "no AWS credentials",
    ),
    Scene(
        "secret-hash",
        _demo,
        (*BEN_IS_ASKED[:2], Keys("f6"), Sees("needs a username"), Type("ana@example.com")),
        "44 characters",
    ),
    Scene("users", _demo, (*USERS, Keys("space down space down")), "2 selected"),
    Scene("users-loading", _many_users, (Keys("enter"), Sees("SECRET_HASH"), Keys("f5")), "120 of ~231"),
    Scene("users-stuck", _demo, (*BEN_IS_STUCK, Sees("dies in 5d 0h")), "ben"),
    Scene(
        "users-card",
        _demo,
        (*BEN_IS_STUCK, Rests(), Keys("enter"), Rests()),
        "sign-ins",
        then=(PressesUntil("end", "sign-ins"),),
    ),
    Scene("users-found", _demo, (*USERS, Keys("slash"), Type("email:r\n")), "esc shows all"),
    Scene("users-none", _empty_pool, (Keys("enter"), Sees("SECRET_HASH"), Keys("f5")), "all 0 loaded"),
    Scene("users-refused", _denied, (Keys("enter"), Sees("SECRET_HASH"), Keys("f5")), "copy the IAM policy"),
    Scene("users-no-credentials", _machine, (Keys("enter"), Sees("SECRET_HASH"), Keys("f5")), "it needs AWS"),
    Scene("user-resend", _demo, (*BEN_IS_STUCK, Keys("r")), "Cancel"),
    Scene("user-resent", _demo, (*BEN_IS_STUCK, Keys("r"), Sees("Cancel"), Keys("y")), "has it now"),
    Scene(
        "user-refused",
        _demo,
        (
            *(
                *BEN_IS_STUCK,
                Keys("ctrl+p"),
                Type("reset password all"),
                Sees("Reset password all"),
                Keys("enter"),
            ),
            *(Sees("Cancel"), Keys("y")),
        ),
        "Set temporary password",
    ),
    Scene("user-password", _demo, (*BEN_IS_STUCK, Keys("p")), "generate"),
    Scene("user-password-set", _demo, (*BEN_IS_STUCK, Keys("p"), Sees("generate"), Keys("y")), "a message"),
    Scene("user-attributes", _demo, (*USERS, Keys("m")), "given_name"),
    Scene("user-groups", _demo, (*USERS, Keys("a")), "admins"),
    Scene("user-mfa", _demo, (*USERS, Keys("f")), "Preferred"),
    Scene("user-delete", _demo, (*USERS, Keys("d")), "for ever"),
    Scene("user-new", _demo, (*USERS, Keys("n")), "given_name"),
    Scene("many", _demo, (*USERS, Keys("2 b")), "Other users"),
    Scene("many-dry-run", _demo, (*USERS, Keys("2 b"), Sees("Other users"), Keys("r")), "a second"),
    Scene(
        "many-running",
        _demo,
        (
            *(*USERS, Keys("2 space space b"), Sees("Other users"), Keys("r"), Sees("a second")),
            *(Keys("shift+tab shift+tab ctrl+u"), Type("0.1\n"), Sees("1 of 2"), Keys("p")),
        ),
        "paused",
    ),
    Scene("secret-hash-empty", _first_run, (Sees("none yet"), Keys("f6")), "needs a username"),
    Scene(
        "secret-hash-odd",
        _first_run,
        (Sees("none yet"), Keys("f6"), Sees("needs"), Type("ana \tclient26\t\tclient26")),
        "not the client secret",
    ),
    Scene("profiles", _machine, (Sees("keyring"), Keys("down")), "51 characters"),
    Scene("profiles-keyring-locked", _locked, (Sees("unavailable"), Keys("down")), "is locked"),
    Scene("profiles-damaged", _damaged, (), "cannot be read"),
    Scene("first-run", _first_run, (), "Secrets go to the Secret Service"),
    Scene("first-run-no-keyring", _first_run_without_keyring, (), "There is no keyring here"),
    Scene("profile-form", _first_run, NEW_PROFILE, "what you call it"),
    Scene(
        "profile-form-odd",
        _first_run,
        (
            *NEW_PROFILE,
            Type("staging\teu-west-1_Kq3TzV9aB\t4f8k2mq0v7t1s9d3a6h5j8n1c\t"),
            Rests(),
            Type("\ttoo short"),
        ),
        "a client secret has 24 to 64",
    ),
    Scene(
        "profile-form-refused",
        _first_run,
        (*NEW_PROFILE, Type("staging\tnonsense"), Keys("enter")),
        "is not a user pool id",
    ),
    Scene(
        "profile-tested",
        _demo,
        (
            Keys("enter"),
            Sees("over what you typed"),
            Keys("f2"),
            Sees("Import from AWS"),
            Keys("e"),
            Sees("what you call it"),
            Keys("shift+tab shift+tab enter"),
        ),
        "Cognito accepted the hash",
    ),
    Scene("profile-delete", _machine, (Sees("keyring"), Keys("down d")), "is deleted from this machine"),
    Scene("import", _machine, (Sees("keyring"), Keys("down i"), Sees("acme-prod")), "eu-west-1"),
    Scene("import-pools", _account, POOLS, "Practice"),
    Scene(
        "import-clients",
        _account,
        (
            *(*CLIENTS, Keys("enter"), Sees("1 profile made"), Keys("i"), Sees("List the user pools")),
            *(Keys("enter"), Sees("● all 3"), Keys("enter"), Sees("● all 7"), Keys("down space down space")),
        ),
        "Import 2",
    ),
    Scene("imported", _account, (*CLIENTS, Keys("a enter")), "7 profiles made", toast=True),
    Scene("import-denied", _denied, IMPORTS, "cognito-idp:ListUserPools on"),
    Scene(
        "import-refused",
        _describes_nothing,
        (*IMPORTS, Sees("● all 1"), Keys("enter"), Sees("● all 2"), Keys("a enter")),
        "2 not",
    ),
    Scene("secret-unavailable", _locked, (Keys("down enter"), *ANA_SIGNS_IN), "Ask the keyring again"),
    Scene(
        "value",
        _demo,
        (Keys("enter"), Sees("SECRET_HASH"), Keys("f9"), Sees("Sent to your terminal"), Keys("f9")),
        "goes back",
    ),
    Scene("help", _demo, (Keys("enter"), Sees("SECRET_HASH"), Keys("f1")), "Left: what Cognito asks"),
    Scene("palette", _demo, (Keys("enter"), Sees("SECRET_HASH"), Keys("ctrl+p")), "that stands here"),
)
