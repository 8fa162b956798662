"""Groups: making and listing them, and who is in which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from cognito_tui.sandbox.groups import Group, no_such_group
from cognito_tui.sandbox.operations.users import one_user, user_type
from cognito_tui.sandbox.pages import page
from cognito_tui.sandbox.pool import User, UserPool
from cognito_tui.sandbox.refusal import Refusal
from cognito_tui.sandbox.state import State, epoch


def create_group(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """CreateGroup. A RoleArn is kept, but tokens do not tell of roles here.

    Raises:
        Refusal: row 48; GroupExistsException, whose words are inferred.
    """
    pool, name = state.pool(params["UserPoolId"]), params["GroupName"]
    if name in pool.groups:
        raise Refusal("GroupExistsException", f"A group with the name {name} already exists.")
    group = Group(
        name,
        state.clock(),
        params.get("Description", ""),
        params.get("RoleArn", ""),
        params.get("Precedence"),
    )
    pool.groups[name] = group
    return {"Group": _group_type(pool, group)}


def list_groups(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """ListGroups, in the order they were created (inferred)."""
    pool = state.pool(params["UserPoolId"])
    return _some_groups(pool, list(pool.groups.values()), params)


def admin_list_groups_for_user(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """AdminListGroupsForUser, in the order the user came to be in them (inferred)."""
    pool, user = one_user(state, params)
    return _some_groups(pool, [pool.groups[name] for name in user.groups if name in pool.groups], params)


def list_users_in_group(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """ListUsersInGroup.

    Raises:
        Refusal: row 48; ResourceNotFoundException without such a group.
    """
    pool, name = state.pool(params["UserPoolId"]), params["GroupName"]
    if name not in pool.groups:
        raise no_such_group()
    members = [user for _at, user in pool.line() if name in user.groups]
    users, token = page(members, params.get("Limit"), params.get("NextToken"))
    return {"Users": [user_type(user) for user in users], **({"NextToken": token} if token else {})}


def admin_add_user_to_group(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """AdminAddUserToGroup; once more does no harm (inferred).

    Raises:
        Refusal: rows 48 and 45; ResourceNotFoundException without such a group.
    """
    pool, user, name = _user_and_group(state, params)
    if name not in user.groups:
        pool.put(replace(user, groups=(*user.groups, name)))
    return {}


def admin_remove_user_from_group(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """AdminRemoveUserFromGroup; who is not in it stays so (inferred).

    Raises:
        Refusal: rows 48 and 45; ResourceNotFoundException without such a group.
    """
    pool, user, name = _user_and_group(state, params)
    pool.put(replace(user, groups=tuple(each for each in user.groups if each != name)))
    return {}


def _user_and_group(state: State, params: Mapping[str, Any]) -> tuple[UserPool, User, str]:
    """That a missing user is named before a missing group is inferred.

    Being in a group is no change of the user: UserLastModifiedDate stays (inferred).
    """
    pool, user = one_user(state, params)
    name = params["GroupName"]
    if name not in pool.groups:
        raise no_such_group()
    return pool, user, name


def _some_groups(pool: UserPool, groups: Sequence[Group], params: Mapping[str, Any]) -> dict[str, Any]:
    shown, token = page(groups, params.get("Limit"), params.get("NextToken"))
    return {
        "Groups": [_group_type(pool, each) for each in shown],
        **({"NextToken": token} if token else {}),
    }


def _group_type(pool: UserPool, group: Group) -> dict[str, Any]:
    optional = {
        "Description": group.description or None,
        "RoleArn": group.role_arn or None,
        "Precedence": group.precedence,
    }
    return {
        "GroupName": group.name,
        "UserPoolId": pool.pool_id,
        **{name: value for name, value in optional.items() if value is not None},
        "LastModifiedDate": epoch(group.created),
        "CreationDate": epoch(group.created),
    }
