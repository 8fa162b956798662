"""What an AWS identity has to be allowed for looking at users, and for changing them."""

from __future__ import annotations

import json
from typing import Final

from cognito_tui.cognito.user_actions import Action, iam_action

LOOKS: Final = (
    "AdminGetUser",
    "AdminGetUserAuthFactors",
    "AdminListDevices",
    "AdminListGroupsForUser",
    "AdminListUserAuthEvents",
    "AdminListUserSessions",
    "DescribeUserPool",
    "DescribeUserPoolClient",
    "ListGroups",
    "ListUsers",
)
"""Operations that look at a pool and its users."""


def policy(user_pool_id: str, region: str) -> str:
    """An IAM policy, as JSON, for one pool of whatever account: one statement to look, one to change."""
    changes = sorted({action for each in Action for action in each.iam_actions})
    resource = f"arn:aws:cognito-idp:{region}:*:userpool/{user_pool_id}"
    statements = (
        ("CognitoUsersLook", [iam_action(each) for each in LOOKS]),
        ("CognitoUsersChange", changes),
    )
    return json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {"Sid": sid, "Effect": "Allow", "Action": actions, "Resource": resource}
                for sid, actions in statements
            ],
        },
        indent=2,
    )
