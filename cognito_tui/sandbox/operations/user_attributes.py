"""Changing and deleting attributes of users."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cognito_tui.sandbox.attributes import conforming, from_list, merged
from cognito_tui.sandbox.operations.users import one_user
from cognito_tui.sandbox.refusal import invalid_parameter
from cognito_tui.sandbox.state import State


def admin_update_user_attributes(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """AdminUpdateUserAttributes: any attribute of the schema that may change; a blank value deletes it.

    Raises:
        Refusal: rows 36 and 59.
    """
    return _changed(state, params, from_list(params["UserAttributes"]))


def admin_delete_user_attributes(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """AdminDeleteUserAttributes. What the user does not have is passed over (public record).

    That a required attribute may go is inferred, and that an address takes its `_verified` along.

    Raises:
        Refusal: row 36.
    """
    return _changed(state, params, dict.fromkeys(params["UserAttributeNames"], ""))


def _changed(state: State, params: Mapping[str, Any], values: Mapping[str, str]) -> dict[str, Any]:
    pool, user = one_user(state, params)
    given = conforming(pool.schema, values)
    for attribute in pool.schema:
        if attribute.name in given and not attribute.mutable:
            raise invalid_parameter(f"Cannot modify the non-mutable attribute {attribute.name}")
    changed = replace(user, attributes=merged(user.attributes, given), modified=state.clock())
    pool.check_aliases(changed)
    pool.put(changed)
    return {}
