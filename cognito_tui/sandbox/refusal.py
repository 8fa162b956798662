"""How the sandbox says no: an error code of the service model and Cognito's own words.

A row, wherever one is named, is one of the catalogue of public records that `cognito.explain` reads too.
"""

from __future__ import annotations

from collections.abc import Mapping


class Refusal(Exception):
    """The answer is an error: `code` is its name (`NotAuthorizedException`), `message` what Cognito says.

    With `ends_session` the Session that was answered is used up, and there is no second try.
    """

    def __init__(self, code: str, message: str, *, ends_session: bool = False) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.ends_session = ends_session


def invalid_parameter(message: str) -> Refusal:
    """Something of the request is wrong in itself."""
    return Refusal("InvalidParameterException", message)


def not_authorized(message: str) -> Refusal:
    """The request is well formed, and whoever sends it may not do that."""
    return Refusal("NotAuthorizedException", message)


def needed(parameters: Mapping[str, str], name: str) -> str:
    """What a flow or a challenge cannot do without; an empty value counts as missing.

    Raises:
        Refusal: InvalidParameterException, row 34.
    """
    if value := parameters.get(name):
        return value
    raise invalid_parameter(f"Missing required parameter {name}")


def no_such_user() -> Refusal:
    """Row 45."""
    return Refusal("UserNotFoundException", "User does not exist.")


def too_many_requests() -> Refusal:
    """Driven too fast; the words are those of newer public records, older ones have "Rate exceeded"."""
    return Refusal("TooManyRequestsException", "Too many requests")


def user_disabled() -> Refusal:
    """Row 7."""
    return not_authorized("User is disabled.")


def bad_attribute(name: str, why: str) -> Refusal:
    """Row 36."""
    return invalid_parameter(f"Attributes did not conform to the schema: {name}: {why}")


def wrong_password() -> Refusal:
    """Row 5."""
    return not_authorized("Incorrect username or password.")


def wrong_code() -> Refusal:
    """Row 52, of a code that was sent."""
    return Refusal("CodeMismatchException", "Invalid code or auth state for the user.")


def wrong_session() -> Refusal:
    """Row 14."""
    return not_authorized("Invalid session for the user.")


def triggers_gave_up() -> Refusal:
    """Row 14, of custom authentication that failed (DefineAuthChallenge, failAuthentication)."""
    return Refusal("NotAuthorizedException", "Invalid session for the user.", ends_session=True)
