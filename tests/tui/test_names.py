"""No class of the app takes a private name that Textual has given already to something else.

A `self._size = ...` of ours in a widget would be silently taken for Textual's own, as `_name` or `_styles`.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import textwrap
from collections.abc import Iterator
from functools import cache
from typing import Final

import pytest
from textual.app import App
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widgets import Input, ListView, Static

import cognito_tui.tui

MEANT: Final = {
    ("CognitoApp", "_fatal_error"),  # its report would show local variables
    ("CognitoApp", "_handle_exception"),  # what is mounted while the app is being left has no children
    ("CognitoApp", "_clipboard"),  # what App.clipboard gives, once copying is ours
    ("LineInput", "_on_key"),  # Textual lets letters overtake backspace
    ("LineInput", "_on_paste"),  # Textual says nothing of the lines it leaves out
}
"""Where the name is Textual's and should be."""


def classes() -> Iterator[type]:
    """Every class of the app that is a widget, a screen, an app or a message pump of another kind."""
    for module in pkgutil.walk_packages(cognito_tui.tui.__path__, "cognito_tui.tui."):
        for each in vars(importlib.import_module(module.name)).values():
            if inspect.isclass(each) and each.__module__ == module.name and issubclass(each, MessagePump):
                yield each


def is_ours(each: type) -> bool:
    return each.__module__.startswith(("cognito_tui.", "tests."))


@cache
def names_of(each: type) -> frozenset[str]:
    """The private names that the source of one class gives to attributes, methods and what `self` gets."""
    names = set()
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(each)))):
        match node:
            case ast.Attribute(value=ast.Name(id="self"), attr=name, ctx=ast.Store()):
                names.add(name)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                names.add(name)
            case ast.ClassDef():
                names |= {
                    target.id
                    for line in node.body
                    for target in (line.targets if isinstance(line, ast.Assign) else [])
                    if isinstance(target, ast.Name)
                }
                names |= {
                    line.target.id
                    for line in node.body
                    if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name)
                }
    return frozenset(name for name in names if name.startswith("_") and not name.startswith("__"))


def clashes(each: type) -> set[tuple[str, str]]:
    """The names of a class of ours that a base of Textual's has too."""
    theirs = {
        name for base in each.__mro__ if base is not object and not is_ours(base) for name in names_of(base)
    }
    return {(each.__name__, name) for name in names_of(each) & theirs}


def test_no_class_takes_a_name_of_textuals_by_accident() -> None:
    found = {clash for each in classes() for clash in clashes(each)}
    assert found == MEANT


def test_the_look_sees_the_whole_app() -> None:
    names = {each.__name__ for each in classes()}
    assert {"CognitoApp", "SignInPlace", "ProfileForm", "Choice", "Offers", "Entry", "SecretInput"} <= names


class Sized(Static):
    def __init__(self) -> None:
        super().__init__()
        self._size = 3  # type: ignore[assignment] # on purpose


class Annotated(Input):
    _suggestion: str = ""


class Methodical(Screen[None]):
    def _on_mount(self) -> None: ...  # type: ignore[override] # on purpose


class Shared(App[None]):
    async def _fatal_error(self) -> None: ...  # type: ignore[override] # on purpose


class Indirect(ListView):
    def _anything(self) -> None:
        for self._nodes in ():
            pass


class Innocent(Static):
    def __init__(self) -> None:
        super().__init__()
        self._words_of_ours = 3


@pytest.mark.parametrize(
    ("each", "name"),
    [
        (Sized, "_size"),
        (Annotated, "_suggestion"),
        (Methodical, "_on_mount"),
        (Shared, "_fatal_error"),
        (Indirect, "_nodes"),
        (Innocent, None),
    ],
)
def test_the_look_notices_a_name_that_is_taken(each: type, name: str | None) -> None:
    assert clashes(each) == ({(each.__name__, name)} if name else set())
