"""The attribute schema of a user pool, and which values it takes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from cognito_tui.sandbox.refusal import bad_attribute, invalid_parameter


@dataclass(frozen=True)
class Attribute:
    """`SchemaAttributeType`: a String, Number or Boolean. The limits are lengths, for a Number values."""

    name: str
    data_type: str = "String"
    minimum: int | None = None
    maximum: int | None = None
    mutable: bool = True
    required: bool = False

    def described(self) -> dict[str, Any]:
        """As DescribeUserPool tells it."""
        constraint = "Value" if self.data_type == "Number" else "Length"
        limits = {f"Min{constraint}": self.minimum, f"Max{constraint}": self.maximum}
        told = {name: str(limit) for name, limit in limits.items() if limit is not None}
        return {
            "Name": self.name,
            "AttributeDataType": self.data_type,
            "DeveloperOnlyAttribute": False,
            "Mutable": self.mutable,
            "Required": self.required,
            **({f"{self.data_type}AttributeConstraints": told} if self.data_type != "Boolean" else {}),
        }


_STANDARD: Final = (
    Attribute("sub", minimum=1, maximum=2048, mutable=False, required=True),
    *(
        Attribute(name, minimum=0, maximum=2048)
        for name in (
            "name",
            "given_name",
            "family_name",
            "middle_name",
            "nickname",
            "preferred_username",
            "profile",
            "picture",
            "website",
            "email",
        )
    ),
    Attribute("email_verified", "Boolean"),
    Attribute("gender", minimum=0, maximum=2048),
    Attribute("birthdate", minimum=10, maximum=10),
    Attribute("zoneinfo", minimum=0, maximum=2048),
    Attribute("locale", minimum=0, maximum=2048),
    Attribute("phone_number", minimum=0, maximum=2048),
    Attribute("phone_number_verified", "Boolean"),
    Attribute("address", minimum=0, maximum=2048),
    Attribute("updated_at", "Number", minimum=0),
)

VERIFIED_BY: Final[Mapping[str, str]] = {
    "email": "email_verified",
    "phone_number": "phone_number_verified",
}
"""What can be verified, and the attribute that says so."""

_FORMATS: Final[Mapping[str, tuple[re.Pattern[str], str]]] = {
    "email": (re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+"), "Invalid email address format."),
    "phone_number": (re.compile(r"\+[0-9]{1,15}"), "Invalid phone number format."),
}


def schema(*required: str, custom: Sequence[Attribute] = ()) -> tuple[Attribute, ...]:
    """Every standard attribute, those of `required` marked so, and the `custom:` ones."""
    return (*(replace(each, required=each.required or each.name in required) for each in _STANDARD), *custom)


def is_email(value: str) -> bool:
    """Whether Cognito takes `value` for an e-mail address."""
    return bool(_FORMATS["email"][0].fullmatch(value))


def conforming(pool_schema: Iterable[Attribute], values: Mapping[str, str]) -> dict[str, str]:
    """`values` as the pool keeps them, when they fit its schema. A Boolean may be spelt True, any be blank.

    Raises:
        Refusal: InvalidParameterException, row 36. The words for limits and types are inferred.
    """
    known = {each.name: each for each in pool_schema}
    kept = {}
    for name, value in values.items():
        if name not in known:
            raise bad_attribute(name, "Attribute does not exist in the schema.")
        kept[name] = value.lower() if known[name].data_type == "Boolean" else value
        if value:
            _check_value(known[name], kept[name])
    return kept


def _check_value(attribute: Attribute, value: str) -> None:
    pattern, words = _FORMATS.get(attribute.name, (None, ""))
    if pattern and not pattern.fullmatch(value):
        raise invalid_parameter(words)
    if attribute.data_type == "Boolean" and value not in {"true", "false"}:
        raise bad_attribute(attribute.name, "Boolean must be true or false.")
    if attribute.data_type == "Number":
        if not re.fullmatch(r"-?[0-9]{1,18}", value):
            raise bad_attribute(attribute.name, "Number must be a whole number.")
        size, unit = int(value), ""
    else:
        size, unit = len(value), " characters"
    if attribute.minimum is not None and size < attribute.minimum:
        raise bad_attribute(attribute.name, f"Must be at least {attribute.minimum}{unit}.")
    if attribute.maximum is not None and size > attribute.maximum:
        raise bad_attribute(attribute.name, f"Must be at most {attribute.maximum}{unit}.")


def as_list(values: Mapping[str, str]) -> list[dict[str, str]]:
    """`AttributeListType`."""
    return [{"Name": name, "Value": value} for name, value in values.items()]


def from_list(listed: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """A map from `AttributeListType`; an attribute without a value has an empty one."""
    return {each["Name"]: each.get("Value", "") for each in listed}


def merged(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """`old` with `new`; a blank value deletes (service model, AdminUpdateUserAttributes).

    An address that changes is no longer verified, unless the same request says so.
    """
    unverified = {
        VERIFIED_BY[name]: "false" if value else ""
        for name, value in new.items()
        if name in VERIFIED_BY and value != old.get(name)
    }
    return {name: value for name, value in {**old, **unverified, **new}.items() if value}
