"""Public calls depend on nothing of the AWS settings of a machine, however broken they are."""

from __future__ import annotations

from pathlib import Path

import pytest
from botocore.configprovider import BOTOCORE_DEFAUT_SESSION_VARIABLES, DEFAULT_S3_CONFIG_VARS
from botocore.session import Session

from cognito_tui.aws.endpoint import VARIABLES as ENDPOINT_VARIABLES
from cognito_tui.aws.endpoint import BadEndpoint, Endpoint, endpoint_in_use
from tests.aws import garbage
from tests.aws.calls import ANOTHER_NAME, Sender, initiate_auth
from tests.aws.listener import answer, listening

ELSEWHERE = "http://127.0.0.1:9/"
NARROW, WIDE = ENDPOINT_VARIABLES


def test_the_garbage_is_in_every_variable_that_botocore_reads() -> None:
    configured = {**BOTOCORE_DEFAUT_SESSION_VARIABLES, **DEFAULT_S3_CONFIG_VARS}
    variables = {variable for _, variable, _, _ in configured.values() if isinstance(variable, str)}
    others = {
        *("AWS_ACCESS_KEY_ID", "AWS_SESSION_TOKEN", "AWS_CONTAINER_CREDENTIALS_FULL_URI"),
        *("AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ROLE_ARN", "AWS_ENDPOINT_URL", "AWS_CA_BUNDLE", "AWS_PROFILE"),
    }
    assert variables | others <= set(garbage.VARIABLES)
    assert len(garbage.VARIABLES) > 50


@pytest.mark.parametrize("value", ["garbage", "", " ", "nope\n[x]: \x1b☃", "-1", ELSEWHERE, "/etc/hostname"])
def test_public_calls_work_with_garbage_in_all_of_them(
    value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, nonsense in garbage.environment(value, tmp_path / "home").items():
        monkeypatch.setenv(name, nonsense)
    with listening(answer({}), host=ANOTHER_NAME) as listener:
        assert Sender(listener.url).send(initiate_auth()).status == 200
        assert Sender(listener.url, "an AWS profile that is not there").send(initiate_auth()).status == 200
    assert "authorization" not in listener.requests[0].headers


def test_the_same_garbage_stops_botocore_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, nonsense in garbage.environment("garbage", tmp_path / "home").items():
        monkeypatch.setenv(name, nonsense)
    with pytest.raises(Exception, match=r"garbage|could not be found|Unable to parse"):
        Session().create_client("cognito-idp", region_name="eu-west-1")


class TestTheEndpoint:
    def test_the_profile_comes_before_every_variable(self) -> None:
        found = endpoint_in_use("http://127.0.0.1:1", {NARROW: ELSEWHERE, WIDE: "no URL"})
        assert found == Endpoint("http://127.0.0.1:1", "profile")

    def test_without_one_the_narrower_variable_counts(self) -> None:
        assert endpoint_in_use(None, {NARROW: ELSEWHERE, WIDE: "no URL"}) == Endpoint(ELSEWHERE, NARROW)
        assert endpoint_in_use(None, {WIDE: ELSEWHERE}) == Endpoint(ELSEWHERE, WIDE)
        assert endpoint_in_use("", {NARROW: "", WIDE: ELSEWHERE}) == Endpoint(ELSEWHERE, WIDE)

    def test_otherwise_it_is_aws(self) -> None:
        assert endpoint_in_use(None, {}) == Endpoint(None, "")
        assert endpoint_in_use(None, {"AWS_ENDPOINT_URL_STS": ELSEWHERE}) == Endpoint()

    @pytest.mark.parametrize("value", ["true", "True", "TRUE"])
    def test_variables_can_be_switched_off_as_for_the_aws_cli(self, value: str) -> None:
        switched_off = {WIDE: ELSEWHERE, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": value}
        assert endpoint_in_use(None, switched_off) == Endpoint()
        assert endpoint_in_use(ELSEWHERE, switched_off) == Endpoint(ELSEWHERE, "profile")

    @pytest.mark.parametrize("value", ["false", "", "yes"])
    def test_nothing_but_true_switches_them_off(self, value: str) -> None:
        variables = {WIDE: ELSEWHERE, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": value}
        assert endpoint_in_use(None, variables) == Endpoint(ELSEWHERE, WIDE)

    @pytest.mark.parametrize("value", ["no URL", "ftp://x", "http://me:hunter2@emulator", "http://", "\n"])
    def test_a_variable_that_holds_no_url_is_not_passed_over(self, value: str) -> None:
        with pytest.raises(BadEndpoint) as caught:
            endpoint_in_use(None, {NARROW: value, WIDE: ELSEWHERE})
        assert str(caught.value).startswith(f"{NARROW} is set, but ")
        assert str(caught.value).endswith("Unset it, or correct it.")
        assert "hunter2" not in str(caught.value)
