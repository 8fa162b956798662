"""A public document of a pool, over HTTP: by the same ways as the calls, and as wary."""

from __future__ import annotations

from typing import Any, Final

from botocore.awsrequest import AWSRequest
from botocore.httpsession import URLLib3Session
from botocore.utils import get_environ_proxies

from cognito_tui import __version__
from cognito_tui.aws.errors import translated
from cognito_tui.aws.wire import ca_bundle, length_told
from cognito_tui.cognito.checks import is_loopback
from cognito_tui.cognito.errors import AnswerLost, CognitoError, NotCognito
from cognito_tui.off_loop import in_thread

LARGEST: Final = 1 << 16
"""Bytes. Cognito's JWKS has two keys, and some 900 of them."""


def fetch(url: str, what: str, *, timeouts: tuple[float, float], patience: float) -> bytes:
    """What is at `url`. Certificates are verified, redirects not followed, this machine never by a proxy.

    Args:
        url: http or https.
        what: names it in errors, as an operation does.
        timeouts: seconds to connect, and between two pieces of the answer.
        patience: seconds for all of it.

    Raises:
        CognitoError: it could not be had.
    """
    try:
        outcome = in_thread(patience, _outcome, url, what, timeouts)
    except TimeoutError:
        outcome = AnswerLost(what, f"The answer did not come within {patience:.0f} seconds.")
    if isinstance(outcome, CognitoError):
        raise outcome
    return outcome


def _outcome(url: str, what: str, timeouts: tuple[float, float]) -> bytes | CognitoError:
    headers = {"Accept-Encoding": "identity", "User-Agent": f"cognito-tui/{__version__}"}
    request = AWSRequest(method="GET", url=url, headers=headers, stream_output=True)
    try:
        session = URLLib3Session(
            verify=ca_bundle() or True,
            proxies={} if is_loopback(url) else get_environ_proxies(url),
            timeout=timeouts,
        )
        answer = session.send(request.prepare())
    except Exception as error:
        return translated(what, error)
    try:
        return _content(answer, what)
    except Exception as error:
        return AnswerLost(what, f"The answer broke off ({type(error).__name__}).")
    finally:
        session.close()


def _content(answer: Any, what: str) -> bytes | CognitoError:
    status = int(answer.status_code)
    if 300 <= status < 400:
        return NotCognito(what, f"The endpoint sends elsewhere (HTTP {status}); that is not followed.")
    if status == 404:
        return NotCognito(what, "The endpoint does not have it (HTTP 404): no such user pool there?")
    if status != 200:
        return NotCognito(what, f"The endpoint answered HTTP {status}.")
    content: bytes = answer.raw.read(LARGEST + 1)
    if len(content) > LARGEST:
        return NotCognito(what, f"The answer is longer than {LARGEST:,} bytes.")
    if len(content) < length_told(answer.headers):
        return AnswerLost(what, "The answer broke off.")
    return content
