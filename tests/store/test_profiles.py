"""Profiles in a file that people and several apps change."""

from __future__ import annotations

import tempfile
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cognito_tui.cognito.checks import endpoint_problem, line_problem
from cognito_tui.store.errors import (
    AnotherClient,
    DamagedFile,
    NoSuchProfile,
    ProfileExists,
    RefusedValue,
    StoreError,
)
from cognito_tui.store.profile import Profile, items_only_used_by
from cognito_tui.store.profiles import HEADING, MemoryProfiles, ProfileFile, Profiles

STEADY = settings(deadline=None, derandomize=True, database=None, max_examples=150)

lines = st.text(min_size=1, max_size=12).filter(lambda text: line_problem(text) is None)
awkward = st.sampled_from(
    ["a", "a.b", "[/red]", '"', "'", "]", "#", "\\", " ", "é", "profiles", "\x1b[31m", "😀"]
)
names = awkward | lines
regions = st.from_regex(r"[a-z]{2}-[a-z]{4}-[0-9]", fullmatch=True)
profiles = st.builds(
    Profile,
    names,
    st.builds("{}_{}".format, regions, st.from_regex(r"[0-9a-zA-Z]{1,9}", fullmatch=True)),
    st.from_regex(r"[a-z0-9+_]{1,26}", fullmatch=True),
    region=st.just("") | regions,
    endpoint_url=st.none()
    | st.sampled_from(["http://localhost:9229", "https://[::1]/a?b#c"])
    | lines.map("http://{}".format).filter(lambda url: endpoint_problem(url) is None),
    aws_profile=st.none() | lines,
    auth_flow=st.none() | st.sampled_from(["USER_PASSWORD_AUTH", "NEWER_THAN_THIS_APP"]),
    has_secret=st.booleans(),
    read_only=st.booleans(),
)

STAGING = Profile("staging", "eu-west-1_Kq3TzV9aB", "4f8k2mq0v7t1s9d3a6h5j8n1cp", has_secret=True)
BY_HAND = """\
# Mine: do not sort.
editor = "vim"   # unknown, at the top

# The one for trying things out.
[profiles.staging]   # since spring
user_pool_id = "eu-west-1_Kq3TzV9aB"
client_id    = '4f8k2mq0v7t1s9d3a6h5j8n1cp'  # web
has_secret   = true
colour       = "green"

  # Production: look twice.
  [profiles."prod.eu"]
  user_pool_id = "eu-west-1_9pLm2XcQd"
  client_id = "abc"
  read_only = true

[profiles."prod.eu".notes]   # a table within
who = "Ada"

[[profiles."prod.eu".log]]
at = 2026-11-20

[tool]
limit = nan
# the end
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "profiles.toml"


def written(path: Path, text: str) -> ProfileFile:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode())
    return ProfileFile(path)


def test_without_a_file_there_are_no_profiles_and_nothing_is_made(path: Path) -> None:
    assert ProfileFile(path).load() == ()
    assert not path.parent.exists()


@given(profiles)
@STEADY
def test_any_legal_profile_comes_back_as_it_was(profile: Profile) -> None:
    with tempfile.TemporaryDirectory() as directory:
        file = ProfileFile(Path(directory, "profiles.toml"))
        file.put(profile)
        assert file.load() == (profile,)
        assert not set("\0\r\n") & set(str(profile.item()))


@dataclass(frozen=True)
class Change:
    """One of the changes that can be made; called, it gives the sentence of its failure."""

    what: str
    profile: Profile
    name: str
    read: Profile | None = None

    def __call__(self, them: Profiles) -> str:
        try:
            match self.what:
                case "put":
                    them.put(self.profile)
                case "replace":
                    them.put(self.profile, replacing=self.name, read=self.read)
                case "remove":
                    them.remove(self.name)
        except StoreError as error:
            return error.sentence
        return ""


changes = st.builds(
    Change,
    st.sampled_from(["put", "replace", "remove"]),
    profiles,
    st.sampled_from(["staging", "prod.eu"]) | awkward,
    st.none() | profiles,
)


@given(st.lists(changes, min_size=1, max_size=6))
@STEADY
def test_the_file_and_memory_agree_over_any_sequence_of_changes(made: list[Change]) -> None:
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory, "profiles.toml")
        file = written(path, BY_HAND)
        memory = MemoryProfiles(*file.load())
        for change in made:
            assert change(file) == change(memory)
            assert file.load() == memory.load()
        said = tomllib.loads(path.read_text())
        assert said["editor"] == "vim"
        assert "limit" in said["tool"]


def test_a_new_file_says_what_it_is_and_only_what_differs_from_the_usual(path: Path) -> None:
    file = ProfileFile(path)
    file.put(STAGING)
    file.put(
        Profile(
            "prod.eu",
            "eu-west-1_9pLm2XcQd",
            "abc",
            region="eu-central-1",
            endpoint_url="http://localhost:9229",
            aws_profile="ops",
            auth_flow="USER_PASSWORD_AUTH",
            read_only=True,
        )
    )
    assert path.read_text() == HEADING + (
        """
[profiles.staging]
user_pool_id = "eu-west-1_Kq3TzV9aB"
client_id = "4f8k2mq0v7t1s9d3a6h5j8n1cp"
has_secret = true

[profiles."prod.eu"]
user_pool_id = "eu-west-1_9pLm2XcQd"
client_id = "abc"
region = "eu-central-1"
endpoint_url = "http://localhost:9229"
aws_profile = "ops"
auth_flow = "USER_PASSWORD_AUTH"
read_only = true
"""
    )


def test_a_change_touches_its_own_lines_only(path: Path) -> None:
    file = written(path, BY_HAND)
    file.put(
        Profile("staging", "eu-west-1_Kq3TzV9aB", "new", aws_profile="ops", has_secret=True),
        replacing="staging",
    )
    assert path.read_text() == BY_HAND.replace(
        "client_id    = '4f8k2mq0v7t1s9d3a6h5j8n1cp'  # web", 'client_id    = "new"  # web'
    ).replace('colour       = "green"\n', 'colour       = "green"\naws_profile = "ops"\n')


def test_a_renamed_profile_stays_where_it_is_with_all_that_is_in_it(path: Path) -> None:
    file = written(path, BY_HAND)
    file.put(Profile("p", "eu-west-1_9pLm2XcQd", "abc", read_only=True), replacing="prod.eu")
    assert path.read_text() == BY_HAND.replace('"prod.eu"', "p")


def test_a_removed_profile_goes_with_the_comment_above_it_and_nothing_else(path: Path) -> None:
    file = written(path, BY_HAND)
    file.remove("prod.eu")
    before, _, _ = BY_HAND.partition("  # Production")
    assert path.read_text() == before + BY_HAND[BY_HAND.index("[tool]") :]


def test_the_next_profiles_comment_stays(path: Path) -> None:
    file = written(path, BY_HAND)
    file.remove("staging")
    before, _, _ = BY_HAND.partition("# The one")
    assert path.read_text() == before + BY_HAND[BY_HAND.index("  # Production") :]


def test_a_comment_that_stands_by_itself_belongs_to_nobody(path: Path) -> None:
    table = '[profiles.{}]\nuser_pool_id = "x_1"\nclient_id = "c"\n# end\n\n'
    alone = "# --- production ---\n\n"
    file = written(path, table.format("a") + alone + table.format("b") + alone)
    file.remove("a")
    assert path.read_text() == alone + table.format("b") + alone
    file.remove("b")
    assert path.read_text() == alone + alone


def test_a_comment_that_the_file_begins_with_is_the_files_own(path: Path) -> None:
    file = written(path, '# my pools\n[profiles.a]\nuser_pool_id = "x_1"\nclient_id = "c"\n')
    file.remove("a")
    assert path.read_text() == "# my pools\n"


OTHERS = (
    '# one\n# two\n[other]\ntext = """\n[profiles.x]\n# no comment\n"""  # odd\n',
    "  [[list]]\n  at = 2026-11-20  # a day\n\n",
    "[[list]]\ngrid = [\n  [1],\n[2],  # [x]\n]\n\n\n",
    '[profiles."a]b"]   # [profiles.x]\nuser_pool_id = "x_1"\r\nclient_id = "c"\r\n',
    '# three\n\n  # four\n[profiles."a]b".within]\nx.y = nan\n',
    "[end]\n\n# five",
)
TARGET = '''\
# about x
  [profiles.x]#x
  user_pool_id = 'x_1'
  client_id = "c" # web
  own.key = """
# no comment"""
[profiles."x"."in it"]
x = [
]

'''


@given(
    above=st.sampled_from(["\n", "# mine\n\n", "key = 1\n# mine\n\n"]),
    others=st.permutations(OTHERS[:-1]),
    at=st.integers(0, len(OTHERS) - 1),
)
@settings(STEADY, max_examples=60)
def test_whatever_else_is_written_stays_byte_for_byte(above: str, others: list[str], at: int) -> None:
    before, after = above + "".join(others[:at]), "".join(others[at:]) + OTHERS[-1]
    text = before + TARGET + after
    new = Profile("new]", "x_1", "c")
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory, "profiles.toml")
        outcome: dict[str, str] = {}
        changes: dict[str, Callable[[Profiles], object]] = {
            "put": lambda file: file.put(new),
            "changed": lambda file: file.put(Profile("x", "x_1", "d", read_only=True), replacing="x"),
            "renamed": lambda file: file.put(Profile("y z", "x_1", "c"), replacing="x"),
            "removed": lambda file: file.remove("x"),
        }
        for name, change in changes.items():
            change(written(path, text))
            outcome[name] = path.read_bytes().decode()
    assert outcome == {
        "put": text + '\n\n[profiles."new]"]\nuser_pool_id = "x_1"\nclient_id = "c"\n',
        "changed": before
        + TARGET.replace('"c"', '"d"').replace('comment"""\n', 'comment"""\nread_only = true\n')
        + after,
        "renamed": before + TARGET.replace("s.x]", 's."y z"]').replace('."x"', '."y z"') + after,
        "removed": before + after,
    }


def test_a_key_that_says_the_usual_is_kept_until_it_would_be_wrong(path: Path) -> None:
    text = '[profiles.a]\nregion = "x"\nuser_pool_id = "x_1"\nclient_id = "c"\nread_only = false\n'
    file = written(path, text)
    file.put(Profile("a", "x_1", "c"), replacing="a")
    assert path.read_text() == text
    file.put(Profile("a", "y_1", "c"), replacing="a")
    assert path.read_text() == text.replace('region = "x"\n', "").replace("x_1", "y_1")


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CR LF"])
@pytest.mark.parametrize("last", ["", "\n", "\n\n"], ids=["no end", "one end", "blank line"])
def test_line_ends_of_others_stay(path: Path, end: str, last: str) -> None:
    text = '# top\n\n[profiles.a]\nuser_pool_id = "x_1"\nclient_id = "c"'.replace("\n", end) + last
    file = written(path, text)
    file.put(STAGING)
    file.put(Profile("a", "x_1", "c", read_only=True), replacing="a")
    assert path.read_bytes().startswith(text.rstrip("\n").encode())
    assert [profile.name for profile in file.load()] == ["a", "staging"]


@pytest.mark.parametrize(
    "text",
    [
        'note = """\n[profiles.x]\n"""\n',
        "grid = [\n  [1],\n[2],\n]\n",
        '"a]b" = 1 # [c]\n["q]"] # ]\n["q]"."[r"]\n',
        "# line separator:\u2028[profiles.x]\n",
        'note = """\n# no comment"""\n',
    ],
)
def test_what_only_looks_like_a_table_is_none(path: Path, text: str) -> None:
    file = written(path, text)
    file.put(STAGING)
    file.remove("staging")
    assert path.read_text() == text + "\n"


@pytest.fixture(params=["file", "memory"])
def store(request: pytest.FixtureRequest, path: Path) -> Profiles:
    return ProfileFile(path) if request.param == "file" else MemoryProfiles()


READ = replace(STAGING, auth_flow="USER_SRP_AUTH")


@pytest.mark.parametrize(
    "theirs",
    [
        {"aws_profile": "acme", "auth_flow": None, "read_only": True},
        {"client_id": "another", "has_secret": False},
        {"endpoint_url": "http://127.0.0.1:9229"},
        {"user_pool_id": "us-east-1_Other", "region": "us-east-1"},
    ],
    ids=", ".join,
)
def test_what_another_program_changed_since_it_was_read_stays(
    store: Profiles, theirs: dict[str, str | bool | None]
) -> None:
    store.put(READ)
    now = replace(READ, **theirs)  # type: ignore[arg-type] # each what its key holds
    store.put(now, replacing="staging")
    kept = store.put(replace(READ, name="new name"), replacing="staging", read=READ)
    assert kept == replace(now, name="new name")
    assert store.load() == (kept,)


def test_of_what_both_changed_the_last_one_stays(store: Profiles) -> None:
    store.put(READ)
    store.put(replace(READ, aws_profile="theirs", read_only=True), replacing="staging")
    kept = store.put(replace(READ, aws_profile="mine"), replacing="staging", read=READ)
    assert store.load() == (kept,) == (replace(READ, aws_profile="mine", read_only=True),)


MINE = replace(READ, client_id="mine", has_secret=False)


@pytest.mark.parametrize("theirs", [{}, {"has_secret": False}, {"client_id": "mine"}], ids=", ".join)
def test_a_client_changes_as_a_whole(store: Profiles, theirs: dict[str, str]) -> None:
    store.put(READ)
    store.put(replace(READ, read_only=True, **theirs), replacing="staging")  # type: ignore[arg-type] # as above
    kept = store.put(MINE, replacing="staging", read=READ)
    assert store.load() == (kept,) == (replace(MINE, read_only=True),)


@pytest.mark.parametrize("mine", [MINE, replace(READ, has_secret=False)], ids=["client", "no secret"])
def test_a_client_that_became_another_one_meanwhile_is_not_changed(store: Profiles, mine: Profile) -> None:
    store.put(READ)
    theirs = replace(READ, client_id="theirs")
    store.put(theirs, replacing="staging")
    with pytest.raises(AnotherClient) as caught:
        store.put(mine, replacing="staging", read=READ)
    assert caught.value.sentence == (
        "Profile 'staging' is about another client now: another program has changed it. "
        "Look at it again, then change it."
    )
    assert store.load() == (theirs,)


def test_names_are_sorted_and_unique(path: Path) -> None:
    for them in (ProfileFile(path), MemoryProfiles()):
        for name in ("b", "a", "B"):
            them.put(Profile(name, "x_1", "c"))
        assert [profile.name for profile in them.load()] == ["B", "a", "b"]
        with pytest.raises(ProfileExists, match="There is a profile 'a' already"):
            them.put(Profile("a", "x_1", "c"))
        with pytest.raises(ProfileExists):
            them.put(Profile("b", "x_1", "c"), replacing="a")
        with pytest.raises(NoSuchProfile, match="There is no profile 'z'"):
            them.put(Profile("z", "x_1", "c"), replacing="z")
        with pytest.raises(NoSuchProfile):
            them.remove("z")
        assert len(them.load()) == 3


GOOD = '[profiles.good]\nuser_pool_id = "x_1"\nclient_id = "c"\n\n'
DAMAGE = {
    "no TOML": (GOOD + "client_id: abc\n", 5, "this is not TOML (Expected '=' after a key"),
    "cut off": (GOOD + '[profiles.x]\nuser_pool_id = "x', 6, "this is not TOML (Unterminated string"),
    "twice": (GOOD + GOOD, 5, "this is not TOML (Cannot declare"),
    "not UTF-8": (GOOD + "# caf\udce9\n", 5, "this is not text in UTF-8"),
    "cut off at a line's end": (GOOD + "x = [\n", 5, "this is not TOML (Invalid value)"),
    "too deep": (GOOD + f"x = {'[' * 5000}\n" + GOOD, 5, "this is not TOML"),
    "too many digits": (GOOD + f"x = {'1' * 5000}\n" + GOOD, 5, "this is not TOML"),
    "too many digits at the end": (GOOD + "x = " + "1" * 5000, 5, "this is not TOML"),
    "no tables": ("\nprofiles = 3\n", 2, "profiles is not a table"),
    "no table": (GOOD + "[profiles]\nx = 3\n", 6, "profile 'x' is not a table"),
    "missing": (GOOD + '[profiles.x]\n\nclient_id = "c"\n', 5, "profile 'x' has no user_pool_id"),
    "empty": (GOOD + '[profiles.x]\nuser_pool_id = "x_1"\nclient_id=""\n', 5, "profile 'x' has no client_id"),
    "no string": (
        GOOD + '[profiles.x]\nuser_pool_id = "x_1"\nclient_id = [\n 1,\n 2,\n]\n',
        7,
        "client_id of profile 'x' is not a string",
    ),
    "no truth": (
        GOOD + '[profiles.x]\nuser_pool_id = "x_1"\nclient_id = "c"\n# !\nhas_secret = "yes"\n',
        9,
        "has_secret of profile 'x' is not true or false",
    ),
    "refused": (
        GOOD + '[profiles."a.b"]\nuser_pool_id = "nonsense"\nclient_id = "c"\n',
        6,
        "profile 'a.b': user_pool_id is not a user pool id",
    ),
    "refused name": (
        GOOD + '[profiles."a\\nb"]\nuser_pool_id = "x_1"\nclient_id = "c"\n',
        5,
        r"profile 'a\nb': name has a line break inside",
    ),
    "refused far down": (
        GOOD
        + "[notes]\ntext = '''\n[profiles.x]\n'''\n[profiles]\n"
        + 'x.user_pool_id="x_1"\nx.client_id="ü"\n',
        11,
        "profile 'x': client_id is not a client ID",
    ),
}


@pytest.mark.parametrize("case", DAMAGE)
def test_a_damaged_file_is_reported_with_its_line_and_never_written_over(path: Path, case: str) -> None:
    text, line, reason = DAMAGE[case]
    path.parent.mkdir()
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    before = path.read_bytes()
    file = ProfileFile(path)
    for change in (
        file.load,
        lambda: file.put(STAGING),
        lambda: file.put(STAGING, replacing="good"),
        lambda: file.remove("good"),
    ):
        with pytest.raises(DamagedFile) as caught:
            change()
        assert (caught.value.path, caught.value.line) == (path, line)
        assert caught.value.sentence.startswith(f"{path}, line {line}: {reason}")
        assert caught.value.sentence.endswith("It is kept as it is: correct it by hand.")
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "text",
    [
        '[profiles]\nx = {user_pool_id = "x_1", client_id = "c"}\n',
        'profiles.x.user_pool_id = "x_1"\nprofiles.x.client_id = "c"\n',
        'profiles = {x = {user_pool_id = "x_1", client_id = "c"}}\n',
    ],
    ids=["a table in a line", "dotted keys", "all in a line"],
)
def test_what_is_not_written_as_a_table_is_read_and_left_to_a_person(path: Path, text: str) -> None:
    file = written(path, text)
    (profile,) = file.load()
    for change in (
        Change("replace", Profile("y", "x_1", "c"), "x"),
        Change("replace", Profile("x", "x_1", "d"), "x"),
        Change("remove", profile, "x"),
    ):
        assert change(file) == (
            f"{path} was not changed: a table within a line or of dotted keys is for a person to "
            "change. Give it a header of its own, such as [profiles.name]."
        )
    file.put(profile, replacing="x")
    assert path.read_text() == text


def test_what_cannot_be_compared_is_read_and_left_to_a_person(path: Path) -> None:
    text = f"x = 0x{'f' * 5000}\n"
    file = written(path, text + GOOD)
    (good,) = file.load()
    for change in (
        Change("put", STAGING, ""),
        Change("replace", replace(good, read_only=True), "good"),
        Change("remove", good, "good"),
    ):
        assert change(file) == (
            f"{path} was not changed: a number in it is too long, or a table too deep, to check what a "
            "change does to it. Shorten that, or change the file by hand."
        )
    assert path.read_text() == text + GOOD


@pytest.mark.parametrize(
    ("key", "profile"),
    [
        ("name", lambda: Profile("", "x_1", "c")),
        ("name", lambda: Profile("a\nb", "x_1", "c")),
        ("name", lambda: Profile("\udc80", "x_1", "c")),
        ("user_pool_id", lambda: Profile("a", "x", "c")),
        ("client_id", lambda: Profile("a", "x_1", "c\0")),
        ("region", lambda: Profile("a", "x_1", "c", region="x.evil.example/")),
        ("endpoint_url", lambda: Profile("a", "x_1", "c", endpoint_url="localhost")),
        ("aws_profile", lambda: Profile("a", "x_1", "c", aws_profile="")),
    ],
)
def test_a_profile_of_values_that_cannot_work_cannot_be_made(
    key: str, profile: Callable[[], Profile]
) -> None:
    with pytest.raises(RefusedValue) as caught:
        profile()
    assert caught.value.key == key
    assert caught.value.sentence.startswith(key)


@pytest.mark.parametrize(
    ("endpoint_url", "endpoint"),
    [
        (None, "aws"),
        ("http://127.0.0.1:9229", "127.0.0.1:9229"),
        ("http://LocalHost/path", "localhost:80"),
        ("https://[::1]/x", "[::1]:443"),
    ],
)
def test_an_item_names_the_client_where_it_is_and_not_the_profile(
    endpoint_url: str | None, endpoint: str
) -> None:
    profile = Profile("any", "eu-west-1_A", "c", region="eu-north-1", endpoint_url=endpoint_url)
    assert profile.endpoint == endpoint
    assert str(profile.item()) == f"{endpoint}/eu-north-1/eu-west-1_A/c/1"
    assert str(profile.item("2")) == f"{endpoint}/eu-north-1/eu-west-1_A/c/2"


def test_an_item_is_unused_only_when_no_other_profile_has_that_client_there() -> None:
    one = Profile("one", "x_1", "c", has_secret=True)
    same = Profile("same", "x_1", "c", has_secret=True)
    elsewhere = Profile("elsewhere", "x_1", "c", endpoint_url="http://localhost:1", has_secret=True)
    public = Profile("public", "x_1", "d")
    assert items_only_used_by(one, (one, same, elsewhere, public)) == ()
    assert items_only_used_by(one, (one, elsewhere, public)) == (one.item("1"), one.item("2"))
    assert items_only_used_by(one, ()) == (one.item("1"), one.item("2"))
    assert items_only_used_by(public, (public,)) == ()


def test_the_line_is_found_in_a_long_file_too(path: Path) -> None:
    text = "".join(f'[profiles.p{n}]\nuser_pool_id = "x_1"\nclient_id = "c"\n\n' for n in range(400))
    file = written(path, text.replace('client_id = "c"', "client_id = 1", 300).replace("= 1", '= "c"', 299))
    with pytest.raises(DamagedFile) as caught:
        file.load()
    assert caught.value.line == 299 * 4 + 3
