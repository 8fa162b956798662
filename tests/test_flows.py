"""THE TABLE: every flow, with and without a secret, for usernames, aliases and e-mail addresses, and every
challenge that can follow, each walked to its tokens.

The app's own walk and its own client go through the sandbox's own server, which checks every SECRET_HASH.
What was hashed is held against a table that stands here: `typed` is what the person typed, `told` what
Cognito calls the user as soon as it has told so, `same` whichever of them the request before had.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count, product
from typing import Any, Final, TypeVar

import pytest

from cognito_tui.cognito.errors import Refused
from cognito_tui.cognito.flows.devices import confirm_device
from cognito_tui.cognito.flows.refresh import Refresh, get_tokens_from_refresh_token, refresh_token_auth
from cognito_tui.cognito.flows.sign_in import SignIn, sign_in
from cognito_tui.cognito.means import Means
from cognito_tui.cognito.model import AppClient, AuthFlow, Secret, Tokens, UserStatus
from cognito_tui.cognito.steps import Answers, Call, Flow, Prompt
from cognito_tui.cognito.tokens import claims
from cognito_tui.sandbox import pool as sandbox_pool
from cognito_tui.sandbox.challenges.custom import RIDDLES
from cognito_tui.sandbox.challenges.progress import CHALLENGES
from cognito_tui.sandbox.challenges.web_authn import pretended
from cognito_tui.sandbox.devices import DeviceTracking
from cognito_tui.sandbox.pool import User, UserPool
from cognito_tui.sandbox.sandbox import Sandbox
from cognito_tui.sandbox.server import SandboxServer
from cognito_tui.sandbox.totp import SoftwareToken
from cognito_tui.walk import THIS_MACHINE, Conversation, Reply, walk
from tests import moto_server
from tests.aws.calls import Sender
from tests.aws.conftest import direct_way  # noqa: F401 a fixture
from tests.sandbox.house import FLOWS, Clock, signing_key

T = TypeVar("T")

PASSWORD, NEW_PASSWORD = Secret("Ana-made-up-1"), Secret("Correct-Horse7")
CLIENT_SECRET = Secret("TheClientSecretOfTheTable")
TOTP = SoftwareToken(Secret("ANAMADEUPSECRETS"))
FACTORS: Final = ("SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP")

Step = tuple[str, str]
"""What an exchange is about, its flow, challenge or operation, and whose name it carries."""


@dataclass(frozen=True)
class Way:
    """A way to begin: what a `SignIn` is made with, what is chosen when asked, and the exchanges it takes.

    `leads_to` are the rows of AFTER that can follow.
    """

    name: str
    steps: tuple[Step, ...]
    leads_to: tuple[str, ...]
    settings: dict[str, Any] = field(default_factory=dict)
    choice: str = ""


@dataclass(frozen=True)
class After:
    """What stands between a first factor and the tokens: facts of the user, the kind of pool it takes."""

    steps: tuple[Step, ...]
    facts: dict[str, Any] = field(default_factory=dict)
    pool: str = "Usual"


AFTER: Final = {
    "nothing": After(()),
    "NEW_PASSWORD_REQUIRED": After(
        (("NEW_PASSWORD_REQUIRED", "told"),), {"status": UserStatus.FORCE_CHANGE_PASSWORD}
    ),
    "SMS_MFA": After((("SMS_MFA", "told"),), {"mfa": ("SMS_MFA",)}),
    "EMAIL_OTP": After((("EMAIL_OTP", "same"),), {"mfa": ("EMAIL_OTP",)}),
    "SOFTWARE_TOKEN_MFA": After((("SOFTWARE_TOKEN_MFA", "told"),), {"mfa": ("SOFTWARE_TOKEN_MFA",)}),
    "SELECT_MFA_TYPE": After((("SELECT_MFA_TYPE", "same"), ("SOFTWARE_TOKEN_MFA", "told")), {"mfa": FACTORS}),
    "MFA_SETUP": After(
        (("AssociateSoftwareToken", ""), ("VerifySoftwareToken", ""), ("MFA_SETUP", "same")),
        {"token": None},
        "Strict",
    ),
    "NEW_PASSWORD_REQUIRED and MFA_SETUP": After(
        (
            *(("NEW_PASSWORD_REQUIRED", "told"), ("AssociateSoftwareToken", "")),
            *(("VerifySoftwareToken", ""), ("MFA_SETUP", "told")),
        ),
        {"token": None, "status": UserStatus.FORCE_CHANGE_PASSWORD},
        "Strict",
    ),
    "DEVICE_SRP_AUTH": After(
        (("DEVICE_SRP_AUTH", "same"), ("DEVICE_PASSWORD_VERIFIER", "told")), pool="Tracking"
    ),
}

UNTRACKED = tuple(name for name in AFTER if name != "DEVICE_SRP_AUTH")
ALONE = ("nothing", "DEVICE_SRP_AUTH")
EVERYTHING = tuple(AFTER)
RIDDLED: tuple[Step, ...] = (("CUSTOM_CHALLENGE", "told"),) * len(RIDDLES)


def _choosing(name: str, *then: Step, leads_to: tuple[str, ...], **settings: Any) -> Way:
    steps = (("USER_AUTH", "typed"), ("SELECT_CHALLENGE", "typed"), *then)
    settings = {"auth_flow": AuthFlow.USER_AUTH, "password": Secret(""), **settings}
    return Way(f"USER_AUTH choosing {name}", steps, leads_to, settings, name)


def _preferring(name: str, *then: Step, leads_to: tuple[str, ...], **settings: Any) -> Way:
    asked = " and asked for it" if "password" in settings else ""
    settings = {"auth_flow": AuthFlow.USER_AUTH, "preferred_challenge": name, **settings}
    return Way(f"USER_AUTH preferring {name}{asked}", (("USER_AUTH", "typed"), *then), leads_to, settings)


def _admin(way: Way) -> Way:
    return replace(way, name=f"{way.name} by an admin", settings={**way.settings, "through_admin": True})


VERIFIER: Step = ("PASSWORD_VERIFIER", "told")
SRP = Way("USER_SRP_AUTH", (("USER_SRP_AUTH", "typed"), VERIFIER), EVERYTHING)
CUSTOM = Way("CUSTOM_AUTH", (("CUSTOM_AUTH", "typed"), *RIDDLED), ALONE, {"auth_flow": AuthFlow.CUSTOM_AUTH})
CUSTOM_SRP = Way(
    "CUSTOM_AUTH with SRP",
    (("CUSTOM_AUTH", "typed"), VERIFIER, *RIDDLED),
    ALONE,
    {"auth_flow": AuthFlow.CUSTOM_AUTH, "with_srp": True},
)
CHOOSING_SRP = _choosing("PASSWORD_SRP", VERIFIER, leads_to=EVERYTHING)
NOT_YET = Secret("")

WAYS: Final = (
    *(SRP, _admin(SRP), CUSTOM, _admin(CUSTOM), CUSTOM_SRP, _admin(CUSTOM_SRP)),
    *(
        Way(
            flow,
            ((flow, "typed"),),
            EVERYTHING if flow is AuthFlow.USER_PASSWORD_AUTH else UNTRACKED,
            {"auth_flow": flow},
        )
        for flow in (
            AuthFlow.USER_PASSWORD_AUTH,
            AuthFlow.ADMIN_USER_PASSWORD_AUTH,
            AuthFlow.ADMIN_NO_SRP_AUTH,
        )
    ),
    _choosing("PASSWORD", leads_to=EVERYTHING),
    *(CHOOSING_SRP, _admin(CHOOSING_SRP)),
    *(_choosing(name, (name, "typed"), leads_to=ALONE) for name in ("EMAIL_OTP", "SMS_OTP", "WEB_AUTHN")),
    _preferring("PASSWORD", leads_to=EVERYTHING),
    _preferring("PASSWORD", ("PASSWORD", "typed"), leads_to=EVERYTHING, password=NOT_YET),
    _preferring("PASSWORD_SRP", VERIFIER, leads_to=EVERYTHING),
    _preferring("PASSWORD_SRP", ("PASSWORD_SRP", "typed"), VERIFIER, leads_to=EVERYTHING, password=NOT_YET),
    *(_preferring(name, (name, "typed"), leads_to=ALONE) for name in ("EMAIL_OTP", "SMS_OTP", "WEB_AUTHN")),
)

KINDS: Final[dict[str, dict[str, Any]]] = {
    "Username": {},
    "Alias": {"alias_attributes": ("email",)},
    "Email": {"username_attributes": ("email",)},
}
"""What users sign in with, and what makes a pool so."""

POOLS: Final[dict[str, dict[str, Any]]] = {
    "Usual": {"mfa": "OPTIONAL", "mfa_factors": FACTORS},
    "Strict": {"mfa": "ON", "mfa_factors": ("SOFTWARE_TOKEN_MFA",)},
    "Tracking": {"devices": DeviceTracking()},
}


class Town:
    """A sandbox with nine user pools, two app clients in each, and somebody new for each row."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.sandbox = Sandbox(clock=self.clock, signing_key=signing_key())
        for (kind, taking), (name, settings) in product(KINDS.items(), POOLS.items()):
            pool = UserPool(
                f"local_{kind}{name}",
                name,
                self.clock(),
                first_factors=("PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"),
                custom_auth=True,
                **taking,
                **settings,
            )
            self.sandbox.state.pools[pool.pool_id] = pool
            for rotation in (None, 10):
                for secret in ((), (CLIENT_SECRET,)):
                    client = sandbox_pool.AppClient(
                        f"{pool.short_id}{'secret' if secret else 'open'}{rotation or ''}",
                        "a client",
                        self.clock(),
                        secrets=secret,
                        explicit_auth_flows=FLOWS if rotation is None else FLOWS[:-1],
                        prevent_user_existence_errors=True,
                        rotation=rotation,
                    )
                    pool.clients[client.client_id] = client
        self._numbers = count(1)

    def client(self, kind: str, pool: str, *, secret: bool, rotating: bool = False) -> AppClient:
        client_id = f"{kind}{pool}{'secret' if secret else 'open'}{10 if rotating else ''}"
        return AppClient(f"local_{kind}{pool}", client_id, CLIENT_SECRET if secret else None)

    def newcomer(self, kind: str, pool_id: str, **facts: Any) -> tuple[str, str]:
        """Somebody new; gives what they type, which is never quite what Cognito calls them, and that."""
        name = f"ana{next(self._numbers)}"
        address, sub = f"{name}@example.com", f"{name}-sub"
        username = sub if kind == "Email" else name
        settings = {
            "attributes": {
                "email": address,
                "email_verified": "true",
                "phone_number": "+351210000000",
                "phone_number_verified": "true",
            },
            "passwords": (PASSWORD,),
            "password_set": self.clock(),
            "token": TOTP,
            "passkeys": ("a-passkey-of-ana",),
            "status": UserStatus.CONFIRMED,
            **facts,
        }
        pool = self.sandbox.state.pools[pool_id]
        pool.put(User(username, sub, created=self.clock(), modified=self.clock(), **settings))
        return name.title() if kind == "Username" else address, username

    @property
    def means(self) -> Means:
        return Means(secrets.token_bytes, self.clock)


@dataclass
class Table:
    """Carries flows out against the town, and answers for whoever signs in."""

    town: Town
    sender: Sender

    async def walk(self, flow: Flow[T], choice: str = "") -> tuple[T, Conversation]:
        conversation = Conversation()

        async def send(call: Call) -> Reply:
            return self.sender.send(call)

        async def ask(prompt: Prompt) -> Answers:
            assert prompt.refused is None
            return self.answer(prompt, choice)

        return await walk(flow, call=conversation.recording(send), ask=ask), conversation

    def answer(self, prompt: Prompt, choice: str) -> Answers:
        parameters = prompt.challenge.parameters
        if prompt.software_token is not None:
            token = SoftwareToken(prompt.software_token.secret_code)
            return {"UserCode": Secret(token.code(self.town.clock()))}
        match prompt.challenge.name:
            case "SELECT_CHALLENGE":
                return {"ANSWER": choice}
            case "SELECT_MFA_TYPE":
                return {"ANSWER": "SOFTWARE_TOKEN_MFA"}
            case "PASSWORD" | "PASSWORD_SRP":
                return {"PASSWORD": PASSWORD}
            case "NEW_PASSWORD_REQUIRED":
                return {"NEW_PASSWORD": NEW_PASSWORD}
            case "SOFTWARE_TOKEN_MFA":
                return {"SOFTWARE_TOKEN_MFA_CODE": TOTP.code(self.town.clock())}
            case "SMS_MFA" | "EMAIL_OTP" | "SMS_OTP" as name:
                code = self.town.sandbox.state.outbox.messages[-1].code
                assert code
                return {f"{name}_CODE": code}
            case "CUSTOM_CHALLENGE":
                return {"ANSWER": dict(RIDDLES)[parameters["riddle"]]}
            case "WEB_AUTHN":
                return {"CREDENTIAL": Secret(pretended(parameters["CREDENTIAL_REQUEST_OPTIONS"]))}
            case unknown:
                raise AssertionError(unknown)


@pytest.fixture(scope="module")
def table() -> Iterator[Table]:
    """Served once for all rows; everybody signs in as a user of their own."""
    town = Town()
    with SandboxServer(town.sandbox) as server:
        yield Table(town, Sender(server.endpoint_url))


def names_sent(conversation: Conversation) -> list[Step]:
    """Of each exchange what it is about and its USERNAME, empty where it has none."""
    found = []
    for exchange in conversation.exchanges:
        params = exchange.call.params
        sent = params.get("AuthParameters") or params.get("ChallengeResponses") or {}
        found.append((exchange.call.about or exchange.call.operation, sent.get("USERNAME", "")))
    return found


def names_hashed(conversation: Conversation) -> list[str]:
    """Of each exchange over whose name its SECRET_HASH is, empty where it has none."""
    return [each.call.hashed.username if each.call.hashed else "" for each in conversation.exchanges]


def expected(steps: Sequence[Step], typed: str, told: str) -> list[Step]:
    """`steps` with the names of somebody."""
    found: list[Step] = []
    before = typed
    for about, who in steps:
        name = {"typed": typed, "told": told, "same": before, "": ""}[who]
        before = name or before
        found.append((about, name))
    return found


ROWS: Final = [
    pytest.param(
        way, kind, secret, after, id=f"{way.name}-{'secret' if secret else 'no secret'}-{kind}-{after}"
    )
    for way, kind, secret in product(WAYS, KINDS, (False, True))
    for after in way.leads_to
]


@pytest.mark.parametrize(("way", "kind", "secret", "after"), ROWS)
async def test_every_way_leads_to_tokens(table: Table, way: Way, kind: str, secret: bool, after: str) -> None:
    row = AFTER[after]
    client = table.town.client(kind, row.pool, secret=secret)
    typed, told = table.town.newcomer(kind, client.user_pool_id, **row.facts)
    start = SignIn(client, typed, **{"password": PASSWORD, **way.settings})
    if after == "DEVICE_SRP_AUTH":
        tokens, _ = await table.walk(sign_in(start, table.town.means), way.choice)
        start = replace(start, device=await remembered(table, tokens))
    tokens, conversation = await table.walk(sign_in(start, table.town.means), way.choice)

    names = expected((*way.steps, *row.steps), typed, told)
    assert names_sent(conversation) == names
    assert names_hashed(conversation) == [name if secret else "" for _about, name in names]
    operations = {each.call.operation for each in conversation.exchanges}
    assert any(each.startswith("Admin") for each in operations) == start.admin
    assert all(tokens.token(name) for name in ("IdToken", "AccessToken", "RefreshToken"))
    assert tokens.username == claims(tokens.token("AccessToken"))["username"] == told
    assert tokens.lost_device == ""


async def remembered(table: Table, tokens: Tokens) -> Any:
    access_token, device = tokens.token("AccessToken"), tokens.new_device
    assert access_token
    assert device
    confirmed, _ = await table.walk(confirm_device(access_token, device, table.town.means))
    return confirmed.device


def test_the_table_is_whole() -> None:
    """Every flow and every challenge that the sandbox knows has a row."""
    about = {name for way in WAYS for name, _ in way.steps}
    about |= {name for row in AFTER.values() for name, _ in row.steps}
    refreshing = {AuthFlow.REFRESH_TOKEN_AUTH, AuthFlow.REFRESH_TOKEN}
    assert set(AuthFlow) - refreshing <= about
    assert set(CHALLENGES) <= about


REFRESHING: Final = {
    "GetTokensFromRefreshToken": (get_tokens_from_refresh_token, False),
    "REFRESH_TOKEN_AUTH": (refresh_token_auth, True),
    "REFRESH_TOKEN": (lambda refresh: refresh_token_auth(refresh, AuthFlow.REFRESH_TOKEN), True),
    "REFRESH_TOKEN_AUTH by an admin": (lambda refresh: refresh_token_auth(refresh, admin=True), True),
}
"""Each way to refresh, and whether it has a SECRET_HASH."""


class TestRefreshing:
    @pytest.mark.parametrize("with_device", [False, True], ids=["no device", "device"])
    @pytest.mark.parametrize("secret", [False, True], ids=["no secret", "secret"])
    @pytest.mark.parametrize("kind", KINDS)
    @pytest.mark.parametrize("way", REFRESHING)
    async def test_hashes_what_the_access_token_says(
        self, table: Table, way: str, kind: str, secret: bool, with_device: bool
    ) -> None:
        flow, hashes = REFRESHING[way]
        pool = "Tracking" if with_device else "Usual"
        tokens, client, told = await signed_in(table, kind, pool, secret=secret)
        token, key = tokens.token("RefreshToken"), ""
        assert token
        if with_device:
            key = (await remembered(table, tokens)).key
        refreshed, conversation = await table.walk(flow(Refresh(client, token, tokens.username, key)))
        assert names_hashed(conversation) == [told if secret and hashes else ""]
        assert refreshed.username == told
        assert refreshed.token("AccessToken") != tokens.token("AccessToken")

    @pytest.mark.parametrize("secret", [False, True], ids=["no secret", "secret"])
    @pytest.mark.parametrize("kind", KINDS)
    async def test_where_refresh_tokens_rotate_each_is_good_once(
        self, table: Table, kind: str, secret: bool
    ) -> None:
        tokens, client, _told = await signed_in(table, kind, secret=secret, rotating=True)
        for _ in range(3):
            token = tokens.token("RefreshToken")
            assert token
            tokens, _ = await table.walk(get_tokens_from_refresh_token(Refresh(client, token)))
            assert tokens.token("RefreshToken") != token

    @pytest.mark.parametrize("kind", ["Alias", "Email"])
    async def test_over_the_alias_it_would_be_refused(self, table: Table, kind: str) -> None:
        tokens, client, told = await signed_in(table, kind, secret=True)
        token = tokens.token("RefreshToken")
        assert token
        alias = f"{told.removesuffix('-sub')}@example.com"
        with pytest.raises(Refused, match="Unable to verify secret hash"):
            await table.walk(refresh_token_auth(Refresh(client, token, alias)))


async def signed_in(
    table: Table, kind: str, pool: str = "Usual", *, secret: bool, rotating: bool = False
) -> tuple[Tokens, AppClient, str]:
    client = table.town.client(kind, pool, secret=secret, rotating=rotating)
    typed, told = table.town.newcomer(kind, client.user_pool_id)
    start = SignIn(client, typed, PASSWORD, AuthFlow.USER_PASSWORD_AUTH)
    tokens, _ = await table.walk(sign_in(start, table.town.means))
    return tokens, client, told


@pytest.fixture(scope="module")
def moto() -> Iterator[str]:
    """Started once: it takes seconds."""
    with moto_server.running() as url:
        yield url


class TestAgainstMoto:
    """Where moto is right: password flows, NEW_PASSWORD_REQUIRED, the hash of USER_SRP_AUTH and of a refresh.

    It checks no proof and no other hash.
    """

    @pytest.fixture(params=[False, True], ids=["no secret", "secret"])
    def client(self, moto: str, request: pytest.FixtureRequest) -> AppClient:
        """Of a pool of its own, where `ana` is confirmed and `ben` is not."""
        cognito = moto_server.client(moto)
        pool = cognito.create_user_pool(PoolName="table")["UserPool"]["Id"]
        flows = [
            f"ALLOW_{flow}" for flow in ("USER_PASSWORD_AUTH", "ADMIN_USER_PASSWORD_AUTH", "USER_SRP_AUTH")
        ]
        made = cognito.create_user_pool_client(
            UserPoolId=pool,
            ClientName="web",
            GenerateSecret=request.param,
            ExplicitAuthFlows=[*flows, "ALLOW_REFRESH_TOKEN_AUTH"],
        )["UserPoolClient"]
        for username in ("ana", "ben"):
            cognito.admin_create_user(UserPoolId=pool, Username=username, TemporaryPassword=PASSWORD.reveal())
        cognito.admin_set_user_password(
            UserPoolId=pool, Username="ana", Password=PASSWORD.reveal(), Permanent=True
        )
        secret = Secret(made["ClientSecret"]) if request.param else None
        return AppClient(pool, made["ClientId"], secret)

    async def walk(self, moto: str, flow: Flow[T]) -> tuple[T, Conversation]:
        conversation, sender = Conversation(), Sender(moto)

        async def send(call: Call) -> Reply:
            return sender.send(call)

        async def ask(prompt: Prompt) -> Answers:
            assert prompt.challenge.name == "NEW_PASSWORD_REQUIRED"
            return {"NEW_PASSWORD": NEW_PASSWORD}

        return await walk(flow, call=conversation.recording(send), ask=ask), conversation

    @pytest.mark.parametrize("username", ["ana", "ben"])
    @pytest.mark.parametrize(
        "flow",
        [AuthFlow.USER_PASSWORD_AUTH, AuthFlow.ADMIN_USER_PASSWORD_AUTH, AuthFlow.ADMIN_NO_SRP_AUTH],
    )
    async def test_password_flows_lead_to_tokens(
        self, moto: str, client: AppClient, flow: AuthFlow, username: str
    ) -> None:
        start = SignIn(client, username, PASSWORD, flow)
        tokens, conversation = await self.walk(moto, sign_in(start, THIS_MACHINE))
        asked = [] if username == "ana" else ["NEW_PASSWORD_REQUIRED"]
        assert names_sent(conversation) == [(each, username) for each in (str(flow), *asked)]
        assert tokens.token("AccessToken")
        assert tokens.username == username

    async def test_the_hash_of_user_srp_auth_is_right(self, moto: str, client: AppClient) -> None:
        reply = Sender(moto).send(SignIn(client, "ana", PASSWORD).first_call("abcdef"))
        assert reply.body["ChallengeName"] == "PASSWORD_VERIFIER"

    @pytest.mark.parametrize("client", [True], ids=["secret"], indirect=True)
    async def test_a_wrong_one_is_refused(self, moto: str, client: AppClient) -> None:
        wrong = replace(client, secret=CLIENT_SECRET)
        with pytest.raises(Refused, match=r"=$"):  # moto says nothing but the hash
            Sender(moto).send(SignIn(wrong, "ana", PASSWORD).first_call("abcdef"))

    @pytest.mark.parametrize("flow", [AuthFlow.REFRESH_TOKEN_AUTH, AuthFlow.REFRESH_TOKEN])
    async def test_the_hash_of_refreshing_is_right(
        self, moto: str, client: AppClient, flow: AuthFlow
    ) -> None:
        start = SignIn(client, "ana", PASSWORD, AuthFlow.USER_PASSWORD_AUTH)
        tokens, _ = await self.walk(moto, sign_in(start, THIS_MACHINE))
        token = tokens.token("RefreshToken")
        assert token
        refresh = Refresh(client, token, tokens.username)
        refreshed, conversation = await self.walk(moto, refresh_token_auth(refresh, flow))
        assert names_hashed(conversation) == ["ana" if client.secret else ""]
        assert refreshed.token("AccessToken")
        if client.secret:
            with pytest.raises(Refused):
                await self.walk(moto, refresh_token_auth(replace(refresh, username="ben"), flow))
