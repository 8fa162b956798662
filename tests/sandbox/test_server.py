"""The sandbox over HTTP, with other people's clients and with hostile ones."""

from __future__ import annotations

import json
import os
import subprocess
from contextlib import closing
from http.client import HTTPConnection, HTTPResponse
from typing import Any

import jwt
import pytest
from botocore.exceptions import ClientError
from pycognito import Cognito
from pycognito.aws_srp import AWSSRP

from cognito_tui.cognito import requests, snippets
from cognito_tui.cognito.snippets import Where
from cognito_tui.sandbox.sandbox import Sandbox
from cognito_tui.sandbox.seed import Inhabitant
from cognito_tui.sandbox.server import SandboxServer
from tests.parts import need
from tests.sandbox.place import Place

TARGET = "AWSCognitoIdentityProviderService."


class TestBoto3:
    def test_it_walks_a_user_known_by_e_mail_from_a_temporary_password_to_tokens(self, place: Place) -> None:
        jon = place.who("jon@example.com")
        secret, client_id = place.secret(jon), jon.client_id
        with place.boto3(signed=False) as cognito:
            challenge = cognito.initiate_auth(
                ClientId=client_id,
                AuthFlow="USER_PASSWORD_AUTH",
                AuthParameters={
                    "USERNAME": jon.username,
                    "PASSWORD": jon.password.reveal(),
                    "SECRET_HASH": AWSSRP.get_secret_hash(jon.username, client_id, secret),
                },
            )
            canonical = challenge["ChallengeParameters"]["USER_ID_FOR_SRP"]
            assert canonical != jon.username
            answer = cognito.respond_to_auth_challenge(
                ClientId=client_id,
                ChallengeName=challenge["ChallengeName"],
                Session=challenge["Session"],
                ChallengeResponses={
                    "USERNAME": canonical,
                    "NEW_PASSWORD": "Brand-new-1",
                    "SECRET_HASH": AWSSRP.get_secret_hash(canonical, client_id, secret),
                },
            )
            token = answer["AuthenticationResult"]["AccessToken"]
            assert cognito.get_user(AccessToken=token)["Username"] == canonical
        with place.boto3(signed=True) as cognito:
            user = cognito.admin_get_user(UserPoolId=jon.user_pool_id, Username=canonical)
            assert user["UserStatus"] == "CONFIRMED"
            assert user["UserLastModifiedDate"] > user["UserCreateDate"]

    def test_an_error_is_an_exception_of_the_model_with_a_request_id(self, place: Place) -> None:
        with place.boto3(signed=True) as cognito:
            with pytest.raises(cognito.exceptions.UserNotFoundException) as caught:
                cognito.admin_get_user(UserPoolId="local_Practice1", Username="nobody")
            answer = caught.value.response
            assert answer["Error"] == {"Code": "UserNotFoundException", "Message": "User does not exist."}
            assert answer["ResponseMetadata"]["HTTPStatusCode"] == 400
            assert len(answer["ResponseMetadata"]["RequestId"]) == 36

    def test_an_unsigned_request_is_not_for_administrators(self, place: Place) -> None:
        with place.boto3(signed=False) as cognito, pytest.raises(ClientError) as caught:
            cognito.list_users(UserPoolId="local_Practice1")
        assert caught.value.response["Error"] == {
            "Code": "MissingAuthenticationTokenException",
            "Message": "Missing Authentication Token",
        }

    def test_its_paginators_find_everybody(self, place: Place) -> None:
        with place.boto3(signed=True) as cognito:
            pages = cognito.get_paginator("list_users").paginate(
                UserPoolId="local_Practice1", PaginationConfig={"PageSize": 3}
            )
            usernames = [user["Username"] for page in pages for user in page["Users"]]
            pools = [each["Id"] for each in cognito.list_user_pools(MaxResults=60)["UserPools"]]
        assert usernames == [
            each.username for each in place.seed.inhabitants if each.user_pool_id == "local_Practice1"
        ]
        assert pools == ["local_Practice1", "local_EmailPool", "local_SecurePool"]

    def test_every_answer_has_the_shape_of_the_model(self, place: Place) -> None:
        """botocore drops what it does not know, so nothing may be lost on the way."""
        with place.boto3(signed=True) as cognito:
            for pool in place.seed.pools:
                assert cognito.describe_user_pool(UserPoolId=pool.pool_id)["UserPool"].keys() == (
                    place.sandbox.answer("DescribeUserPool", {"UserPoolId": pool.pool_id}, authorized=True)[
                        "UserPool"
                    ].keys()
                )
                for client_id in pool.clients:
                    params = {"UserPoolId": pool.pool_id, "ClientId": client_id}
                    ours = place.sandbox.answer("DescribeUserPoolClient", params, authorized=True)
                    theirs = cognito.describe_user_pool_client(**params)
                    assert theirs["UserPoolClient"].keys() == ours["UserPoolClient"].keys()


def test_the_curl_command_of_a_signed_call_is_answered_and_has_no_credentials_in_its_arguments(
    place: Place,
) -> None:
    need("bash")
    need("curl")
    keys = {
        "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "hunter2-SECRET",
        "AWS_SESSION_TOKEN": "hunter2-TOKEN",
    }
    where = Where("local", f"http://127.0.0.1:{place.port}")
    command = snippets.curl(requests.describe_user_pool("local_Practice1"), where, show=True)
    done = subprocess.run(
        ["bash", "-c", f"set -x\n{command}\n"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **keys},
    )
    assert json.loads(done.stdout)["UserPool"]["Id"] == "local_Practice1"
    [started] = [line for line in done.stderr.splitlines() if line.startswith("+ curl")]
    assert "aws-sigv4" in started
    assert "hunter2" not in started


class TestPycognito:
    def cognito(self, place: Place, who: Inhabitant) -> Cognito:
        return Cognito(
            who.user_pool_id,
            who.client_id,
            username=who.username,
            client_secret=place.secret(who),
            access_key="AKIAEXAMPLE",
            secret_key="example",
            boto3_client_kwargs={"endpoint_url": place.server.endpoint_url},
        )

    @pytest.mark.parametrize("username", ["ana", "[/red]", "mia@example.com"])
    def test_admin_authenticate_gives_tokens_it_has_verified(self, place: Place, username: str) -> None:
        who = place.who(username)
        cognito = self.cognito(place, who)
        with closing(cognito.client):
            cognito.admin_authenticate(who.password.reveal())
            assert cognito.token_type == "Bearer"
            assert cognito.id_claims["aud"] == who.client_id
            assert cognito.access_claims["token_use"] == "access"
            assert cognito.get_user().email_verified is True

    def test_it_is_refused_with_a_wrong_secret(self, place: Place) -> None:
        ana = place.who("ana")
        cognito = self.cognito(place, ana)
        cognito.client_secret = "x" * 51
        with closing(cognito.client), pytest.raises(ClientError, match="Unable to verify secret hash"):
            cognito.admin_authenticate(ana.password.reveal())

    def test_its_administration_frees_a_user_and_lists_the_others(self, place: Place) -> None:
        lea = place.who("lea")
        cognito = self.cognito(place, lea)
        with closing(cognito.client):
            with pytest.raises(ClientError, match="User is disabled"):
                cognito.admin_authenticate(lea.password.reveal())
            cognito.admin_enable_user("lea")
            cognito.admin_authenticate(lea.password.reveal())
            assert cognito.admin_get_user().user_status == "CONFIRMED"
            cognito.admin_create_user("new", temporary_password="Temporary-1", email="new@example.com")
            assert "new" in [user.username for user in cognito.get_users()]


def test_a_token_is_verified_by_the_keys_at_its_issuer(place: Place) -> None:
    ana = place.who("zoe")
    answer = place.sandbox.answer(
        "InitiateAuth",
        {
            "ClientId": ana.client_id,
            "AuthFlow": "USER_PASSWORD_AUTH",
            "AuthParameters": {"USERNAME": ana.username, "PASSWORD": ana.password.reveal()},
        },
    )
    token = answer["AuthenticationResult"]["IdToken"]
    issuer = jwt.decode(token, options={"verify_signature": False})["iss"]
    assert issuer == f"{place.server.endpoint_url}/{ana.user_pool_id}"
    keys = jwt.PyJWKClient(f"{issuer}/.well-known/jwks.json")
    key = keys.get_signing_key_from_jwt(token)
    assert jwt.decode(token, key, algorithms=["RS256"], audience=ana.client_id, issuer=issuer)


def post(
    connection: HTTPConnection, body: bytes, operation: str = "GetUser", **headers: str
) -> tuple[HTTPResponse, dict[str, Any]]:
    """POST `body`; header names with underscores for dashes."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request("POST", "/", body, {"X-Amz-Target": TARGET + operation, **named})
    response = connection.getresponse()
    return response, json.loads(response.read())


class TestHostileClients:
    @pytest.mark.parametrize(
        "body", [b"{", b"\xff", b"nonsense", b"[]", b"1" * 5000, b"[" * 100_000, b'"text"', b"{'a': 1}"]
    )
    def test_a_body_that_is_no_json_object_does_not_parse(self, place: Place, body: bytes) -> None:
        with closing(place.connection()) as connection:
            response, error = post(connection, body)
            assert (response.status, error["__type"]) == (400, "SerializationException")
            assert response.headers["x-amzn-ErrorType"] == "SerializationException"
            assert response.headers["x-amzn-ErrorMessage"] == error["message"]

    def test_the_connection_stays_open_for_the_next_request(self, place: Place) -> None:
        with closing(place.connection()) as connection:
            post(connection, b"{")
            ours = connection.sock
            post(connection, b"{}")
            assert connection.sock is ours

    def test_an_empty_body_is_an_empty_request(self, place: Place) -> None:
        with closing(place.connection()) as connection:
            _response, error = post(connection, b"")
            assert error["__type"] == "InvalidParameterException"

    @pytest.mark.parametrize(
        "target", ["", "GetUser", "Other.GetUser", TARGET, TARGET + "getUser", TARGET + "X"]
    )
    def test_a_target_nobody_knows_is_an_unknown_operation(self, place: Place, target: str) -> None:
        with closing(place.connection()) as connection:
            response, error = post(connection, b"{}", X_Amz_Target=target)
            assert (response.status, error["__type"]) == (400, "UnknownOperationException")

    def test_so_is_no_target_at_all_and_any_other_path(self, place: Place) -> None:
        with closing(place.connection()) as connection:
            for path, headers in (("/", {}), ("/x", {"X-Amz-Target": TARGET + "GetUser"})):
                connection.request("POST", path, b"{}", headers)
                assert b"UnknownOperationException" in connection.getresponse().read()

    @pytest.mark.parametrize(
        "authorization",
        [
            "",
            "Basic YTpi",
            "AWS4-HMAC-SHA256",
            "AWS4-HMAC-SHA256 Credential=A/20260301/local/cognito-idp/aws4_request, SignedHeaders=host",
        ],
    )
    def test_an_authorization_that_is_no_sigv4_does_not_count(self, place: Place, authorization: str) -> None:
        with closing(place.connection()) as connection:
            _response, error = post(
                connection, b'{"MaxResults": 1}', "ListUserPools", Authorization=authorization
            )
            assert error["__type"] == "MissingAuthenticationTokenException"

    @pytest.mark.parametrize(
        ("length", "status"), [("1048577", 413), ("9" * 18, 413), ("-1", 411), ("x", 411), ("9" * 5000, 411)]
    )
    def test_a_body_that_is_too_long_is_not_even_read(self, place: Place, length: str, status: int) -> None:
        with closing(place.connection()) as connection:
            connection.putrequest("POST", "/")
            connection.putheader("Content-Length", length)
            connection.endheaders()
            response = connection.getresponse()
            assert response.status == status
            assert response.headers["Connection"] == "close"
            assert json.loads(response.read())["__type"] == "MalformedHttpRequestException"

    def test_whoever_sends_it_all_the_same_reads_the_answer(self, place: Place) -> None:
        with closing(place.connection()) as connection:
            response, error = post(connection, b"x" * (8 << 20))
            assert (response.status, error["__type"]) == (413, "MalformedHttpRequestException")

    def test_a_body_of_unknown_length_is_refused(self, place: Place) -> None:
        with closing(place.connection()) as connection:
            connection.request("POST", "/", iter([b"{}"]), encode_chunked=True)
            assert connection.getresponse().status == 411

    @pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH", "NONSENSE"])
    def test_another_method_is_refused(self, place: Place, method: str) -> None:
        with closing(place.connection()) as connection:
            connection.request(method, "/")
            response = connection.getresponse()
            assert response.status == 501
            assert json.loads(response.read())["__type"] == "MalformedHttpRequestException"

    @pytest.mark.parametrize(
        "path", ["/", "/etc/passwd", "/local_Practice1", "/../x", "/local_Nobody/.well-known/jwks.json"]
    )
    def test_there_is_nothing_else_to_get(self, place: Place, path: str) -> None:
        with closing(place.connection()) as connection:
            connection.request("GET", path)
            response = connection.getresponse()
            assert response.status == 404
            assert json.loads(response.read())["__type"] == "ResourceNotFoundException"

    def test_noise_is_answered_with_an_error_and_silence_with_nothing(
        self, place: Place, capfd: pytest.CaptureFixture[str]
    ) -> None:
        with place.socket() as noise:
            noise.sendall(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 nonsense\r\n\r\n")
            assert noise.recv(12).startswith(b"HTTP/1.1 400")
        place.socket().close()
        with closing(place.connection()) as connection:
            post(connection, b"{}")
        assert capfd.readouterr() == ("", "")

    def test_a_name_with_line_breaks_makes_no_headers(self, place: Place) -> None:
        attributes = [{"Name": "custom:a\r\nSet-Cookie: x=ü", "Value": "1"}]
        params = {"UserPoolId": "local_Practice1", "Username": "new", "UserAttributes": attributes}
        with place.boto3(signed=True) as cognito, pytest.raises(ClientError) as caught:
            cognito.admin_create_user(**params)
        answer = caught.value.response
        assert "\r\nSet-Cookie: x=ü" in answer["Error"]["Message"]
        assert "set-cookie" not in answer["ResponseMetadata"]["HTTPHeaders"]


def test_a_flaw_of_the_sandbox_is_an_internal_error_and_tells_nothing(place: Place) -> None:
    del place.sandbox.state.pools["local_Practice1"].clients  # a flaw nobody could plan
    params = json.dumps({"ClientId": "abc", "AuthFlow": "USER_PASSWORD_AUTH"}).encode()
    with closing(place.connection()) as connection:
        response, error = post(connection, params, "InitiateAuth")
    assert response.status == 500
    assert error == {"__type": "InternalErrorException", "message": "A flaw in the sandbox: AttributeError"}


def test_head_and_body_of_an_answer_come_together(place: Place) -> None:
    """Sent apart, the second waits some 40 ms until the first has been acknowledged."""
    request = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nX-Amz-Target: x\r\n\r\n{}"
    with place.socket() as connection:
        connection.sendall(request)
        assert connection.recv(65536).endswith(b"}")


def test_afterwards_nobody_is_answered_any_more() -> None:
    place = Place()
    with closing(place.connection()) as connection:
        with place.server:
            post(connection, b"{}")
        with pytest.raises(OSError, match=r"reset|closed|Broken"):
            post(connection, b"{}")
    with closing(place.connection()) as connection, pytest.raises(ConnectionRefusedError):
        connection.connect()


def test_one_that_was_never_started_can_be_stopped() -> None:
    SandboxServer(Sandbox()).stop()


def test_a_port_can_be_chosen_and_is_then_taken(place: Place) -> None:
    with pytest.raises(OSError, match="in use"):
        SandboxServer(Sandbox(), place.port)
