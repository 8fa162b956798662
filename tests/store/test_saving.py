"""A profile and its secret are saved and deleted together, or not at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cognito_tui.cognito.model import Secret
from cognito_tui.store.errors import AnotherClient, NoSuchProfile, ProfileExists, StoreError
from cognito_tui.store.item import AnyItem, Item
from cognito_tui.store.profile import Profile
from cognito_tui.store.profiles import MemoryProfiles
from cognito_tui.store.safekeeping import Backend, Found, Kept, Where
from cognito_tui.store.saving import delete, save
from cognito_tui.store.trouble import Trouble, VaultError

WEB = Profile("web", "eu-west-1_Kq3TzV9aB", "4f8k2mq0v7t1s9d3a6h5j8n1cp", has_secret=True)
SHARING = replace(WEB, name="web too")
OTHER = replace(WEB, client_id="another0client0with0its0own")
OPEN = replace(WEB, has_secret=False)
ONE, TWO = Secret("one" * 17), Secret("two" * 17)


class FakeVault:
    """A keyring and a memory whose contents the test sees; what is named in `failing` fails."""

    def __init__(self, said: list[str]) -> None:
        self.keyring: dict[AnyItem, Secret] = {}
        self.memory: dict[AnyItem, Secret] = {}
        self.failing: set[str] = set()
        self._said = said

    def backend(self) -> Backend:
        return Backend(Kept.KEYRING, "fake", "")

    def find(self, item: AnyItem) -> Found | None:
        self._do("find")
        if item in self.memory:
            return Found(self.memory[item], Where.MEMORY)
        return Found(self.keyring[item], Where.KEYRING) if item in self.keyring else None

    def keep(self, item: AnyItem, secret: Secret) -> None:
        self._do("keep")
        self.keyring[item] = secret
        self.memory.pop(item, None)

    def remember(self, item: AnyItem, secret: Secret) -> None:
        self._do("remember")
        self.memory[item] = secret

    def drop(self, item: AnyItem) -> None:
        self._do("drop")
        self.memory.pop(item, None)
        self.keyring.pop(item, None)

    def _do(self, what: str) -> None:
        self._said.append(what)
        if what in self.failing:
            raise VaultError(Trouble.LOCKED, f"The keyring is locked: {what}.")


class FakeProfiles(MemoryProfiles):
    """Profiles that cannot be written when `failing`."""

    def __init__(self, said: list[str]) -> None:
        super().__init__()
        self.failing: Exception | None = None
        self._said = said

    def put(self, profile: Profile, *, replacing: str | None = None, read: Profile | None = None) -> Profile:
        self._said.append("put")
        if self.failing:
            raise self.failing
        return super().put(profile, replacing=replacing, read=read)


class Place:
    """Where it all is, and the order in which it was used."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.vault = FakeVault(self.said)
        self.profiles = FakeProfiles(self.said)

    def save(self, profile: Profile, secret: Secret | None, **more: object) -> str | None:
        """Save; what is told, where what is kept is what the profiles then are."""
        kept, told = save(self.profiles, self.vault, profile, secret, **more)  # type: ignore[arg-type] # as given
        assert kept in MemoryProfiles.load(self.profiles)
        return told

    def delete(self, name: str) -> tuple[Item, ...]:
        return delete(self.profiles, self.vault, name)

    def has(self, *profiles: Profile) -> bool:
        return self.profiles.load() == profiles


@pytest.fixture
def place() -> Place:
    return Place()


class TestANewProfile:
    def test_the_secret_is_kept_before_the_profile_is_written(self, place: Place) -> None:
        assert place.save(WEB, ONE) is None
        assert place.said == ["find", "keep", "put"]
        assert place.vault.keyring == {WEB.item(): ONE}
        assert place.has(WEB)

    def test_without_a_secret_the_vault_is_not_asked(self, place: Place) -> None:
        place.save(OPEN, None)
        assert place.said == ["put"]
        assert place.has(OPEN)

    @pytest.mark.parametrize("failing", ["find", "keep"])
    def test_when_the_vault_fails_nothing_is_written(self, place: Place, failing: str) -> None:
        place.vault.failing.add(failing)
        with pytest.raises(VaultError, match=f"locked: {failing}"):
            place.save(WEB, ONE)
        assert place.has()
        assert place.vault.keyring == {}

    @pytest.mark.parametrize("error", [StoreError("no room"), OSError("unforeseen")])
    def test_when_the_profile_cannot_be_written_the_secret_goes_again(
        self, place: Place, error: Exception
    ) -> None:
        place.profiles.failing = error
        with pytest.raises(type(error)) as caught:
            place.save(WEB, ONE)
        assert caught.value is error
        assert place.vault.keyring == {}
        assert place.vault.memory == {}

    def test_a_name_that_is_taken_changes_nothing(self, place: Place) -> None:
        place.save(WEB, ONE)
        with pytest.raises(ProfileExists):
            place.save(replace(OTHER, name="web"), TWO)
        assert place.vault.keyring == {WEB.item(): ONE}

    def test_a_client_known_by_another_name_gets_the_newer_secret(self, place: Place) -> None:
        place.save(WEB, ONE)
        place.save(SHARING, TWO)
        assert place.vault.keyring == {WEB.item(): TWO}


class TestWhenItCannotBeWritten:
    """The secret is what it was."""

    @pytest.fixture(autouse=True)
    def cannot(self, place: Place) -> None:
        place.save(WEB, ONE)
        place.profiles.failing = StoreError("no room")

    def test_in_the_keyring(self, place: Place) -> None:
        with pytest.raises(StoreError, match="no room"):
            place.save(WEB, TWO, replacing="web")
        assert place.vault.keyring == {WEB.item(): ONE}

    def test_in_memory(self, place: Place) -> None:
        place.vault.keyring.clear()
        place.vault.remember(WEB.item(), ONE)
        with pytest.raises(StoreError, match="no room"):
            place.save(WEB, TWO, replacing="web")
        assert (place.vault.memory, place.vault.keyring) == ({WEB.item(): ONE}, {})

    def test_where_it_was_only_to_be_remembered(self, place: Place) -> None:
        with pytest.raises(StoreError, match="no room"):
            place.save(WEB, TWO, replacing="web", remember=True)
        assert (place.vault.memory, place.vault.keyring) == ({}, {WEB.item(): ONE})

    def test_of_a_client_it_was_not_about_before(self, place: Place) -> None:
        with pytest.raises(StoreError, match="no room"):
            place.save(OTHER, TWO, replacing="web")
        assert place.vault.keyring == {WEB.item(): ONE}

    def test_and_when_that_fails_too_the_first_reason_is_told(self, place: Place) -> None:
        place.vault.failing.add("drop")
        with pytest.raises(StoreError, match="no room"):
            place.save(OTHER, TWO, replacing="web")


class TestInPlaceOfAnother:
    @pytest.fixture(autouse=True)
    def saved(self, place: Place) -> None:
        place.save(WEB, ONE)
        place.said.clear()

    def test_renaming_touches_no_item(self, place: Place) -> None:
        assert place.save(replace(WEB, name="site"), None, replacing="web") is None
        assert place.said == ["put"]
        assert place.has(replace(WEB, name="site"))
        assert place.vault.keyring == {WEB.item(): ONE}

    @pytest.mark.parametrize(
        "changed", [replace(WEB, read_only=True), replace(WEB, aws_profile="x"), replace(WEB, auth_flow="Y")]
    )
    def test_what_does_not_name_the_client_touches_no_item(self, place: Place, changed: Profile) -> None:
        place.save(changed, None, replacing="web")
        assert place.said == ["put"]

    @pytest.mark.parametrize(
        "changed",
        [
            OTHER,
            replace(WEB, user_pool_id="eu-west-1_Other"),
            replace(WEB, region="eu-west-3"),
            replace(WEB, endpoint_url="http://127.0.0.1:9229"),
        ],
    )
    def test_a_client_nobody_uses_any_more_loses_its_secret(self, place: Place, changed: Profile) -> None:
        assert place.save(changed, TWO, replacing="web") is None
        assert place.vault.keyring == {changed.item(): TWO}
        assert place.has(changed)

    def test_its_second_secret_goes_as_well(self, place: Place) -> None:
        place.vault.keyring[WEB.item("2")] = TWO
        place.save(OTHER, ONE, replacing="web")
        assert set(place.vault.keyring) == {OTHER.item()}

    def test_a_client_that_another_profile_uses_keeps_it(self, place: Place) -> None:
        place.save(SHARING, ONE)
        place.save(OTHER, TWO, replacing="web")
        assert place.vault.keyring == {WEB.item(): ONE, OTHER.item(): TWO}

    def test_a_profile_that_says_it_has_no_secret_does_not_use_one(self, place: Place) -> None:
        place.save(replace(OPEN, name="public"), None)
        place.save(OTHER, TWO, replacing="web")
        assert place.vault.keyring == {OTHER.item(): TWO}

    def test_a_client_that_has_no_secret_any_more_loses_it(self, place: Place) -> None:
        assert place.save(OPEN, None, replacing="web") is None
        assert place.vault.keyring == {}
        assert place.has(OPEN)

    def test_the_new_secret_is_there_before_the_old_one_goes(self, place: Place) -> None:
        place.save(OTHER, TWO, replacing="web")
        assert place.said == ["find", "keep", "put", "drop", "drop"]

    def test_an_old_secret_that_stays_is_told_and_no_failure(self, place: Place) -> None:
        place.vault.failing.add("drop")
        assert place.save(OTHER, TWO, replacing="web") == (
            "The secret of the client it was about before may still be in the keyring. "
            "The keyring is locked: drop."
        )
        assert place.has(OTHER)

    def test_a_file_damaged_meanwhile_is_no_failure_either(
        self, place: Place, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The profile is written: who is told that it failed would do it again."""
        once = iter([place.profiles.load()])

        def load() -> tuple[Profile, ...]:
            for profiles in once:
                return profiles
            raise StoreError("profiles.toml is damaged.")

        monkeypatch.setattr(place.profiles, "load", load)
        told = place.save(OTHER, TWO, replacing="web")
        assert told
        assert told.endswith("profiles.toml is damaged.")

    def test_the_same_client_with_another_secret(self, place: Place) -> None:
        assert place.save(WEB, TWO, replacing="web") is None
        assert place.vault.keyring == {WEB.item(): TWO}

    def test_one_that_is_not_there_is_not_replaced(self, place: Place) -> None:
        with pytest.raises(NoSuchProfile):
            place.save(OTHER, TWO, replacing="gone")
        assert place.vault.keyring == {WEB.item(): ONE}
        assert place.said == []

    def test_a_name_that_is_taken_changes_nothing(self, place: Place) -> None:
        place.save(SHARING, ONE)
        place.said.clear()
        with pytest.raises(ProfileExists):
            place.save(replace(OTHER, name="web too"), TWO, replacing="web")
        assert place.said == []


class TestChangedMeanwhile:
    """Another program changes the profile after it was read."""

    @pytest.fixture(autouse=True)
    def saved(self, place: Place) -> None:
        place.save(WEB, ONE)

    def test_only_what_differs_is_written(self, place: Place) -> None:
        place.save(replace(WEB, read_only=True, aws_profile="acme"), None, replacing="web")
        place.save(OPEN, None, replacing="web", read=WEB)
        assert place.has(replace(OPEN, read_only=True, aws_profile="acme"))
        assert place.vault.keyring == {}

    def test_the_secret_of_the_client_it_is_about_now_stays(self, place: Place) -> None:
        place.save(OTHER, TWO, replacing="web")
        place.said.clear()
        place.save(replace(WEB, name="site"), None, replacing="web", read=WEB)
        assert place.said == ["put"]
        assert place.has(replace(OTHER, name="site"))
        assert place.vault.keyring == {OTHER.item(): TWO}

    @pytest.mark.parametrize("remember", [False, True])
    def test_a_client_that_gets_a_secret_again_has_one(self, place: Place, remember: bool) -> None:
        place.save(OPEN, None, replacing="web")
        place.save(WEB, TWO, replacing="web", read=WEB, remember=remember)
        assert place.has(WEB)
        assert place.vault.keyring | place.vault.memory == {WEB.item(): TWO}

    @pytest.mark.parametrize(
        ("mine", "secret"),
        [(OPEN, None), (WEB, TWO), (replace(WEB, region="eu-west-3"), None)],
        ids=["no secret", "another secret", "elsewhere"],
    )
    def test_what_is_about_another_client_now_is_not_changed(
        self, place: Place, mine: Profile, secret: Secret | None
    ) -> None:
        place.save(OTHER, TWO, replacing="web")
        place.said.clear()
        with pytest.raises(AnotherClient):
            place.save(mine, secret, replacing="web", read=WEB)
        assert place.said == []
        assert place.has(OTHER)
        assert place.vault.keyring == {OTHER.item(): TWO}

    def test_nor_when_that_happens_while_the_keyring_asks(
        self, place: Place, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def keep(item: AnyItem, secret: Secret) -> None:
            place.vault.keyring[item] = secret
            MemoryProfiles.put(place.profiles, OTHER, replacing="web")

        monkeypatch.setattr(place.vault, "keep", keep)
        with pytest.raises(AnotherClient):
            place.save(replace(WEB, name="site"), TWO, replacing="web", read=WEB)
        assert place.has(OTHER)


class TestRememberedOnly:
    def test_the_secret_is_in_memory_and_nowhere_else(self, place: Place) -> None:
        place.save(WEB, ONE, remember=True)
        assert place.said == ["put", "remember"]
        assert (place.vault.memory, place.vault.keyring) == ({WEB.item(): ONE}, {})

    def test_it_works_while_the_keyring_does_not(self, place: Place) -> None:
        place.vault.failing |= {"find", "keep", "drop"}
        place.save(WEB, ONE, remember=True)
        assert place.has(WEB)

    def test_what_no_vault_holds_is_refused_before_anything_is_written(self, place: Place) -> None:
        with pytest.raises(VaultError) as caught:
            place.save(WEB, Secret("two\nlines"), remember=True)
        assert caught.value.trouble is Trouble.UNFIT
        assert place.has()
        assert place.said == []


class TestDeleting:
    def test_the_secret_goes_with_the_last_profile_that_uses_it(self, place: Place) -> None:
        place.save(WEB, ONE)
        place.save(SHARING, ONE)
        assert place.delete("web") == ()
        assert place.vault.keyring == {WEB.item(): ONE}
        assert place.delete("web too") == (WEB.item("1"), WEB.item("2"))
        assert place.vault.keyring == {}
        assert place.has()

    def test_of_a_client_without_a_secret_the_vault_is_not_asked(self, place: Place) -> None:
        place.save(OPEN, None)
        place.said.clear()
        assert place.delete("web") == ()
        assert place.said == []

    def test_when_the_vault_fails_the_profile_is_gone_all_the_same(self, place: Place) -> None:
        place.save(WEB, ONE)
        place.vault.failing.add("drop")
        with pytest.raises(VaultError):
            place.delete("web")
        assert place.has()

    def test_one_that_is_not_there_is_said_to_be_missing(self, place: Place) -> None:
        with pytest.raises(NoSuchProfile):
            place.delete("web")
