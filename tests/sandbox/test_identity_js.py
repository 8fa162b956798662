"""amazon-cognito-identity-js signs in, where node and the package are.

COGNITO_TUI_TESTS_IDENTITY_JS names a node_modules directory that has it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest

from cognito_tui.sandbox.totp import SoftwareToken
from tests.parts import REQUIRED
from tests.sandbox.place import Place

SCRIPT: Final = Path(__file__).with_name("identity.js")
MODULES: Final = os.environ.get("COGNITO_TUI_TESTS_IDENTITY_JS", "")
"""Read before the tests clean the environment."""


@pytest.fixture(autouse=True)
def identity_js() -> None:
    """Skip without it, or fail where it must be."""
    node, package = shutil.which("node"), Path(MODULES, "amazon-cognito-identity-js")
    if MODULES and node and package.is_dir():
        return
    reason = "needs node, and amazon-cognito-identity-js in COGNITO_TUI_TESTS_IDENTITY_JS"
    if "identity-js" in REQUIRED:
        pytest.fail(reason)
    pytest.skip(reason)


def outcome(place: Place, username: str, client_id: str, **plan: Any) -> dict[str, Any]:
    """What it was asked, and whose tokens it has or which error."""
    who = place.who(username)
    given = {
        "endpoint": place.server.endpoint_url,
        "pool": who.user_pool_id,
        "client": client_id,
        "username": username,
        "password": who.password.reveal(),
        "flow": "USER_SRP_AUTH",
        **plan,
    }
    done = subprocess.run(
        ["node", str(SCRIPT)],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "NODE_PATH": MODULES},
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def open_client(place: Place, username: str) -> str:
    """The client of `username` without its secret, for a browser keeps none."""
    who = place.who(username)
    clients = place.sandbox.state.pools[who.user_pool_id].clients
    clients["open"] = replace(clients[who.client_id], client_id="open", secrets=())
    return "open"


@pytest.mark.parametrize("username", ["ana", "[/red]", "mia@example.com"])
@pytest.mark.parametrize("flow", ["USER_SRP_AUTH", "USER_PASSWORD_AUTH"])
def test_it_signs_in(place: Place, username: str, flow: str) -> None:
    found = outcome(place, username, open_client(place, username), flow=flow)
    assert found["asked"] == ["tokens"]
    assert found["username"] == username or "@" in username


def test_it_is_refused_with_a_wrong_password(place: Place) -> None:
    found = outcome(place, "zoe", place.who("zoe").client_id, password="Wrong-made-up-1")
    assert found == {"asked": [], "error": "NotAuthorizedException: Incorrect username or password."}


def test_it_replaces_a_temporary_password(place: Place) -> None:
    found = outcome(
        place,
        "ben",
        open_client(place, "ben"),
        newPassword="Brand-new-1",
        attributes={"given_name": "Ben", "phone_number": "+351912345678"},
    )
    assert found == {
        "asked": ["NEW_PASSWORD_REQUIRED given_name,phone_number", "tokens"],
        "username": "ben",
    }


def test_it_answers_custom_challenges_after_srp(place: Place) -> None:
    client_id = open_client(place, "rio")
    found = outcome(place, "rio", client_id, flow="CUSTOM_AUTH", answers=["door", "piano", "cold"])
    rounds = ["1 of 2", "1 of 2", "2 of 2"]
    assert found["asked"] == [*(f"CUSTOM_CHALLENGE {each}" for each in rounds), "tokens"]


def test_its_device_is_remembered_and_refreshed(place: Place) -> None:
    """The second time the device is proven, no code is asked; to refresh it sends the device key."""
    secret = place.who("sol").totp_secret
    assert secret
    code = SoftwareToken(secret).code(datetime.now(UTC))
    found = outcome(place, "sol", open_client(place, "sol"), code=code, twice=True)
    assert found == {
        "asked": ["SOFTWARE_TOKEN_MFA", "tokens, device to confirm", "tokens", "refreshed"],
        "username": "sol",
    }
