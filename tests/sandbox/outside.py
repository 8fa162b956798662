"""boto3 at the door of a house, as somebody else's client would be."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import boto3
import pytest
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import ClientError

from cognito_tui.sandbox.faults import Faults
from cognito_tui.sandbox.server import SandboxServer
from tests.sandbox.house import COMMON_ERRORS, POOL, House, modelled_errors, service_model, unmodelled

UNMODELLED_ERRORS = {
    ("AdminCreateUser", "LimitExceededException"),
    ("AdminGetDevice", "UserNotFoundException"),
    ("AdminListDevices", "UserNotFoundException"),
}
"""What an operation answers though the service model does not say so: the first by public records."""


class Outside:
    """A signed client of `house`. Each answer must be one of the service model, and each error too.

    Operations are about the house's pool unless told otherwise.
    """

    def __init__(self, house: House, boto: Any) -> None:
        self.house, self.boto = house, boto
        boto.meta.events.register("before-parse.cognito-idp.*", _check)

    def __call__(self, operation: str, /, **params: Any) -> dict[str, Any]:
        """The answer, without what is about HTTP."""
        shape = service_model().operation_model(operation).input_shape
        pool = {"UserPoolId": POOL} if "UserPoolId" in shape.members else {}
        answer: dict[str, Any] = getattr(self.boto, xform_name(operation))(**{**pool, **params})
        del answer["ResponseMetadata"]
        return answer

    def refused(self, operation: str, /, **params: Any) -> tuple[str, str]:
        """Code and message of the error that is the answer."""
        with pytest.raises(ClientError) as caught:
            self(operation, **params)
        error = caught.value.response["Error"]
        known = modelled_errors(operation) | COMMON_ERRORS
        assert error["Code"] in known or (operation, error["Code"]) in UNMODELLED_ERRORS
        return error["Code"], error["Message"]

    def everybody(self, **params: Any) -> list[list[str]]:
        """The usernames of ListUsers, page by page to the end."""
        pages: list[list[str]] = []
        token: str | None = ""
        while token is not None:
            answer = self("ListUsers", **params, **({"PaginationToken": token} if token else {}))
            pages.append([each["Username"] for each in answer["Users"]])
            token = answer.get("PaginationToken")
        return pages


@contextmanager
def outside(house: House, faults: Faults | None = None) -> Iterator[Outside]:
    """Serve `house`, and stand outside."""
    with SandboxServer(house.sandbox, faults=faults) as server:
        client = boto3.client(
            "cognito-idp",
            region_name="local",
            endpoint_url=server.endpoint_url,
            aws_access_key_id="AKIAEXAMPLE",
            aws_secret_access_key="example",
            config=Config(retries={"total_max_attempts": 1}),
        )
        with closing(client):
            yield Outside(house, client)


def _check(operation_model: Any, response_dict: dict[str, Any], **_more: Any) -> None:
    """See that an answer is what the service model has; botocore would drop the rest unseen."""
    if response_dict["status_code"] == 200:
        assert unmodelled(operation_model.name, json.loads(response_dict["body"])) == []
