"""Describing and listing user pools and app clients."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cognito_tui.sandbox.pages import page
from cognito_tui.sandbox.pool import AppClient, UserPool
from cognito_tui.sandbox.state import State, epoch


def describe_user_pool(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """DescribeUserPool: what the sandbox goes by, and nothing it does not."""
    pool = state.pool(params["UserPoolId"])
    signing_in_by = {"AliasAttributes": pool.alias_attributes, "UsernameAttributes": pool.username_attributes}
    return {
        "UserPool": {
            "Id": pool.pool_id,
            "Name": pool.name,
            "CreationDate": epoch(pool.created),
            "LastModifiedDate": epoch(pool.created),
            "Policies": {
                "PasswordPolicy": pool.password_policy.described(),
                "SignInPolicy": {"AllowedFirstAuthFactors": list(pool.first_factors)},
            },
            "SchemaAttributes": [each.described() for each in pool.schema],
            **{name: list(value) for name, value in signing_in_by.items() if value},
            "UsernameConfiguration": {"CaseSensitive": pool.case_sensitive},
            "MfaConfiguration": pool.mfa,
            "EmailConfiguration": pool.email_sender.described(),
            **_recovery(pool),
            "UserPoolTier": "PLUS" if pool.protects else "ESSENTIALS",
            **({"UserPoolAddOns": {"AdvancedSecurityMode": "AUDIT"}} if pool.protects else {}),
            **({"DeviceConfiguration": pool.devices.described()} if pool.devices else {}),
            "EstimatedNumberOfUsers": len(pool.users),
        }
    }


def _recovery(pool: UserPool) -> dict[str, Any]:
    if not pool.account_recovery:
        return {}
    mechanisms = [
        {"Priority": priority, "Name": name} for priority, name in enumerate(pool.account_recovery, start=1)
    ]
    return {"AccountRecoverySetting": {"RecoveryMechanisms": mechanisms}}


def describe_user_pool_client(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """DescribeUserPoolClient. Of two secrets it shows the first; it has no place for more."""
    pool, client = state.client(params["ClientId"], params["UserPoolId"])
    optional = {
        "ExplicitAuthFlows": list(client.explicit_auth_flows),
        "WriteAttributes": list(client.write_attributes),
        "ClientSecret": client.secrets[0].reveal() if client.secrets else "",
    }
    return {
        "UserPoolClient": {
            "UserPoolId": pool.pool_id,
            "ClientId": client.client_id,
            "ClientName": client.name,
            "CreationDate": epoch(client.created),
            "LastModifiedDate": epoch(client.created),
            "AuthSessionValidity": client.auth_session_validity,
            "PreventUserExistenceErrors": "ENABLED" if client.prevent_user_existence_errors else "LEGACY",
            **{name: value for name, value in optional.items() if value},
            **_rotation(client),
            **({} if client.revocation else {"EnableTokenRevocation": False}),
        }
    }


def _rotation(client: AppClient) -> dict[str, Any]:
    if client.rotation is None:
        return {}
    return {"RefreshTokenRotation": {"Feature": "ENABLED", "RetryGracePeriodSeconds": client.rotation}}


def list_user_pools(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """ListUserPools."""
    pools, token = page(list(state.pools.values()), params["MaxResults"], params.get("NextToken"))
    return {
        "UserPools": [
            {
                "Id": pool.pool_id,
                "Name": pool.name,
                "CreationDate": epoch(pool.created),
                "LastModifiedDate": epoch(pool.created),
            }
            for pool in pools
        ],
        **({"NextToken": token} if token else {}),
    }


def list_user_pool_clients(state: State, params: Mapping[str, Any]) -> dict[str, Any]:
    """ListUserPoolClients; nothing here was registered dynamically (ClientType DCR)."""
    pool = state.pool(params["UserPoolId"])
    known = [] if params.get("ClientType") == "DCR" else list(pool.clients.values())
    clients, token = page(known, params.get("MaxResults"), params.get("NextToken"))
    return {
        "UserPoolClients": [
            {"ClientId": client.client_id, "UserPoolId": pool.pool_id, "ClientName": client.name}
            for client in clients
        ],
        **({"NextToken": token} if token else {}),
    }
