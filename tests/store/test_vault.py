"""What every vault does, in memory and over a real keyring."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING, ClassVar

import pytest

from cognito_tui.cognito.model import Secret
from cognito_tui.store.item import Item
from cognito_tui.store.safekeeping import Backend, Found, Kept, MemoryVault, Vault, Where
from cognito_tui.store.trouble import Trouble, VaultError
from cognito_tui.store.vault import KeyringVault

if TYPE_CHECKING:
    from tests.store.secret_service import SecretService

ITEM = Item("aws", "eu-west-1", "eu-west-1_Kq3TzV9aB", "4f8k2mq0v7t1s9d3a6h5j8n1cp")
NAME = "aws/eu-west-1/eu-west-1_Kq3TzV9aB/4f8k2mq0v7t1s9d3a6h5j8n1cp/1"
SECOND = Item("aws", "eu-west-1", "eu-west-1_Kq3TzV9aB", "4f8k2mq0v7t1s9d3a6h5j8n1cp", "2")
ONE, TWO = Secret("one" * 17), Secret("two" * 17)


class VaultContract:
    """What holds for every vault. `where` is where it keeps."""

    where: ClassVar[Where]

    @pytest.fixture
    def vault(self) -> Vault:
        raise NotImplementedError

    def test_what_is_kept_is_found(self, vault: Vault) -> None:
        assert vault.find(ITEM) is None
        vault.keep(ITEM, ONE)
        assert vault.find(ITEM) == Found(ONE, self.where)

    def test_what_is_kept_replaces_what_was(self, vault: Vault) -> None:
        vault.keep(ITEM, ONE)
        vault.keep(ITEM, TWO)
        assert vault.find(ITEM) == Found(TWO, self.where)

    def test_each_item_has_its_own_secret(self, vault: Vault) -> None:
        vault.keep(ITEM, ONE)
        vault.keep(SECOND, TWO)
        vault.drop(ITEM)
        assert vault.find(ITEM) is None
        assert vault.find(SECOND) == Found(TWO, self.where)

    def test_what_is_remembered_comes_first_until_something_is_kept(self, vault: Vault) -> None:
        vault.keep(ITEM, ONE)
        vault.remember(ITEM, TWO)
        assert vault.find(ITEM) == Found(TWO, Where.MEMORY)
        vault.keep(ITEM, ONE)
        assert vault.find(ITEM) == Found(ONE, self.where)

    def test_what_is_dropped_is_gone_wherever_it_was(self, vault: Vault) -> None:
        vault.keep(ITEM, ONE)
        vault.remember(ITEM, TWO)
        vault.drop(ITEM)
        assert vault.find(ITEM) is None
        vault.drop(ITEM)

    @pytest.mark.parametrize(
        "value", [" \t", "ünïcode 日本 \U0001f600", "\x7f\x1b[31m", "x" * 1280, "\U0001f600" * 640]
    )
    def test_an_odd_secret_comes_back_as_it_was(self, vault: Vault, value: str) -> None:
        vault.keep(ITEM, Secret(value))
        assert vault.find(ITEM) == Found(Secret(value), self.where)

    @pytest.mark.parametrize(
        ("value", "sentence"),
        [
            ("", "The client secret must not be empty."),
            ("a\0b", "The client secret has a NUL character inside."),
            ("a\nb", "The client secret has a line break inside."),
            ("a\udc80b", "The client secret is not text in UTF-8."),
            ("x" * 1281, "The client secret is too long for a keyring, which takes 1280 characters."),
            ("\U0001f600" * 641, "The client secret is too long for a keyring, which takes 1280 characters."),
        ],
    )
    def test_what_no_keyring_can_hold_is_refused_before_it_gets_there(
        self, vault: Vault, value: str, sentence: str
    ) -> None:
        for put in (vault.keep, vault.remember):
            with pytest.raises(VaultError) as caught:
                put(ITEM, Secret(value))
            assert (caught.value.trouble, caught.value.sentence) == (Trouble.UNFIT, sentence)
        assert vault.find(ITEM) is None

    def test_another_run_finds_what_was_kept_for_good(self, vault: Vault) -> None:
        vault.keep(ITEM, ONE)
        vault.remember(SECOND, TWO)
        another = type(vault)()
        found = Found(ONE, Where.KEYRING) if self.where is Where.KEYRING else None
        assert (another.find(ITEM), another.find(SECOND)) == (found, None)


class TestMemoryVault(VaultContract):
    where = Where.MEMORY

    @pytest.fixture
    def vault(self) -> Vault:
        return MemoryVault()

    def test_it_says_that_nothing_is_kept(self, vault: Vault) -> None:
        assert vault.backend() == Backend(
            Kept.MEMORY_ONLY, "memory", "Secrets are in memory, and gone when you quit."
        )


class TestKeyringVault(VaultContract):
    where = Where.KEYRING

    @pytest.fixture
    def vault(self, secret_service: SecretService) -> Vault:
        return KeyringVault()

    def test_it_says_where_secrets_go(self, vault: Vault) -> None:
        assert vault.backend() == Backend(
            Kept.KEYRING, "Secret Service", "Secrets go to the Secret Service and nowhere else."
        )

    def test_nothing_readable_is_on_disk(self, vault: Vault, secret_service: SecretService) -> None:
        vault.keep(ITEM, ONE)
        written = secret_service.on_disk()
        assert written
        assert ONE.reveal().encode() not in written

    def test_an_empty_item_of_another_program_is_none_and_gives_way(self, vault: Vault) -> None:
        secret_tool("store", value="", username=NAME)
        assert vault.find(ITEM) is None
        vault.keep(ITEM, ONE)
        assert vault.find(ITEM) == Found(ONE, Where.KEYRING)

    def test_secret_tool_reads_what_is_kept(self, vault: Vault) -> None:
        vault.keep(ITEM, ONE)
        assert secret_tool("lookup", username=NAME) == ONE.reveal()

    def test_what_secret_tool_stores_is_found_and_replaced_and_dropped(self, vault: Vault) -> None:
        secret_tool("store", value=ONE.reveal(), username=NAME)
        assert vault.find(ITEM) == Found(ONE, Where.KEYRING)
        vault.keep(ITEM, TWO)
        assert vault.find(ITEM) == Found(TWO, Where.KEYRING)
        vault.drop(ITEM)
        assert vault.find(ITEM) is None
        assert secret_tool("lookup", username=NAME) == ""

    def test_no_item_of_another_service_is_touched(self, vault: Vault) -> None:
        secret_tool("store", value=TWO.reveal(), username=NAME, service="another")
        assert vault.find(ITEM) is None
        vault.keep(ITEM, ONE)
        vault.drop(ITEM)
        assert secret_tool("lookup", username=NAME, service="another") == TWO.reveal()


def secret_tool(what: str, *, username: str, value: str | None = None, service: str = "cognito-tui") -> str:
    if not shutil.which("secret-tool"):
        pytest.skip("needs secret-tool")
    label = ["--label=by hand"] if what == "store" else []
    return subprocess.run(
        ["secret-tool", what, *label, "service", service, "username", username],
        input=value,
        capture_output=True,
        text=True,
        check=False,
    ).stdout
