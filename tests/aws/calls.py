"""Calls to send, and who sends them without waiting."""

from __future__ import annotations

from typing import Any

from cognito_tui.aws.client import Client
from cognito_tui.cognito import requests
from cognito_tui.cognito.model import AppClient, Secret
from cognito_tui.cognito.secret_hash import Subject
from cognito_tui.cognito.steps import Call

PASSWORD = "Sentinel-password-1"
CLIENT_SECRET = "SentinelClientSecret" * 2
APP_CLIENT = AppClient("local_Testing1", "someclient", Secret(CLIENT_SECRET))

ANOTHER_NAME = "127.1"
"""This machine, under a name that the app takes for somebody else's."""


def initiate_auth(app_client: AppClient = APP_CLIENT, *, admin: bool = False, **more: str) -> Call:
    flow = "ADMIN_USER_PASSWORD_AUTH" if admin else "USER_PASSWORD_AUTH"
    parameters = {"PASSWORD": Secret(more.pop("password", PASSWORD))}
    return requests.initiate_auth(
        app_client,
        flow,
        parameters,
        subject=Subject(more.pop("username", "ana")),
        admin=admin,
        client_metadata=more,
    )


DESCRIBE = requests.describe_user_pool("local_Testing1")


class Sender(Client):
    """A client that writes down its pauses instead of waiting."""

    def __init__(self, endpoint_url: str | None, aws_profile: str | None = None, **settings: Any) -> None:
        self.pauses: list[float] = []
        super().__init__(
            settings.pop("region", "eu-west-1"),
            endpoint_url,
            aws_profile,
            pause=self.pauses.append,
            **settings,
        )
