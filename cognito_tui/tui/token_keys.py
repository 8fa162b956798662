"""The keys of the tokens place, and the same as lists that are seen and clicked."""

from __future__ import annotations

from typing import Final

from textual.binding import Binding, BindingType

from cognito_tui.tui.copying import CLEARED
from cognito_tui.tui.messages import GoTo
from cognito_tui.tui.widgets.offers import Offer


def _key(keys: str, action: str, title: str, what: str, *, show: bool = False) -> Binding:
    name = action.partition("(")[0].replace("_", "-")
    return Binding(keys, action, title, tooltip=what, show=show, id=f"tokens.{name}.{keys}")


SHOWN: Final[tuple[BindingType, ...]] = (
    _key("y", "copy_value", "Copy value", "Copy the value under the cursor", show=True),
    _key("y", "copy_report", "Copy report", "Copy what went wrong, as text without secrets", show=True),
    _key("Y", "copy_token", "Copy token", f"Copy the token; {CLEARED}", show=True),
    _key("r", "refresh", "Refresh", "Get fresh tokens, and see what has changed", show=True),
    _key("v", "revoke", "Revoke…", "End the refresh token, and the access tokens it gave", show=True),
)
"""Those in the footer."""

OTHERS: Final[tuple[BindingType, ...]] = (
    _key("1", "choose('IdToken')", "ID token", "Look at the ID token"),
    _key("2", "choose('AccessToken')", "Access token", "Look at the access token"),
    _key("3", "choose('RefreshToken')", "Refresh token", "Look at the refresh token"),
    _key("R", "refresh_by_flow", "Refresh by flow", "Refresh by REFRESH_TOKEN_AUTH and its hash"),
    _key("a", "automatic", "Refresh by itself", "Refresh a minute before they expire, or stop that"),
    _key("b", "copy_header", "Copy header", "Copy the token as an Authorization: Bearer header"),
    _key("e", "copy_export", "Copy export", "Copy the token as a line for a shell"),
    _key("w", "write", "Write…", "Write the token to a file of mode 0600"),
    _key("f", "full_width", "Full width", "Show the token full width"),
    _key("g", "get_user", "Still good?", "Ask GetUser whether the access token is still good"),
    _key("c", "verify", "Verify again", "Check signature, issuer, client, use and time again"),
    _key("p", "paste", "Paste…", "Look at any token, of this pool or another"),
    _key("u", "other_user", "Other user…", "Choose among those who are signed in"),
    _key("s", "sign_out", "Sign out…", "Sign the user out everywhere: GlobalSignOut"),
    _key("d", "forget", "Forget…", "Forget the tokens of this sign-in; nothing is sent"),
    Binding("escape", "back", "Back", key_display="esc", show=False),
)
"""Those on the screen beside what they do, in the help and in the palette."""

NEED_A_USER: Final = frozenset({"refresh", "refresh_by_flow", "automatic", "revoke", "sign_out", "forget"})
NEED_A_TOKEN: Final = frozenset(
    {"copy_token", "copy_header", "copy_export", "write", "full_width", "verify", "toggle_secrets"}
)
"""Actions that are there with somebody who is signed in, or with a token, only."""

WAYS_IN: Final = (
    Offer("i", "sign in", "at the sign-in place", GoTo("sign_in")),
    Offer("p", "paste a token …", "look at any JWT, of this pool or another", "paste"),
)
"""What can be done while nobody is signed in; values are actions, or messages."""

USES: Final = (
    Offer("b", "copy as a header", "Authorization: Bearer …", "copy_header"),
    Offer("e", "copy for a shell", "export COGNITO_…_TOKEN=…", "copy_export"),
    Offer("w", "write to a file …", "mode 0600, you choose where", "write"),
    Offer("g", "still good?", "GetUser with the access token", "get_user"),
    Offer("c", "verify again", "keys are fetched where needed", "verify"),
)
"""What an ID or access token is for."""


def refresh_offers(*, automatic: bool) -> tuple[Offer, ...]:
    """What can be done with a refresh token; `automatic` when it is used by itself already."""
    return (
        Offer("r", "refresh", "and see what has changed", "refresh"),
        Offer("R", "refresh by REFRESH_TOKEN_AUTH", "the older way, with a SECRET_HASH", "refresh_by_flow"),
        Offer("a", "do not refresh by itself", "it does now", "automatic")
        if automatic
        else Offer("a", "refresh by itself", "a minute before they expire", "automatic"),
        Offer("v", "revoke …", "the tokens of this sign-in end", "revoke"),
        Offer("s", "sign out everywhere …", "all tokens of the user end", "sign_out"),
        Offer("d", "forget …", "in this app only", "forget"),
    )
