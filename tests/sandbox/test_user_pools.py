"""Describing and listing user pools and app clients."""

from __future__ import annotations

from cognito_tui.cognito.model import Secret
from cognito_tui.sandbox.attributes import Attribute, schema
from cognito_tui.sandbox.passwords import PasswordPolicy
from cognito_tui.sandbox.pool import AppClient, UserPool
from tests.sandbox.house import FLOWS, POOL, SECRET, House


def test_a_pool_tells_its_policy_and_schema(house: House) -> None:
    house.pool.schema = schema("email", custom=[Attribute("custom:level", "Number", 1, 5, mutable=False)])
    house.pool.password_policy = PasswordPolicy(12, symbols=False, history_size=3)
    pool = house.ask("DescribeUserPool")["UserPool"]
    assert (pool["Id"], pool["Name"], pool["EstimatedNumberOfUsers"]) == (POOL, "Testing", 1)
    assert pool["Policies"]["PasswordPolicy"] == {
        "MinimumLength": 12,
        "RequireUppercase": True,
        "RequireLowercase": True,
        "RequireNumbers": True,
        "RequireSymbols": False,
        "PasswordHistorySize": 3,
        "TemporaryPasswordValidityDays": 7,
    }
    told = {each["Name"]: each for each in pool["SchemaAttributes"]}
    assert len(told) == 21
    assert [name for name, each in told.items() if each["Required"]] == ["sub", "email"]
    assert told["custom:level"] == {
        "Name": "custom:level",
        "AttributeDataType": "Number",
        "DeveloperOnlyAttribute": False,
        "Mutable": False,
        "Required": False,
        "NumberAttributeConstraints": {"MinValue": "1", "MaxValue": "5"},
    }
    assert told["birthdate"]["StringAttributeConstraints"] == {"MinLength": "10", "MaxLength": "10"}
    assert told["email_verified"]["AttributeDataType"] == "Boolean"


def test_it_tells_how_users_sign_in(house: House) -> None:
    pool = house.ask("DescribeUserPool")["UserPool"]
    assert pool["UsernameConfiguration"] == {"CaseSensitive": False}
    assert not {"AliasAttributes", "UsernameAttributes"} & set(pool)
    house.pool.alias_attributes = ("email",)
    assert house.ask("DescribeUserPool")["UserPool"]["AliasAttributes"] == ["email"]


def test_a_client_tells_its_settings_and_its_secret(house: House) -> None:
    house.client("full", secrets=(Secret(SECRET),), write_attributes=("email",), auth_session_validity=5)
    client = house.ask("DescribeUserPoolClient", ClientId="full")["UserPoolClient"]
    assert client == {
        "UserPoolId": POOL,
        "ClientId": "full",
        "ClientName": "Full",
        "ClientSecret": SECRET,
        "CreationDate": house.clock().timestamp(),
        "LastModifiedDate": house.clock().timestamp(),
        "ExplicitAuthFlows": list(FLOWS),
        "WriteAttributes": ["email"],
        "AuthSessionValidity": 5,
        "PreventUserExistenceErrors": "ENABLED",
    }


def test_a_client_without_settings_leaves_them_out(house: House) -> None:
    house.pool.clients["plain"] = AppClient("plain", "Plain", house.clock())
    client = house.ask("DescribeUserPoolClient", ClientId="plain")["UserPoolClient"]
    assert not {"ClientSecret", "ExplicitAuthFlows", "WriteAttributes"} & set(client)
    assert client["PreventUserExistenceErrors"] == "LEGACY"


def test_pools_and_clients_are_listed_in_pages(house: House) -> None:
    house.sandbox.state.pools["local_Other"] = UserPool("local_Other", "Other", house.clock())
    first = house.ask("ListUserPools", MaxResults=1)
    second = house.ask("ListUserPools", MaxResults=1, NextToken=first["NextToken"])
    assert [each["Id"] for each in first["UserPools"] + second["UserPools"]] == [POOL, "local_Other"]
    assert "NextToken" not in second

    first = house.ask("ListUserPoolClients", MaxResults=1)
    second = house.ask("ListUserPoolClients", NextToken=first["NextToken"])
    assert first["UserPoolClients"] + second["UserPoolClients"] == [
        {"ClientId": "secretclient", "UserPoolId": POOL, "ClientName": "Secretclient"},
        {"ClientId": "openclient", "UserPoolId": POOL, "ClientName": "Openclient"},
    ]
    assert house.ask("ListUserPoolClients", ClientType="DCR") == {"UserPoolClients": []}


def test_what_is_not_there_does_not_exist(house: House) -> None:
    assert house.refused("DescribeUserPool", UserPoolId="local_Other")[1] == (
        "User pool local_Other does not exist."
    )
    assert house.refused("DescribeUserPoolClient", ClientId="nosuch")[1] == (
        "User pool client nosuch does not exist."
    )
