"""The rule of direction: cognito <- walk, off_loop <- bulk <- aws, store, sandbox <- tui <- cli."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "cognito_tui"
STDLIB = sys.stdlib_module_names

LAYERS: dict[str, set[str]] = {
    "cognito": {"cognito"},
    "walk": {"cognito"},
    "off_loop": set(),
    "bulk": {"cognito", "walk"},
    "aws": {"cognito", "walk", "off_loop"},
    "store": {"cognito", "off_loop", "bulk"},
    "sandbox": {"cognito"},
    "tui": {"cognito", "walk", "off_loop", "bulk", "aws", "store", "sandbox", "tui"},
    "cli": {"cognito", "walk", "off_loop", "bulk", "aws", "store", "sandbox", "tui", "cli"},
    "__main__": {"cli"},
    "__init__": set(),
}
"""Each room and the rooms it may see beside itself."""

OUTSIDE: dict[str, set[str]] = {
    "aws": {"boto3", "botocore", "jwt"},
    "store": {"platformdirs", "tomlkit", "filelock"},
    "sandbox": {"jwt", "cryptography"},
    "tui": {"textual", "rich", "pygments", "segno"},
}
"""Each room and the packages it may see; `store/vault.py` sees keyring besides."""


def violations(path: str, source: str) -> list[str]:
    """What of `source`, standing at `path` below the package, breaks the rule."""
    room = path.split("/", maxsplit=1)[0].removesuffix(".py")
    outside = OUTSIDE.get(room, set()) | ({"keyring"} if path == "store/vault.py" else set())
    found = []
    for name in _imported(source):
        top, _, rest = name.partition(".")
        if top == "cognito_tui":
            seen = rest.split(".")[0] if rest else ""
            if seen and seen != room and seen not in LAYERS[room] | {"__version__"}:
                found.append(f"{path}: {room} must not see {seen}")
        elif top not in STDLIB and top not in outside:
            found.append(f"{path}: {room} must not import {top}")
    return found


def _imported(source: str) -> list[str]:
    names = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names += [each.name for each in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute here"
            module = node.module or ""
            names += [f"{module}.{each.name}" for each in node.names] if module == "cognito_tui" else [module]
    return names


def test_every_file_keeps_to_its_layer() -> None:
    files = sorted(PACKAGE.rglob("*.py"))
    assert len(files) > 10
    broken = [
        violation
        for file in files
        for violation in violations(file.relative_to(PACKAGE).as_posix(), file.read_text(encoding="utf-8"))
    ]
    assert broken == []


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("cognito/model.py", "import boto3"),
        ("cognito/model.py", "def f():\n    import textual"),
        ("cognito/model.py", "from cognito_tui.store import vault"),
        ("cognito/model.py", "from cognito_tui import walk"),
        ("walk.py", "from cognito_tui.aws.client import Client"),
        ("bulk/run.py", "from cognito_tui.store.journal import JournalFile"),
        ("bulk/run.py", "from cognito_tui.aws.client import Client"),
        ("store/profiles.py", "import keyring"),
        ("store/profiles.py", "import botocore.session"),
        ("sandbox/server.py", "from cognito_tui.aws import client"),
        ("sandbox/server.py", "import botocore"),
        ("tui/app.py", "from cognito_tui.cli import main"),
        ("tui/app.py", "import boto3"),
        ("aws/client.py", "import textual"),
    ],
)
def test_the_rule_notices_a_planted_import(path: str, source: str) -> None:
    assert violations(path, source)


def test_cognitos_language_needs_the_standard_library_only() -> None:
    """Seen at run time too, where an import may hide behind another."""
    modules = [
        "cognito_tui." + ".".join(file.relative_to(PACKAGE).with_suffix("").parts)
        for file in sorted((PACKAGE / "cognito").rglob("*.py"))
        if file.name != "__init__.py"
    ]
    loaded = loaded_by("; ".join(f"import {module}" for module in modules))
    assert {name for name in loaded if name.split(".")[0] not in STDLIB} == {
        name for name in loaded if name.startswith("cognito_tui")
    }
    assert "socket" not in loaded


def loaded_by(code: str) -> set[str]:
    """The modules that a fresh Python has loaded after `code`, beyond those it starts with."""
    report = "; import sys; print('\\n'.join(set(sys.modules) - before))"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; before = set(sys.modules); {code}{report}"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())
