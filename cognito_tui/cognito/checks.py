"""What of a typed value is refused, and what is only odd.

Refused is what can never work: an empty value, a NUL or line break inside, an id outside its pattern in the
service model. Everything else is kept as given, with a warning: Cognito has changed lengths before, and
emulators have their own.
"""

from __future__ import annotations

import ipaddress
from typing import Final
from urllib.parse import urlsplit

from cognito_tui.cognito.model import CLIENT_ID, USER_POOL_ID, Secret

USUAL_CLIENT_ID_LENGTH: Final = 26
SECRET_LENGTHS: Final = range(24, 65)
"""Service model, ClientSecretType: 24 to 64 characters of `[\\w+]`."""


def line_problem(value: str) -> str | None:
    """Why `value` cannot be a value of one line: empty, a NUL, a line break, or no text at all."""
    if not value:
        return "must not be empty"
    if "\0" in value:
        return "has a NUL character inside"
    if len(f"{value}.".splitlines()) > 1:
        return "has a line break inside"
    if any("\ud800" <= each <= "\udfff" for each in value):
        return "is not text in UTF-8"
    return None


def user_pool_id_problem(value: str) -> str | None:
    """Why `value` cannot be a user pool id (service model, UserPoolIdType)."""
    return line_problem(value) or (
        None
        if USER_POOL_ID.fullmatch(value)
        else _blanks(value) or "is not a user pool id, such as eu-west-1_AbCdEf123"
    )


def client_id_problem(value: str) -> str | None:
    """Why `value` cannot be an app client id (service model, ClientIdType)."""
    return line_problem(value) or (
        None
        if CLIENT_ID.fullmatch(value)
        else _blanks(value) or "is not a client ID: letters, digits, _ and +, 128 at most"
    )


def endpoint_problem(value: str) -> str | None:
    """Why `value` cannot be an endpoint URL. Empty is fine: AWS itself."""
    if not value:
        return None
    if problem := line_problem(value):
        return problem
    try:
        parts = urlsplit(value)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or not value.isprintable() or " " in value:
        return _blanks(value) or "is not a URL, such as http://127.0.0.1:9229"
    if parts.username is not None:
        return "must not hold a user name or a password: it is written to a file"
    return None


def region_problem(value: str) -> str | None:
    """Why `value` cannot be a region; it becomes part of a host name."""
    if problem := line_problem(value):
        return problem
    return (
        None
        if all(each.isascii() and (each.isalnum() or each in "-_") for each in value)
        else _blanks(value) or "is not a region"
    )


def _blanks(value: str) -> str | None:
    """Where a blank makes `value` wrong, which nobody sees."""
    if value.strip() == value:
        return "has a blank inside" if any(each.isspace() for each in value) else None
    return f"has a blank {_ends(value)}"


def _ends(value: str) -> str:
    ends = [
        *(["at its beginning"] if value != value.lstrip() else ()),
        *(["at its end"] if value != value.rstrip() else ()),
    ]
    return " and ".join(ends)


def is_loopback(endpoint_url: str | None) -> bool:
    """Whether `endpoint_url` is on this machine: an emulator or the sandbox (names as in RFC 6761)."""
    if not endpoint_url or endpoint_problem(endpoint_url):
        return False
    host = urlsplit(endpoint_url).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def around(what: str, value: str) -> str | None:
    """The warning for blanks and line breaks at the ends, the commonest flaw of a pasted value."""
    if value != value.strip():
        return f"{what} has a blank or line break {_ends(value)}"
    if not value.isprintable():
        return f"{what} has a character in it that cannot be seen"
    return None


def client_id_oddity(value: str) -> str | None:
    """What is unusual about a client id that is not refused."""
    if len(value) != USUAL_CLIENT_ID_LENGTH:
        return f"{len(value)} characters, a client ID has {USUAL_CLIENT_ID_LENGTH}: cut off?"
    return None


def secret_oddity(secret: Secret, client_id: str = "") -> str | None:
    """What is unusual about a client secret; never says anything of its characters."""
    value = secret.reveal()
    if not value:
        return "the client secret is empty"
    if around_it := around("client secret", value):
        return around_it
    if value == client_id:
        return "that is the client ID, not the client secret"
    if len(value) not in SECRET_LENGTHS:
        return f"{len(value)} characters, a client secret has {SECRET_LENGTHS[0]} to {SECRET_LENGTHS[-1]}"
    if not all(each.isascii() and (each.isalnum() or each in "_+") for each in value):
        return "a client secret has only letters, digits, _ and +"
    return None


def endpoint_oddity(value: str) -> str | None:
    """What is unusual about an endpoint that is not refused."""
    if value.startswith("http:") and not is_loopback(value):
        return "http: passwords would cross the network in clear"
    return None


def username_oddity(value: str) -> str | None:
    """What makes a typed username unlikely to be the one in the pool."""
    if around_it := around("username", value):
        return around_it
    if any(each.isspace() for each in value):
        return "a Cognito username has no blanks"
    return None


def hash_oddities(username: str, client_id: str, secret: Secret) -> tuple[str, ...]:
    """What makes a SECRET_HASH over these three wrong, most likely first."""
    found = (
        secret_oddity(secret, client_id),
        username_oddity(username),
        around("client ID", client_id),
    )
    return tuple(oddity for oddity in found if oddity)
