"""Errors about the SECRET_HASH: rows 1 to 4 of the catalogue, and a hash nobody wants."""

from __future__ import annotations

from cognito_tui.cognito import checks
from cognito_tui.cognito.errors import Refused
from cognito_tui.cognito.explain.values import (
    EDIT,
    Cause,
    Certainty,
    Check,
    Explanation,
    Fix,
    Remedy,
    Situation,
)

_USE_POOLS = Fix("u", Remedy.USE_POOL_SECRET, "use the pool's secret", "stores it, retries")
_ENTER = Fix("p", Remedy.ENTER_SECRET, "paste the secret", "stores it, retries")
_DROP = Fix("u", Remedy.DROP_SECRET, "send no hash", "edits the profile, retries")


def hash_refused(_error: Refused, known: Situation) -> Explanation:
    """Cognito made its own SECRET_HASH and got another one, or got none."""
    if known.client.secret is None:
        return hash_missing(_error, known)
    return Explanation(
        meaning="Cognito made its own hash and got another one.",
        causes=tuple(_causes(known)),
        checks=tuple(_checked(known)),
        fixes=(*((_USE_POOLS,) if _differs(known) else ()), _ENTER, EDIT),
        read_it="This is about the hash only. It does not say that the username or the password is wrong.",
    )


def hash_missing(_error: Refused, known: Situation) -> Explanation:
    """The client has a secret and the request carried no SECRET_HASH."""
    pools = known.described is not None and known.described.secret is not None
    return Explanation(
        meaning="The app client has a secret, and the request carried no SECRET_HASH.",
        causes=(Cause("This profile says the client has no secret", Certainty.CERTAIN),),
        checks=(Check("secret of this profile", good=False, result="none"),),
        fixes=(*((_USE_POOLS,) if pools else ()), _ENTER, EDIT),
        read_it="This is about the hash only. It does not say that the username or the password is wrong.",
    )


def hash_unwanted(_error: Refused, _known: Situation) -> Explanation:
    """The client has no secret and the request carried a SECRET_HASH."""
    return Explanation(
        meaning="The app client has no secret, and the request carried a SECRET_HASH.",
        causes=(Cause("The profile keeps a secret for a client without one", Certainty.CERTAIN),),
        fixes=(_DROP, EDIT),
    )


def _differs(known: Situation) -> bool:
    theirs = known.described.secret if known.described else None
    return theirs is not None and theirs != known.client.secret


def _causes(known: Situation) -> list[Cause]:
    secret, theirs = known.client.secret, known.described.secret if known.described else None
    if secret is None:
        return []
    oddity = checks.secret_oddity(secret, known.client.client_id)
    causes = []
    if _differs(known) and theirs is not None:
        detail = f"fingerprint: ours {secret.fingerprint()}, the pool's own {theirs.fingerprint()}"
        causes.append(Cause("The stored secret is not this client's", Certainty.CERTAIN, detail))
    elif theirs is not None:
        detail = "it is what DescribeUserPoolClient tells; a client can have a second one"
        causes.append(Cause("The stored secret is not this client's", Certainty.RULED_OUT, detail))
    else:
        detail = oddity or "another client's, an older one, or cut off when it was copied"
        certainty = Certainty.CERTAIN if oddity and "client ID" in oddity else Certainty.LIKELY
        causes.append(Cause("The stored secret is not this client's", certainty, detail))
    causes.append(_username_cause(known))
    if oddity is None:
        causes.append(Cause("Blanks around the pasted secret", Certainty.RULED_OUT))
    return causes


def _username_cause(known: Situation) -> Cause:
    """What we send and hash is one string by construction; only Cognito may know the user by another."""
    if known.hashed and known.hashed.typed and known.challenge:
        return Cause(
            "Cognito knows the user by another name",
            Certainty.POSSIBLE,
            f"it told no USER_ID_FOR_SRP, so {known.hashed.username} was hashed",
        )
    over = known.hashed.username if known.hashed else known.username
    return Cause("The hash is over another username", Certainty.RULED_OUT, f"sent and hashed are both {over}")


def _checked(known: Situation) -> list[Check]:
    secret = known.client.secret
    if secret is None:
        return []
    client_id = known.client.client_id
    oddity = checks.client_id_oddity(client_id)
    found = [
        Check(
            f"secret {known.secret_is}, {len(secret)} characters",
            checks.secret_oddity(secret, client_id) is None,
        ),
        Check(
            f"client ID has {len(client_id)} characters", oddity is None, "" if oddity is None else "unusual"
        ),
        Check("USERNAME sent = username hashed", good=True),
    ]
    compared = "secret = DescribeUserPoolClient's"
    if known.described is None or known.described.secret is None:
        found.append(Check(compared, None, "could not be read"))
    else:
        found.append(Check(compared, not _differs(known), "differs" if _differs(known) else ""))
    return found
