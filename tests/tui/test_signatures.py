from __future__ import annotations

from cognito_tui.cognito.expected import Expected
from cognito_tui.tui.signatures import Signatures
from tests.aws.conftest import direct_way  # noqa: F401 a fixture
from tests.aws.listener import answer, listening
from tests.aws.signing import jwk, signed
from tests.cognito.jwts import CLIENT, ID, POOL


async def test_keys_that_could_not_be_had_are_asked_for_again_only_when_somebody_wants_it() -> None:
    signatures, token = Signatures(), signed(ID)
    with listening(answer({}, 500), answer({"keys": [jwk()]})) as listener:
        wanted = Expected(POOL, CLIENT, "eu-west-1", listener.url)
        assert signatures.known(token, wanted) is None
        for _ in range(2):
            assert (await signatures.look(token, wanted)).good is None
        assert len(listener.requests) == 1
        for _ in range(2):
            assert (await signatures.look(token, wanted, anew=True)).good
        assert len(listener.requests) == 2
    known = signatures.known(token, wanted)
    assert known is not None
    assert known.good
