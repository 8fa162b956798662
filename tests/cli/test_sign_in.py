"""`cognito-tui sign-in`: what it sends, what it prints, and how it ends."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from cognito_tui.cognito.model import Secret, UserStatus
from cognito_tui.cognito.tokens import claims
from cognito_tui.sandbox.devices import Device
from cognito_tui.sandbox.srp import Verifier
from tests.aws import garbage
from tests.aws.listener import Listener, answer, listening, nobody_at, refusal
from tests.cli.running import Ran, alone, here
from tests.cli.served import NEW_PASSWORD, Served
from tests.dialogue import TOKENS, new_password_required
from tests.sandbox.house import secret_hash

CLIENT = ("--user-pool-id", "local_Testing1", "--client-id", "someclient")
FLOW = ("--flow", "USER_PASSWORD_AUTH")
PASSWORD = json.dumps({"PASSWORD": "Sentinel-password-1"})
BEN = {
    "PASSWORD": "Ben-temporary-1",
    "NEW_PASSWORD": NEW_PASSWORD,
    "userAttributes.given_name": "Ben",
    "userAttributes.phone_number": "+351912345678",
}


def sign_in(*options: str, stdin: str = PASSWORD) -> Ran:
    return here("sign-in", "--username", "ana", *CLIENT, "--answers", "-", *options, stdin=stdin)


def sign_in_at(listener: Listener, *options: str, stdin: str = PASSWORD) -> Ran:
    return sign_in("--endpoint-url", listener.url, *options, stdin=stdin)


class TestToTokens:
    def test_with_a_password(self, served: Served) -> None:
        stdin = served.stdin("ana", '{"PASSWORD": "Ana-made-up-1"}')
        result = here(*served.sign_in("ana"), stdin=stdin).json()
        assert set(result) == {"AccessToken", "ExpiresIn", "IdToken", "RefreshToken", "TokenType"}
        assert claims(Secret(result["AccessToken"]))["username"] == "ana"

    def test_of_a_client_without_a_secret(self, served: Served) -> None:
        assert here(*served.sign_in("zoe"), stdin='{"PASSWORD": "Zoe-made-up-1"}').status == 0

    def test_by_an_alias(self, served: Served) -> None:
        """The first request is hashed over the e-mail address, the next over the username Cognito tells."""
        answers = {"PASSWORD": "Jon-temporary-1", "NEW_PASSWORD": NEW_PASSWORD}
        stdin = served.stdin("jon@example.com", json.dumps(answers))
        result = here(*served.sign_in("jon@example.com"), stdin=stdin).json()
        assert "@" not in claims(Secret(result["AccessToken"]))["username"]

    def test_through_new_password_required(self, served: Served) -> None:
        result = here(*served.sign_in("ben"), stdin=served.stdin("ben", json.dumps(BEN))).json()
        assert claims(Secret(result["IdToken"]))["given_name"] == "Ben"
        assert served.status("ben") is UserStatus.CONFIRMED

    @pytest.mark.parametrize("flow", ["ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"])
    def test_as_an_admin(self, served: Served, flow: str) -> None:
        stdin = served.stdin("ben", json.dumps(BEN))
        assert here(*served.sign_in("ben"), "--flow", flow, stdin=stdin).status == 0
        assert served.status("ben") is UserStatus.CONFIRMED

    @pytest.mark.parametrize(
        ("username", "options", "answers"),
        [
            ("jay", ("--flow", "USER_SRP_AUTH"), {}),
            ("jay", ("--flow", "USER_SRP_AUTH", "--admin"), {}),
            ("rio", ("--flow", "CUSTOM_AUTH"), {"PASSWORD": [], "ANSWER": ["organ", "piano", "cold"]}),
            (
                "rio",
                ("--flow", "CUSTOM_AUTH", "--preferred-challenge", "PASSWORD_SRP"),
                {"CUSTOM_CHALLENGE.ANSWER": ["piano", "cold"]},
            ),
            ("ada", ("--flow", "USER_AUTH"), {"ANSWER": "PASSWORD"}),
            ("ada", ("--flow", "USER_AUTH", "--admin"), {"SELECT_CHALLENGE.ANSWER": "PASSWORD_SRP"}),
            ("ada", ("--flow", "USER_AUTH", "--preferred-challenge", "PASSWORD"), {}),
            ("ada", ("--flow", "USER_AUTH", "--preferred-challenge", "PASSWORD_SRP"), {}),
        ],
    )
    def test_by_every_flow(
        self, served: Served, username: str, options: tuple[str, ...], answers: dict[str, object]
    ) -> None:
        given = {"PASSWORD": served.password(username), **answers}
        ran = here(*served.sign_in(username), *options, stdin=served.stdin(username, json.dumps(given)))
        assert ran.status == 0
        assert claims(Secret(json.loads(ran.out)["AccessToken"]))["username"] == username

    def test_with_a_device_in_the_place_of_a_code(self, served: Served) -> None:
        pool = served.sandbox.state.pools[served.pool_id("sol")]
        sol, now = pool.find("sol"), served.sandbox.state.clock()
        assert sol
        verifier = Verifier.of("-groupKEY", "made up by the device", 5)
        pool.put(sol.with_device(Device("KEY", "-group", now, now, now, verifier=verifier, remembered=True)))
        answers = {
            "PASSWORD": "Sol-made-up-1",
            "DEVICE_GROUP_KEY": "-group",
            "DEVICE_PASSWORD": "made up by the device",
        }
        command = (*served.sign_in("sol"), "--flow", "USER_SRP_AUTH", "--device-key", "KEY")
        result = here(*command, stdin=served.stdin("sol", json.dumps(answers))).json()
        assert "NewDeviceMetadata" not in result

    def test_with_answers_from_a_file(self, served: Served, tmp_path: Path) -> None:
        file = tmp_path / "answers.json"
        file.write_text('{"PASSWORD": "Zoe-made-up-1"}')
        ran = here("sign-in", "--username", "zoe", *served.options("zoe"), *FLOW, "--answers", str(file))
        assert ran.status == 0


class TestTheRequest:
    def request(self, *options: str, stdin: str = PASSWORD) -> tuple[str, dict[str, object]]:
        with listening(answer(TOKENS)) as listener:
            assert sign_in_at(listener, *options, stdin=stdin).status == 0
        (request,) = listener.requests
        return request.operation, request.params

    def test_is_user_srp_auth_unless_something_else_is_said(self) -> None:
        operation, params = self.request()
        parameters = params["AuthParameters"]
        assert isinstance(parameters, dict)
        assert (operation, params["AuthFlow"]) == ("InitiateAuth", "USER_SRP_AUTH")
        assert set(parameters) == {"USERNAME", "SRP_A"}
        assert int(parameters["SRP_A"], 16)

    def test_sends_the_password_where_the_flow_does(self) -> None:
        _, params = self.request(*FLOW)
        assert params["AuthParameters"] == {"USERNAME": "ana", "PASSWORD": "Sentinel-password-1"}

    @pytest.mark.parametrize("flow", ["ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"])
    def test_admin_flows_imply_the_admin_operation(self, flow: str) -> None:
        operation, params = self.request("--flow", flow)
        assert operation == "AdminInitiateAuth"
        assert (params["AuthFlow"], params["UserPoolId"]) == (flow, "local_Testing1")

    def test_the_option_sends_any_flow_through_it(self) -> None:
        operation, params = self.request("--admin")
        assert (operation, params["AuthFlow"]) == ("AdminInitiateAuth", "USER_SRP_AUTH")

    def test_metadata_for_the_pools_lambdas(self) -> None:
        expected = {"tier": "gold", "formula": "a=b"}
        for options in (
            ("--client-metadata", "tier=gold", "--client-metadata", "formula=a=b"),
            ("--client-metadata", "tier=gold", "formula=a=b"),
        ):
            _, params = self.request(*options)
            assert params["ClientMetadata"] == expected

    def test_a_device_key(self) -> None:
        _, params = self.request("--device-key", "local_1-2")
        parameters = params["AuthParameters"]
        assert isinstance(parameters, dict)
        assert parameters["DEVICE_KEY"] == "local_1-2"

    @pytest.mark.parametrize(
        ("challenge", "members"),
        [
            ("PASSWORD", {"PASSWORD"}),
            ("PASSWORD_SRP", {"SRP_A"}),
            ("EMAIL_OTP", set()),
            ("SMS_OTP", set()),
            ("WEB_AUTHN", set()),
        ],
    )
    def test_a_preferred_challenge_with_what_it_needs(self, challenge: str, members: set[str]) -> None:
        _, params = self.request("--flow", "USER_AUTH", "--preferred-challenge", challenge)
        parameters = params["AuthParameters"]
        assert isinstance(parameters, dict)
        assert set(parameters) == {"USERNAME", "PREFERRED_CHALLENGE", *members}
        assert parameters["PREFERRED_CHALLENGE"] == challenge

    def test_a_custom_flow_that_begins_with_a_proof(self) -> None:
        _, params = self.request("--flow", "CUSTOM_AUTH", "--preferred-challenge", "PASSWORD_SRP")
        parameters = params["AuthParameters"]
        assert isinstance(parameters, dict)
        assert parameters["CHALLENGE_NAME"] == "SRP_A"
        _, params = self.request("--flow", "CUSTOM_AUTH", stdin="{}")
        assert params["AuthParameters"] == {"USERNAME": "ana"}

    def test_the_hash_is_over_the_username_as_given(self) -> None:
        options = ("--secret-stdin", "--username", " Ana", "--flow", "USER_PASSWORD_AUTH")
        _, params = self.request(*options, stdin=f"a secret\n{PASSWORD}")
        assert params["AuthParameters"] == {
            "USERNAME": " Ana",
            "PASSWORD": "Sentinel-password-1",
            "SECRET_HASH": secret_hash(" Ana", "someclient", "a secret"),
        }

    def test_the_region_is_what_the_pool_id_begins_with(self) -> None:
        with listening(answer(TOKENS)) as listener:
            sign_in_at(listener, "--admin", "--user-pool-id", "eu-west-3_AbC")
            sign_in_at(listener, "--admin", "--user-pool-id", "eu-west-3_AbC", "--region", "eu-west-1")
        scopes = [request.headers["authorization"].split("/")[2] for request in listener.requests]
        assert scopes == ["eu-west-3", "eu-west-1"]


class TestWithAProfile:
    @pytest.fixture(autouse=True)
    def profile(self) -> None:
        here(
            *("profiles", "add", "web", *CLIENT, "--no-secret", "--endpoint-url", "http://127.0.0.1:9"),
            *("--flow", "ADMIN_USER_PASSWORD_AUTH"),
        )

    @pytest.mark.parametrize("by_variable", [True, False])
    def test_options_come_before_it(self, by_variable: bool, monkeypatch: pytest.MonkeyPatch) -> None:
        if by_variable:
            monkeypatch.setenv("COGNITO_TUI_PROFILE", "web")
        profile = () if by_variable else ("--profile", "web")
        with listening(answer(TOKENS)) as listener:
            options = (*profile, "--endpoint-url", listener.url, "--client-id", "another")
            ran = here("sign-in", "--username", "ana", *options, "--answers", "-", stdin=PASSWORD)
        assert ran.status == 0
        (request,) = listener.requests
        assert request.operation == "AdminInitiateAuth"
        assert request.params["ClientId"] == "another"
        assert request.params["UserPoolId"] == "local_Testing1"

    def test_the_flow_of_the_option_comes_before_its_own(self) -> None:
        with listening(answer(TOKENS)) as listener:
            options = ("--profile", "web", "--endpoint-url", listener.url, "--flow", "USER_PASSWORD_AUTH")
            here("sign-in", "--username", "ana", *options, "--answers", "-", stdin=PASSWORD)
        assert listener.requests[0].operation == "InitiateAuth"

    def test_another_pools_region_is_not_the_profiles(self) -> None:
        with listening(answer(TOKENS)) as listener:
            options = ("--profile", "web", "--endpoint-url", listener.url, "--user-pool-id", "eu-west-3_AbC")
            here("sign-in", "--username", "ana", *options, "--answers", "-", stdin=PASSWORD)
        assert "/eu-west-3/" in listener.requests[0].headers["authorization"]

    def test_that_is_not_there(self) -> None:
        here("sign-in", "--username", "ana", "--profile", "nope", "--answers", "-", stdin=PASSWORD).failed(
            2, "cognito-tui: there is no profile 'nope'. See: cognito-tui profiles list"
        )

    def test_of_a_flow_nobody_signs_in_by(self) -> None:
        here("profiles", "add", "odd", *CLIENT, "--no-secret", "--flow", "REFRESH_TOKEN_AUTH")
        here("sign-in", "--username", "ana", "--profile", "odd", "--answers", "-", stdin=PASSWORD).failed(
            2,
            "cognito-tui: this app does not know the auth flow REFRESH_TOKEN_AUTH; it knows USER_SRP_AUTH, "
            "USER_PASSWORD_AUTH, USER_AUTH, CUSTOM_AUTH, ADMIN_USER_PASSWORD_AUTH, ADMIN_NO_SRP_AUTH",
        )

    def test_of_a_flow_that_nobody_knows(self) -> None:
        here("profiles", "add", "new", *CLIENT, "--no-secret", "--flow", "NEW_AUTH")
        ran = here("sign-in", "--username", "ana", "--profile", "new", "--answers", "-", stdin=PASSWORD)
        assert (ran.status, ran.out) == (2, "")
        assert ran.first.startswith("cognito-tui: this app does not know the auth flow NEW_AUTH; it knows ")

    @pytest.mark.parametrize(
        ("flow", "sent"),
        [("USER_PASSWORD_AUTH", "ADMIN_USER_PASSWORD_AUTH"), ("USER_SRP_AUTH", "USER_SRP_AUTH")],
    )
    def test_its_flow_goes_out_by_the_name_that_admins_have_for_it(self, flow: str, sent: str) -> None:
        here("profiles", "add", "mine", *CLIENT, "--no-secret", "--flow", flow)
        with listening(answer(TOKENS)) as listener:
            options = ("--profile", "mine", "--endpoint-url", listener.url, "--admin")
            assert (
                here("sign-in", "--username", "ana", *options, "--answers", "-", stdin=PASSWORD).status == 0
            )
        (request,) = listener.requests
        assert (request.operation, request.params["AuthFlow"]) == ("AdminInitiateAuth", sent)


class TestOutput:
    RESULT = TOKENS["AuthenticationResult"]

    def printed(self, output: str, result: object = RESULT) -> str:
        with listening(answer({"AuthenticationResult": result})) as listener:
            ran = sign_in_at(listener, "--output", output)
        assert (ran.status, ran.err) == (0, "")
        return ran.out

    def test_json_is_exactly_cognitos_authentication_result(self) -> None:
        result = {**self.RESULT, "NewDeviceMetadata": {"DeviceKey": "k", "DeviceGroupKey": "g"}}
        assert json.loads(self.printed("json", result)) == result

    def test_json_is_what_comes_unasked(self) -> None:
        with listening(answer(TOKENS)) as listener:
            assert sign_in_at(listener).json() == self.RESULT

    @pytest.mark.parametrize("token", ["plain", 'it\'s $(rm -rf /) `x` "q" \\ é', "a\nb", "''"])
    def test_env_gives_a_shell_the_tokens_back(self, token: str) -> None:
        printed = self.printed("env", {**self.RESULT, "IdToken": token})
        assert [line.split("=")[0] for line in printed.splitlines() if line.startswith("export ")] == [
            "export COGNITO_ID_TOKEN",
            "export COGNITO_ACCESS_TOKEN",
            "export COGNITO_REFRESH_TOKEN",
        ]
        show = 'printf "%s|" "$COGNITO_ID_TOKEN" "$COGNITO_ACCESS_TOKEN" "$COGNITO_REFRESH_TOKEN"'
        shell = subprocess.run(["sh", "-c", f"{printed}\n{show}"], capture_output=True, check=True)
        tokens = f"{token}|{self.RESULT['AccessToken']}|{self.RESULT['RefreshToken']}|"
        assert shell.stdout.decode() == tokens

    def test_env_leaves_out_what_there_is_not(self) -> None:
        printed = self.printed("env", {"AccessToken": "a", "ExpiresIn": 3600})
        assert printed == "export COGNITO_ACCESS_TOKEN='a'\n"

    @pytest.mark.parametrize("output", ["env", "json", "text"])
    @pytest.mark.parametrize(
        ("result", "sentence"),
        [
            ({}, "The answer has no tokens."),
            ({"ExpiresIn": 3600, "RefreshToken": "r"}, "The answer has no tokens."),
            ({"IdToken": 5}, "The answer's IdToken is not a string."),
            ({"AccessToken": ["Sentinel"], "IdToken": "i"}, "The answer's AccessToken is not a string."),
            ({"AccessToken": "a", "RefreshToken": {"a": 1}}, "The answer's RefreshToken is not a string."),
            ({"AccessToken": "Sentinel\ud800"}, "The answer has half a character among its tokens."),
            (
                {"AccessToken": "a", "NewDeviceMetadata": {"DeviceKey": "\udfff"}},
                "The answer has half a character among its tokens.",
            ),
        ],
        ids=["nothing", "no token", "number", "list", "object", "half a character", "half of a key"],
    )
    def test_what_is_no_tokens_is_not_cognitos(
        self, output: str, result: dict[str, object], sentence: str
    ) -> None:
        with listening(answer({"AuthenticationResult": result})) as listener:
            ran = sign_in_at(listener, "--output", output)
        assert (ran.status, ran.out) == (4, "")
        assert ran.first == f"cognito-tui: InitiateAuth: {sentence}"
        assert "Sentinel" not in ran.err

    def test_text_is_a_line_each(self) -> None:
        result = {"AccessToken": "a", "ExpiresIn": 3600, "NewDeviceMetadata": {"DeviceKey": "k"}}
        assert sorted(self.printed("text", result).splitlines()) == [
            "AccessToken\ta",
            "ExpiresIn\t3600",
            'NewDeviceMetadata\t{"DeviceKey": "k"}',
        ]


class TestRefusedByCognito:
    @pytest.mark.parametrize(
        ("username", "password", "message"),
        [
            ("ana", "Wrong-made-up-1", "NotAuthorizedException: Incorrect username or password."),
            ("lea", "Lea-made-up-1", "NotAuthorizedException: User is disabled."),
            ("kim", "Kim-made-up-1", "UserNotConfirmedException: User is not confirmed."),
            (
                *("tom", "Tom-temporary-1"),
                "NotAuthorizedException: Temporary password has expired and must be reset by an "
                "administrator.",
            ),
        ],
    )
    def test_its_words_are_the_first_line_and_the_cause_comes_after(
        self, served: Served, username: str, password: str, message: str
    ) -> None:
        stdin = served.stdin(username, json.dumps({"PASSWORD": password}))
        ran = here(*served.sign_in(username), stdin=stdin)
        assert (ran.status, ran.out) == (1, "")
        assert ran.first == f"cognito-tui: InitiateAuth: {message}"
        assert len(ran.err.splitlines()) > 1

    def test_a_wrong_secret_is_told_from_a_wrong_password(self, served: Served) -> None:
        ran = here(*served.sign_in("ana"), stdin=f"wrong\n{PASSWORD}")
        assert ran.status == 1
        assert ran.first.startswith("cognito-tui: InitiateAuth: NotAuthorizedException: ")
        assert "hash" in ran.first.lower()
        assert "likely: The stored secret is not this client's" in ran.err

    def test_words_are_verbatim_and_harmless_to_the_terminal(self) -> None:
        said = refusal("UserLambdaValidationException", "日本\u3000語: 50% \x1b]0;pwned\x07 done.")
        with listening(said) as listener:
            ran = sign_in_at(listener)
        assert ran.first == (
            "cognito-tui: InitiateAuth: UserLambdaValidationException: "
            "日本\u3000語: 50% \\x1b]0;pwned\\x07 done."
        )

    def test_at_a_challenge_the_cause_is_about_the_challenge(self) -> None:
        challenge = answer(new_password_required(USER_ID_FOR_SRP="a-uuid"))
        over = refusal("NotAuthorizedException", "Invalid session for the user, session is expired.")
        with listening(challenge, over) as listener:
            ran = sign_in_at(listener, stdin=json.dumps(BEN))
        assert ran.status == 1
        assert ran.first == (
            "cognito-tui: RespondToAuthChallenge: NotAuthorizedException: "
            "Invalid session for the user, session is expired."
        )
        assert "certain: It is older than the client's AuthSessionValidity" in ran.err


class TestOtherEnds:
    @pytest.mark.parametrize(
        ("said", "status", "first"),
        [
            (b"", 4, "InitiateAuth: No answer came back (ConnectionClosedError)."),
            (
                answer(b"<html>", 404),
                4,
                "InitiateAuth: The endpoint answered HTTP 404 without an error of Cognito's.",
            ),
            (answer({}), 4, "InitiateAuth: The answer has neither tokens nor a challenge."),
            (refusal("ExpiredTokenException", "m"), 5, "InitiateAuth: ExpiredTokenException: m"),
            (refusal("AccessDeniedException", "m"), 5, "InitiateAuth: AccessDeniedException: m"),
            (refusal("InternalErrorException", "m", 500), 1, "InitiateAuth: InternalErrorException: m"),
        ],
    )
    def test_of_the_way_there(self, said: bytes, status: int, first: str) -> None:
        with listening(said) as listener:
            ran = sign_in_at(listener)
        assert (ran.status, ran.out, ran.first) == (status, "", f"cognito-tui: {first}")

    def test_nobody_there(self) -> None:
        ran = sign_in("--endpoint-url", nobody_at())
        assert (ran.status, ran.out) == (4, "")
        assert ran.first == (
            "cognito-tui: InitiateAuth: The endpoint cannot be reached: the connection was refused."
        )

    def test_no_credentials_for_an_admin_call(self) -> None:
        ran = sign_in("--admin", "--aws-profile", "nope", "--endpoint-url", nobody_at())
        assert (ran.status, ran.out) == (5, "")
        assert ran.first == (
            "cognito-tui: AdminInitiateAuth: There is no AWS profile 'nope' in ~/.aws. "
            "There are: aws configure list-profiles"
        )

    @pytest.mark.parametrize(
        ("options", "sentence"),
        [
            (("--username", ""), "--username must not be empty"),
            (("--username", "a\nb"), "--username has a line break inside"),
            (
                ("--flow", "USER_PASSWORD_AUTH", "--admin"),
                "AdminInitiateAuth does not take USER_PASSWORD_AUTH. Its name there is "
                "ADMIN_USER_PASSWORD_AUTH",
            ),
            (
                ("--preferred-challenge", "PASSWORD"),
                "--preferred-challenge is for --flow USER_AUTH, and PASSWORD_SRP for CUSTOM_AUTH too; "
                "this is USER_SRP_AUTH",
            ),
            (
                ("--preferred-challenge", "EMAIL_OTP", "--flow", "CUSTOM_AUTH"),
                "--preferred-challenge is for --flow USER_AUTH, and PASSWORD_SRP for CUSTOM_AUTH too; "
                "this is CUSTOM_AUTH",
            ),
            (
                ("--preferred-challenge", "PASSKEY", "--flow", "USER_AUTH"),
                "argument --preferred-challenge: takes one of PASSWORD, PASSWORD_SRP, EMAIL_OTP, SMS_OTP, "
                "WEB_AUTHN",
            ),
            (("--device-key", ""), "argument --device-key: must not be empty"),
            (("--client-metadata", "gold"), "--client-metadata: write each as KEY=VALUE"),
            (
                ("--user-pool-id", "nonsense"),
                "--user-pool-id is not a user pool id, such as eu-west-1_AbCdEf123",
            ),
            (("--client-id", "a-b"), "--client-id is not a client ID: letters, digits, _ and +, 128 at most"),
            (("--endpoint-url", "x"), "--endpoint-url is not a URL, such as http://127.0.0.1:9229"),
            (("--region", "eu west"), "--region has a blank inside"),
            (
                ("--flow", "NO_AUTH"),
                "this app does not know the auth flow NO_AUTH; it knows USER_SRP_AUTH, USER_PASSWORD_AUTH, "
                "USER_AUTH, CUSTOM_AUTH, ADMIN_USER_PASSWORD_AUTH, ADMIN_NO_SRP_AUTH",
            ),
        ],
    )
    def test_arguments_that_are_not_right(self, options: tuple[str, ...], sentence: str) -> None:
        sign_in("--endpoint-url", nobody_at(), *options).failed(2, f"cognito-tui: {sentence}")

    @pytest.mark.parametrize("options", [(), ("--user-pool-id", "local_X"), ("--client-id", "c")])
    def test_without_a_client(self, options: tuple[str, ...]) -> None:
        here("sign-in", "--username", "ana", *options, "--answers", "-", stdin=PASSWORD).failed(
            2, "cognito-tui: say which client: --profile, or --user-pool-id and --client-id"
        )

    def test_an_endpoint_no_host_can_have(self) -> None:
        ran = sign_in("--endpoint-url", "http://cognito_local:9229")
        assert (ran.status, ran.out) == (2, "")
        assert "characters that no host name has" in ran.first


class TestTheEndpointVariables:
    def test_count_where_nobody_else_says_and_are_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with listening(answer(TOKENS)) as listener:
            monkeypatch.setenv("AWS_ENDPOINT_URL", listener.url)
            ran = sign_in()
        assert (ran.status, ran.err) == (0, f"calls go to {listener.url}, as AWS_ENDPOINT_URL says\n")
        assert len(listener.requests) == 1

    def test_are_told_after_cognitos_own_words(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with listening(refusal("ResourceNotFoundException", "User pool client does not exist.")) as listener:
            monkeypatch.setenv("AWS_ENDPOINT_URL", listener.url)
            ran = sign_in()
        assert ran.first.startswith("cognito-tui: InitiateAuth: ResourceNotFoundException: ")
        assert ran.err.splitlines()[-1] == f"calls go to {listener.url}, as AWS_ENDPOINT_URL says"

    def test_do_not_come_before_the_option(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with listening(answer(TOKENS)) as listener, listening(answer(TOKENS)) as decoy:
            monkeypatch.setenv("AWS_ENDPOINT_URL", decoy.url)
            monkeypatch.setenv("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", decoy.url)
            assert sign_in_at(listener).err == ""
        assert (len(listener.requests), decoy.requests) == (1, [])

    def test_that_are_no_url_end_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("AWS_ENDPOINT_URL", "nonsense")
        sign_in().failed(
            2,
            "cognito-tui: AWS_ENDPOINT_URL is set, but is not a URL, such as http://127.0.0.1:9229. "
            "Unset it, or correct it.",
        )


def test_garbage_in_every_variable_of_aws_makes_no_difference(served: Served, tmp_path: Path) -> None:
    variables = garbage.environment("gar=bage ☃", tmp_path / "home")
    proxies = dict.fromkeys(
        ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), "http://nowhere.invalid:1"
    )
    stdin = served.stdin("ben", json.dumps(BEN))
    ran = alone(*served.sign_in("ben"), stdin=stdin, **variables, **proxies)
    assert set(ran.json()) >= {"IdToken", "AccessToken", "RefreshToken"}


class TestShowConversation:
    def test_is_on_stderr_and_shows_both_sides(self, served: Served) -> None:
        stdin = served.stdin(
            "jon@example.com", json.dumps({"PASSWORD": "Jon-temporary-1", "NEW_PASSWORD": NEW_PASSWORD})
        )
        ran = here(*served.sign_in("jon@example.com"), "--show-conversation", stdin=stdin)
        assert ran.status == 0
        assert set(json.loads(ran.out)) >= {"IdToken"}
        heads = [line for line in ran.err.splitlines() if line[:1].isdigit()]
        pool = served.sandbox.state.pools[served.pool_id("jon@example.com")]
        jon = pool.find("jon@example.com")
        assert jon
        assert heads[0] == "1 InitiateAuth USER_PASSWORD_AUTH, hash over jon@example.com"
        assert heads[1].startswith("1 HTTP 200, ")
        assert heads[2] == f"2 RespondToAuthChallenge NEW_PASSWORD_REQUIRED, hash over {jon.username}"
        assert heads[3].startswith("2 HTTP 200, ")
        assert '"ChallengeName": "NEW_PASSWORD_REQUIRED"' in ran.err

    def test_has_no_secret_in_it(self, served: Served) -> None:
        stdin = served.stdin("ben", json.dumps(BEN))
        ran = here(*served.sign_in("ben"), "--show-conversation", stdin=stdin)
        tokens = json.loads(ran.out)
        client = served.client("ben")
        secret = client.secrets[0].reveal()
        secrets = [
            *(secret, BEN["PASSWORD"], NEW_PASSWORD, secret_hash("ben", client.client_id, secret)),
            *(tokens[name] for name in ("IdToken", "AccessToken", "RefreshToken")),
        ]
        assert [each for each in secrets if each in ran.err or each[:12] in ran.err] == []
        assert ran.err.count("••••••••") >= 8

    def test_has_no_whole_session_in_it(self) -> None:
        session = "AYABeHm1" * 20
        challenge = answer({**new_password_required(), "Session": session})
        with listening(challenge, answer(TOKENS)) as listener:
            ran = sign_in_at(listener, "--show-conversation", stdin=json.dumps(BEN))
        assert listener.requests[1].params["Session"] == session
        assert '"Session": "AYABeH••••••••"' in ran.err
        assert session[:8] not in ran.err

    def test_comes_after_cognitos_words_when_it_refuses(self, served: Served) -> None:
        stdin = served.stdin("ana", '{"PASSWORD": "Wrong-made-up-1"}')
        ran = here(*served.sign_in("ana"), "--show-conversation", stdin=stdin)
        assert (
            ran.first == "cognito-tui: InitiateAuth: NotAuthorizedException: Incorrect username or password."
        )
        assert ran.err.splitlines()[-1] == "1 NotAuthorizedException: Incorrect username or password."
        assert "Wrong-made-up-1" not in ran.err

    def test_is_not_there_unasked(self, served: Served) -> None:
        ran = here(*served.sign_in("zoe"), stdin='{"PASSWORD": "Zoe-made-up-1"}')
        assert ran.err == ""
