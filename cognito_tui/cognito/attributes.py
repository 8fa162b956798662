"""User attributes: what each is, and which values Cognito takes.

Standard attributes are those of OpenID Connect (Developer Guide, "Working with user attributes"); a pool's
own schema, where it could be described, knows the custom ones and narrows the rest.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

STANDARD: Final[Mapping[str, str]] = {
    "address": "postal address",
    "birthdate": "YYYY-MM-DD",
    "email": "e-mail address",
    "family_name": "surname",
    "gender": "text",
    "given_name": "first name",
    "locale": "language tag, such as en-GB",
    "middle_name": "text",
    "name": "full name",
    "nickname": "text",
    "phone_number": "+ and country code, then digits",
    "picture": "URL of a picture",
    "preferred_username": "text",
    "profile": "URL of a profile page",
    "updated_at": "seconds since 1970",
    "website": "URL",
    "zoneinfo": "time zone, such as Europe/Lisbon",
}
"""Every standard attribute a person may be asked for, and what to type."""

_PHONE: Final = re.compile(r"\+[0-9]{1,15}")
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+")
_NUMBER: Final = re.compile(r"-?[0-9]{1,18}")
_LONGEST: Final = 2048


@dataclass(frozen=True)
class SchemaAttribute:
    """`SchemaAttributeType`: one attribute as the pool defines it."""

    name: str
    data_type: str = "String"
    required: bool = False
    mutable: bool = True
    minimum: int | None = None
    maximum: int | None = None

    @classmethod
    def of(cls, described: Mapping[str, Any]) -> SchemaAttribute:
        """From one of `SchemaAttributes` of DescribeUserPool. Limits are lengths, for a Number values."""
        is_number = described.get("AttributeDataType") == "Number"
        limits = (
            described.get("NumberAttributeConstraints" if is_number else "StringAttributeConstraints") or {}
        )
        low, high = (
            limits.get("Min" + ("Value" if is_number else "Length")),
            limits.get("Max" + ("Value" if is_number else "Length")),
        )
        return cls(
            name=str(described.get("Name", "")),
            data_type=str(described.get("AttributeDataType") or "String"),
            required=bool(described.get("Required")),
            mutable=bool(described.get("Mutable", True)),
            minimum=_limit(low),
            maximum=_limit(high),
        )


def _limit(told: object) -> int | None:
    """A limit, which the service model has as any string; one that is no whole number is none we can use."""
    try:
        return int(str(told))
    except ValueError:
        return None


def hint(name: str, schema: SchemaAttribute | None = None) -> str:
    """What to type for the attribute `name`, in a few words."""
    if name in STANDARD:
        return STANDARD[name]
    return {"Number": "a whole number", "Boolean": "true or false", "DateTime": "date and time"}.get(
        schema.data_type if schema else "", "text"
    )


def problem(name: str, value: str, schema: SchemaAttribute | None = None) -> str | None:
    """Why Cognito would refuse `value` for the attribute `name`; None when nothing speaks against it."""
    if name == "phone_number" and not _PHONE.fullmatch(value):
        return "begin with + and country code" if not value.startswith("+") else "digits only after the +"
    if name == "email" and not _EMAIL.fullmatch(value):
        return "not an e-mail address"
    if name == "birthdate" and not _is_date(value):
        return "YYYY-MM-DD, such as 1990-12-31"
    if name == "updated_at" and not _NUMBER.fullmatch(value):
        return "a whole number of seconds since 1970"
    return _schema_problem(value, schema) or (
        f"longer than {_LONGEST} characters" if len(value) > _LONGEST else None
    )


def _schema_problem(value: str, schema: SchemaAttribute | None) -> str | None:
    if schema is None:
        return None
    if schema.data_type == "Boolean":
        return None if value in {"true", "false"} else "true or false"
    if schema.data_type == "Number":
        if not _NUMBER.fullmatch(value):
            return "a whole number"
        return _limit_problem(int(value), schema, "")
    return _limit_problem(len(value), schema, " characters")


def _limit_problem(size: int, schema: SchemaAttribute, unit: str) -> str | None:
    if schema.minimum is not None and size < schema.minimum:
        return f"at least {schema.minimum}{unit}"
    if schema.maximum is not None and size > schema.maximum:
        return f"at most {schema.maximum}{unit}"
    return None


def _is_date(value: str) -> bool:
    try:
        return len(value) == len("1990-12-31") and bool(datetime.date.fromisoformat(value))
    except ValueError:
        return False
