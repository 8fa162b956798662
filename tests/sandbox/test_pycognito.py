"""pycognito signs in by SRP, over HTTP, as it would at Amazon's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime

import pytest
from botocore.exceptions import ClientError
from pycognito import Cognito
from pycognito.exceptions import (
    ForceChangePasswordException,
    SMSMFAChallengeException,
    SoftwareTokenMFAChallengeException,
)

from cognito_tui.cognito.model import Secret
from cognito_tui.sandbox.totp import SoftwareToken
from tests.sandbox.place import Place


@contextmanager
def cognito(place: Place, username: str, **settings: str) -> Iterator[Cognito]:
    who = place.who(username)
    client = place.sandbox.state.pools[who.user_pool_id].clients[who.client_id]
    secret = client.secrets[0].reveal() if client.secrets else None
    found = Cognito(
        who.user_pool_id,
        who.client_id,
        username=username,
        boto3_client_kwargs={"endpoint_url": place.server.endpoint_url},
        **{"client_secret": secret, **settings},
    )
    with closing(found.client):
        yield found


def password(place: Place, username: str) -> str:
    return place.who(username).password.reveal()


@pytest.mark.parametrize("username", ["ana", "zoe", "[/red]", "jay", "mia@example.com"])
def test_it_signs_in_with_and_without_a_secret_by_username_and_alias(place: Place, username: str) -> None:
    with cognito(place, username) as cognito_:
        cognito_.authenticate(password(place, username))
        assert cognito_.id_claims["aud"] == place.who(username).client_id
        assert cognito_.get_user().email_verified is True


@pytest.mark.parametrize("username", ["ana", "zoe"])
def test_it_is_refused_with_a_wrong_password(place: Place, username: str) -> None:
    with cognito(place, username) as cognito_, pytest.raises(ClientError) as caught:
        cognito_.authenticate("Wrong-made-up-1")
    error = caught.value.response["Error"]
    assert error == {"Code": "NotAuthorizedException", "Message": "Incorrect username or password."}


def test_it_is_refused_with_a_wrong_secret(place: Place) -> None:
    with (
        cognito(place, "ana", client_secret="x" * 51) as cognito_,
        pytest.raises(ClientError, match="Unable to verify secret hash for client"),
    ):
        cognito_.authenticate(password(place, "ana"))


@pytest.mark.parametrize("username", ["eva", "jon@example.com"])
def test_it_replaces_a_temporary_password(place: Place, username: str) -> None:
    with cognito(place, username) as cognito_:
        with pytest.raises(ForceChangePasswordException):
            cognito_.authenticate(password(place, username))
        cognito_.new_password_challenge(password(place, username), "Brand-new-1")
        assert cognito_.access_claims["token_use"] == "access"
        cognito_.authenticate("Brand-new-1")


def test_it_answers_with_the_code_of_an_authenticator_app(place: Place) -> None:
    secret = place.who("pia").totp_secret
    assert secret
    with cognito(place, "pia") as cognito_:
        with pytest.raises(SoftwareTokenMFAChallengeException):
            cognito_.authenticate(password(place, "pia"))
        code = SoftwareToken(secret).code(datetime.now(UTC))
        cognito_.respond_to_software_token_mfa_challenge(code)
        assert cognito_.id_claims["cognito:username"] == "pia"
        with pytest.raises(SoftwareTokenMFAChallengeException):
            cognito_.authenticate(password(place, "pia"))
        with pytest.raises(ClientError, match="already been used once"):
            cognito_.respond_to_software_token_mfa_challenge(code)


def test_it_answers_with_a_code_by_sms(place: Place) -> None:
    with cognito(place, "ida") as cognito_:
        with pytest.raises(SMSMFAChallengeException):
            cognito_.authenticate(password(place, "ida"))
        code = place.sandbox.state.outbox.messages[-1].code
        assert code
        with pytest.raises(ClientError, match="Invalid code or auth state"):
            cognito_.respond_to_sms_mfa_challenge("0")
        cognito_.respond_to_sms_mfa_challenge(code.reveal())
        assert cognito_.id_claims["cognito:username"] == "ida"


def test_it_sets_up_an_authenticator_app_by_its_access_token(place: Place) -> None:
    with cognito(place, "zoe") as cognito_:
        cognito_.authenticate(password(place, "zoe"))
        app = SoftwareToken(Secret(cognito_.associate_software_token()))
        assert cognito_.verify_software_token(app.code(datetime.now(UTC)))
        cognito_.set_user_mfa_preference(False, True, "SOFTWARE_TOKEN")
        with pytest.raises(SoftwareTokenMFAChallengeException):
            cognito_.authenticate(password(place, "zoe"))


def test_it_renews_its_tokens_and_signs_out(place: Place) -> None:
    with cognito(place, "ana") as cognito_:
        cognito_.authenticate(password(place, "ana"))
        before = cognito_.access_token
        cognito_.renew_access_token()
        assert cognito_.access_token != before
        cognito_.logout()
        cognito_.access_token = before
        with pytest.raises(ClientError, match="Access Token has been revoked"):
            cognito_.get_user()


def test_renewing_with_the_hash_of_an_alias_is_refused(place: Place) -> None:
    """Which is what it does, and what it is known for: the hash has to be over the canonical username."""
    with cognito(place, "mia@example.com") as cognito_:
        cognito_.authenticate(password(place, "mia@example.com"))
        with pytest.raises(ClientError, match="Unable to verify secret hash"):
            cognito_.renew_access_token()
        cognito_.username = cognito_.id_claims["cognito:username"]
        cognito_.renew_access_token()
