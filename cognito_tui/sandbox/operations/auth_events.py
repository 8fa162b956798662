"""The history of sign-ins, where a pool keeps one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cognito_tui.sandbox.operations.users import one_user
from cognito_tui.sandbox.pages import page
from cognito_tui.sandbox.refusal import Refusal
from cognito_tui.sandbox.state import State, epoch


def admin_list_user_auth_events(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """AdminListUserAuthEvents, newest first (inferred). Passed sign-ins and wrong passwords are events here.

    Raises:
        Refusal: rows 48 and 45; UserPoolAddOnNotEnabledException without threat protection, after which a
            missing user is not looked for, and whose words are inferred.
    """
    pool = state.pool(params["UserPoolId"])
    if not pool.protects:
        raise Refusal("UserPoolAddOnNotEnabledException", "User pool add-ons are not enabled.")
    _pool, user = one_user(state, params)
    events, token = page(
        state.auth_events.newest_first(user.sub), params.get("MaxResults"), params.get("NextToken")
    )
    return {
        "AuthEvents": [each.described(epoch(each.created)) for each in events],
        **({"NextToken": token} if token else {}),
    }
