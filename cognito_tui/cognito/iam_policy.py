"""What an AWS identity has to be allowed: to look at users and change them, to import profiles."""

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

LISTS_POOLS: Final = "ListUserPools"
"""Not about any pool, so that it can be allowed on all resources only (service authorization reference)."""

IMPORTS: Final = ("DescribeUserPool", "DescribeUserPoolClient", "ListUserPoolClients", LISTS_POOLS)
"""Operations that an import of profiles calls."""


def policy(user_pool_id: str, region: str) -> str:
    """An IAM policy, as JSON, for one pool of whatever account: one statement to look, one to change."""
    changes = sorted({action for each in Action for action in each.iam_actions})
    resource = pool_arn(region, user_pool_id)
    return _policy(
        ("CognitoUsersLook", [iam_action(each) for each in LOOKS], resource),
        ("CognitoUsersChange", changes, resource),
    )


def import_policy(region: str, user_pool_id: str = "*") -> str:
    """An IAM policy, as JSON, for importing profiles: of one pool, or of all in the region."""
    in_pool = [iam_action(each) for each in IMPORTS if each != LISTS_POOLS]
    return _policy(
        ("CognitoPoolsList", [iam_action(LISTS_POOLS)], "*"),
        ("CognitoClientsRead", in_pool, pool_arn(region, user_pool_id)),
    )


def resource_of(operation: str, region: str, user_pool_id: str) -> str:
    """The resource on which `operation` has to be allowed, as a policy names it."""
    return "*" if operation == LISTS_POOLS else pool_arn(region, user_pool_id)


def pool_arn(region: str, user_pool_id: str) -> str:
    """The pool in whatever account."""
    return f"arn:{_partition(region)}:cognito-idp:{region}:*:userpool/{user_pool_id}"


def _partition(region: str) -> str:
    """The partition of a region (botocore, `partitions.json`)."""
    if region.startswith("cn-"):
        return "aws-cn"
    return "aws-us-gov" if region.startswith("us-gov-") else "aws"


def _policy(*statements: tuple[str, list[str], str]) -> str:
    return json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {"Sid": sid, "Effect": "Allow", "Action": actions, "Resource": resource}
                for sid, actions, resource in statements
            ],
        },
        indent=2,
    )
