from __future__ import annotations

from cognito_tui.cognito.listed import Named
from cognito_tui.store.importing import FoundClient, Source, import_client
from cognito_tui.store.profiles import MemoryProfiles
from cognito_tui.store.safekeeping import MemoryVault


def test_a_profile_is_called_what_pool_and_client_are_and_nothing_that_a_terminal_obeys() -> None:
    pool = Named("local_Pool1", "Po\x1b]0;pwned\x07ol\u202e\n [/red]")
    found = FoundClient(Source("local", "http://127.0.0.1:9229"), pool, Named("client", "We\x9bb"))
    profiles = MemoryProfiles()
    for name in ("", " 2"):
        made = import_client(profiles, MemoryVault(), found, None)
        assert made.name == f"Po\\x1b]0;pwned\\x07ol\\u202e [/red] / We\\x9bb{name}"
