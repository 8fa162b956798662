"""Invitations and codes that are sent, and how many a day."""

from __future__ import annotations

from typing import Any

import pytest

from cognito_tui.cognito.model import UserStatus
from cognito_tui.sandbox.mail import EmailSender
from cognito_tui.sandbox.pool import UserPool
from tests.sandbox.house import PASSWORD, House
from tests.sandbox.outside import Outside

LIMIT = (
    "LimitExceededException",
    "Exceeded daily email limit for the operation or the account. If a higher limit is required, please "
    "configure your user pool to use your own Amazon SES configuration for sending email.",
)
CREATE = "AdminCreateUser"
RESET = "AdminResetUserPassword"


def mailed(house: House) -> int:
    return sum(message.medium == "EMAIL" for message in house.sandbox.state.outbox.messages)


def invite(house: House, number: int) -> None:
    """So many e-mails from the house's pool."""
    for each in range(number):
        given = [{"Name": "email", "Value": f"invited{each}@example.com"}]
        house.ask(CREATE, Username=f"invited{mailed(house)}", UserAttributes=given)


class TestInvitation:
    def test_comes_again_with_a_new_password_and_a_new_week(self, aws: Outside) -> None:
        given = [{"Name": "email", "Value": "cy@example.com"}]
        user = aws(CREATE, Username="cy", UserAttributes=given)["User"]
        aws.house.clock.forward(days=8)
        again = aws(CREATE, Username="cy", MessageAction="RESEND")["User"]
        assert again["UserStatus"] == "FORCE_CHANGE_PASSWORD"
        assert again["UserCreateDate"] == user["UserCreateDate"]
        assert again["UserLastModifiedDate"] == aws.house.clock()
        first, second = aws.house.sandbox.state.outbox.messages
        assert (second.medium, second.destination) == ("EMAIL", "cy@example.com")
        assert first.password
        assert second.password
        assert first.password != second.password
        aws.house.clock.forward(days=7)
        assert aws.house.challenge(username="cy", password=second.password.reveal())
        aws.house.clock.forward(seconds=1)
        start = aws.house.start("cy", second.password.reveal())
        assert aws.refused("InitiateAuth", **start)[1] == (
            "Temporary password has expired and must be reset by an administrator."
        )

    def test_does_not_come_again_by_an_alias(self, aws: Outside) -> None:
        aws.house.pool.alias_attributes = ("email",)
        user = aws.house.user("cy", UserStatus.FORCE_CHANGE_PASSWORD)
        for name in ("cy@example.com", user.sub):
            assert aws("AdminGetUser", Username=name)["Username"] == "cy"
            assert aws.refused(CREATE, Username=name, MessageAction="RESEND") == (
                "UserNotFoundException",
                "User does not exist.",
            )
        assert aws(CREATE, Username="cy", MessageAction="RESEND")["User"]["Username"] == "cy"

    def test_comes_again_by_the_address_where_users_sign_in_by_it(self, aws: Outside) -> None:
        aws.house.pool.username_attributes = ("email",)
        sub = aws(CREATE, Username="cy@example.com")["User"]["Username"]
        again = aws(CREATE, Username="cy@example.com", MessageAction="RESEND")["User"]
        assert again["Username"] == sub != "cy@example.com"

    def test_may_bring_a_password_that_was_chosen(self, aws: Outside) -> None:
        aws(CREATE, Username="cy", MessageAction="SUPPRESS")
        aws(CREATE, Username="cy", MessageAction="RESEND", TemporaryPassword="Chosen-one-1")
        assert aws.house.challenge(username="cy", password="Chosen-one-1")
        assert aws.house.sandbox.state.outbox.messages == []

    @pytest.mark.parametrize(
        "status", sorted({*UserStatus} - {UserStatus.FORCE_CHANGE_PASSWORD, UserStatus.UNKNOWN})
    )
    def test_does_not_come_again_in_any_other_status(self, aws: Outside, status: UserStatus) -> None:
        aws.house.change(status=status)
        assert aws.refused(CREATE, Username="ana", MessageAction="RESEND") == (
            "UnsupportedUserStateException",
            "Resend not possible. ana status is not FORCE_CHANGE_PASSWORD",
        )
        assert aws.house.sandbox.state.outbox.messages == []


class TestWithoutPassword:
    """A pool that lets codes be the first factor may have users without a password."""

    @pytest.fixture(autouse=True)
    def by_code(self, house: House) -> None:
        house.pool.first_factors = ("PASSWORD", "EMAIL_OTP")

    def create(self, aws: Outside, verified: str = "true", **params: Any) -> str:
        given = [{"Name": "email", "Value": "cy@example.com"}, {"Name": "email_verified", "Value": verified}]
        status: str = aws(CREATE, Username="cy", UserAttributes=given, **params)["User"]["UserStatus"]
        return status

    def test_a_user_who_can_get_codes_is_confirmed(self, aws: Outside) -> None:
        assert self.create(aws, MessageAction="SUPPRESS") == "CONFIRMED"
        answer = aws.house.begin("USER_AUTH", username="cy", PREFERRED_CHALLENGE="EMAIL_OTP")
        assert aws.house.respond(answer, USERNAME="cy", EMAIL_OTP_CODE=aws.house.code())
        assert aws("AdminGetUserAuthFactors", Username="cy")["ConfiguredUserAuthFactors"] == ["EMAIL_OTP"]

    @pytest.mark.parametrize(
        "params",
        [
            {"verified": "false", "MessageAction": "SUPPRESS"},
            {"TemporaryPassword": PASSWORD, "MessageAction": "SUPPRESS"},
            {},
        ],
    )
    def test_any_other_has_to_change_a_password(self, aws: Outside, params: dict[str, str]) -> None:
        assert self.create(aws, **params) == "FORCE_CHANGE_PASSWORD"


class TestReset:
    def test_sends_a_code_and_keeps_the_user_out(self, aws: Outside) -> None:
        aws.house.clock.forward(hours=1)
        assert aws(RESET, Username="ana") == {}
        (message,) = aws.house.sandbox.state.outbox.messages
        assert (message.medium, message.destination, message.username) == ("EMAIL", "ana@example.com", "ana")
        assert message.code
        assert message.code.reveal().isdecimal()
        assert len(message.code) == 6
        user = aws("AdminGetUser", Username="ana")
        assert (user["UserStatus"], user["UserLastModifiedDate"]) == ("RESET_REQUIRED", aws.house.clock())
        assert aws.refused("InitiateAuth", **aws.house.start())[0] == "PasswordResetRequiredException"

    @pytest.mark.parametrize(
        ("mechanisms", "mfa", "medium"),
        [
            ((), (), "SMS"),
            ((), ("SMS_MFA",), "SMS"),
            (("verified_email", "verified_phone_number"), (), "EMAIL"),
            (("verified_phone_number", "verified_email"), (), "SMS"),
            (("verified_phone_number", "verified_email"), ("SMS_MFA",), "EMAIL"),
            (("verified_phone_number",), (), "SMS"),
        ],
    )
    def test_goes_where_the_pool_says(
        self, aws: Outside, mechanisms: tuple[str, ...], mfa: tuple[str, ...], medium: str
    ) -> None:
        reached = {**aws.house.ana.attributes, "phone_number_verified": "true"}
        aws.house.change(attributes=reached, mfa=mfa)
        aws.house.pool.account_recovery = mechanisms
        aws(RESET, Username="ana")
        assert aws.house.sandbox.state.outbox.messages[-1].medium == medium

    @pytest.mark.parametrize(
        ("mechanisms", "code", "words"),
        [
            (("admin_only",), "NotAuthorizedException", "Contact administrator to reset password."),
            (
                ("verified_phone_number",),
                "InvalidParameterException",
                "Cannot reset password for the user as there is no registered/verified email or phone_number",
            ),
        ],
    )
    def test_is_refused_where_nothing_can_be_sent(
        self, aws: Outside, mechanisms: tuple[str, ...], code: str, words: str
    ) -> None:
        aws.house.pool.account_recovery = mechanisms
        assert aws.refused(RESET, Username="ana") == (code, words)
        assert aws.house.now("ana") == aws.house.ana
        told = aws("DescribeUserPool")["UserPool"]["AccountRecoverySetting"]["RecoveryMechanisms"]
        assert told == [{"Priority": 1, "Name": mechanisms[0]}]


class TestDailyLimit:
    @pytest.fixture(autouse=True)
    def by_cognito(self, house: House) -> None:
        house.pool.email_sender = EmailSender.COGNITO_DEFAULT

    def test_is_fifty_and_begins_anew_at_midnight(self, aws: Outside) -> None:
        invite(aws.house, 50)
        before = aws.house.now("ana")
        assert aws.refused(RESET, Username="ana") == LIMIT
        assert aws.house.now("ana") == before
        aws.house.clock.forward(hours=11, minutes=59, seconds=59)
        assert aws.refused(RESET, Username="ana") == LIMIT
        aws.house.clock.forward(seconds=1)
        assert aws(RESET, Username="ana") == {}
        assert mailed(aws.house) == 51

    def test_leaves_whom_it_meets_as_they_were(self, aws: Outside) -> None:
        invite(aws.house, 50)
        password = aws.house.sandbox.state.outbox.messages[0].password
        assert password
        assert aws.refused(CREATE, Username="invited0", MessageAction="RESEND") == LIMIT
        assert aws.house.challenge(username="invited0", password=password.reveal())
        given = [{"Name": "email", "Value": "cy@example.com"}]
        assert aws.refused(CREATE, Username="cy", UserAttributes=given) == LIMIT
        assert aws.refused("AdminGetUser", Username="cy")[0] == "UserNotFoundException"
        assert mailed(aws.house) == 50

    def test_is_for_e_mail_that_is_sent(self, aws: Outside) -> None:
        invite(aws.house, 50)
        aws("AdminSetUserPassword", Username="ana", Password="Brand-new-1")
        aws(CREATE, Username="cy", MessageAction="SUPPRESS")
        phone = [{"Name": "phone_number", "Value": "+47"}]
        aws(CREATE, Username="di", UserAttributes=phone)
        assert aws.house.sandbox.state.outbox.messages[-1].medium == "SMS"

    def test_is_for_codes_too(self, aws: Outside) -> None:
        aws.house.pool.first_factors = ("EMAIL_OTP",)
        invite(aws.house, 50)
        parameters = {"USERNAME": "ana", "PREFERRED_CHALLENGE": "EMAIL_OTP"}
        client = aws.house.client("codes", secrets=(), prevent_user_existence_errors=False)
        start = {"ClientId": client.client_id, "AuthFlow": "USER_AUTH", "AuthParameters": parameters}
        with pytest.raises(aws.boto.exceptions.LimitExceededException):
            aws("InitiateAuth", **start)

    def test_is_of_the_account_and_not_of_one_pool(self, aws: Outside) -> None:
        invite(aws.house, 49)
        pools = aws.house.sandbox.state.pools
        pools["local_Other"] = UserPool("local_Other", "Other", aws.house.clock())
        given = [{"Name": "email", "Value": "cy@example.com"}]
        other = {"UserPoolId": "local_Other", "UserAttributes": given}
        for number in range(3):
            aws(CREATE, Username=f"ses{number}", **other)
        pools["local_Other"].email_sender = EmailSender.COGNITO_DEFAULT
        assert aws.refused(CREATE, Username="cy", **other) == LIMIT

    def test_is_none_for_the_developers_own_sender(self, aws: Outside) -> None:
        aws.house.pool.email_sender = EmailSender.DEVELOPER
        invite(aws.house, 60)
        assert mailed(aws.house) == 60


@pytest.mark.parametrize("sender", list(EmailSender))
def test_the_pool_tells_who_sends(aws: Outside, sender: EmailSender) -> None:
    aws.house.pool.email_sender = sender
    told = aws("DescribeUserPool")["UserPool"]["EmailConfiguration"]
    assert told["EmailSendingAccount"] == sender
    assert ("SourceArn" in told) == (sender is EmailSender.DEVELOPER)
