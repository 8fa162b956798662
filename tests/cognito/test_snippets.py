from __future__ import annotations

import ast
import json
import subprocess

import botocore.session
import pytest
from botocore import xform_name

from cognito_tui.cognito import requests, snippets
from cognito_tui.cognito.model import MASK, AppClient, Secret
from cognito_tui.cognito.secrecy import revealed
from cognito_tui.cognito.secret_hash import Subject
from cognito_tui.cognito.snippets import Where
from cognito_tui.cognito.steps import PUBLIC_OPERATIONS, Call
from tests.parts import need
from tests.service_model import model

AWS = Where("eu-west-1")
LOCAL = Where("local", "http://127.0.0.1:9229")
CLIENT = AppClient("eu-west-1_A", "4f8k2mq0v7t1s9d3a6h5j8n1cp", Secret("s" * 51))
HOSTILE = 'it\'s $(echo) `x` "q" \\ é JSON\nJSON'
CALL = requests.initiate_auth(
    CLIENT, "USER_PASSWORD_AUTH", {"PASSWORD": Secret("hunter2-SECRET")}, subject=Subject(HOSTILE)
)
SIGNED = requests.describe_user_pool("eu-west-1_A")
MAKERS = [snippets.curl, snippets.aws_cli, snippets.boto3]


def test_every_operation_is_named_as_boto3_names_it() -> None:
    operations = list(model()["operations"])
    assert len(operations) > 100
    assert [snippets.snake(each) for each in operations] == [xform_name(each) for each in operations]


@pytest.mark.parametrize("maker", MAKERS)
def test_secrets_are_masked_until_asked_for(maker: snippets.Maker) -> None:
    masked, shown = maker(CALL, AWS, show=False), maker(CALL, AWS, show=True)
    assert "hunter2-SECRET" not in masked
    assert MASK in masked
    assert "hunter2-SECRET" in shown


@pytest.mark.parametrize("maker", [snippets.curl, snippets.aws_cli])
def test_the_shell_gives_the_body_to_stdin_as_it_is_and_no_secret_to_argv(maker: snippets.Maker) -> None:
    need("bash")
    program = {snippets.curl: "curl", snippets.aws_cli: "aws"}[maker]
    stub = f'{program}() {{ printf "%s\\n" "$@" >&2; cat; }}\n'
    done = subprocess.run(
        ["bash", "-c", stub + maker(CALL, LOCAL, show=True)], capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == revealed(CALL.params)
    assert "hunter2-SECRET" not in done.stderr
    assert "--no-sign-request" in done.stderr or "X-Amz-Target" in done.stderr


VERIFIER: dict[str, str | Secret] = {"PasswordVerifier": Secret("hunter2-SECRET"), "Salt": "AQ=="}
CALLS = [
    CALL,
    requests.refresh_token_auth(
        CLIENT, "REFRESH_TOKEN_AUTH", Secret("hunter2-SECRET"), subject=Subject.canonical("ana")
    ),
    requests.get_tokens_from_refresh_token(CLIENT, Secret("hunter2-SECRET"), device_key="eu-west-1_6a1f"),
    requests.associate_software_token(Secret("hunter2-SECRET-session")),
    requests.verify_software_token(Secret("hunter2-SECRET-session"), Secret("123456"), "phone"),
    requests.confirm_device(Secret("hunter2-SECRET"), "eu-west-1_6a1f", VERIFIER, "laptop"),
    requests.update_device_status(Secret("hunter2-SECRET"), "eu-west-1_6a1f", remembered=True),
]
each_call = pytest.mark.parametrize("call", CALLS, ids=lambda call: call.operation)


@each_call
def test_boto3_gets_the_same_call(call: Call) -> None:
    tree = ast.parse(snippets.boto3(call, LOCAL, show=True))
    found = next(
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == snippets.snake(call.operation)
    )
    assert {each.arg: ast.literal_eval(each.value) for each in found.keywords} == revealed(call.params)


@each_call
@pytest.mark.parametrize("maker", MAKERS)
def test_every_public_call_is_written_unsigned_and_its_secrets_masked(
    call: Call, maker: snippets.Maker
) -> None:
    assert model()["operations"][call.operation]["authtype"] == "none"
    written = maker(call, LOCAL, show=False)
    assert not call.signed
    assert "hunter2-SECRET" not in written
    assert "s" * 51 not in written
    assert "hunter2-SECRET" in maker(call, LOCAL, show=True)
    assert "--profile" not in written
    assert "aws-sigv4" not in written


def test_a_signed_call_says_as_whom() -> None:
    where = Where("eu-west-1", None, "my admin")
    assert "--profile 'my admin'" in snippets.aws_cli(SIGNED, where, show=False)
    assert "--no-sign-request" not in snippets.aws_cli(SIGNED, where, show=False)
    assert "profile_name='my admin'" in snippets.boto3(SIGNED, where, show=False)
    assert "--aws-sigv4" in snippets.curl(SIGNED, where, show=False)


def test_the_url_is_botocores() -> None:
    client = botocore.session.Session().create_client("cognito-idp", region_name="eu-west-1")
    assert snippets.Where("eu-west-1").url == client.meta.endpoint_url + "/"
    assert LOCAL.url == "http://127.0.0.1:9229/"


def test_json_in_strings_is_opened_for_the_eye_only() -> None:
    answer = {"ChallengeParameters": {"a": '["x"]', "b": "[not json", "c": "plain", "d": '{"k": 1}'}, "n": 1}
    opened = snippets.opened(answer)
    assert opened["ChallengeParameters"] == {"a": ["x"], "b": "[not json", "c": "plain", "d": {"k": 1}}
    assert answer["ChallengeParameters"]["a"] == '["x"]'  # type: ignore[index] # a literal
    assert snippets.opened({"n": 1}) == {"n": 1}


def test_public_operations_are_those_the_service_model_does_not_sign() -> None:
    unsigned = {name for name, each in model()["operations"].items() if each.get("authtype") == "none"}
    assert unsigned >= PUBLIC_OPERATIONS
