"""Code in the colours of the theme: names stand out, values are text, punctuation steps back."""

from __future__ import annotations

from pygments.token import Token
from textual.content import Content
from textual.highlight import HighlightTheme, highlight

_NAME, _TEXT, _QUIET = "$text-primary", "$foreground", "$foreground 72%"


class Calm(HighlightTheme):
    """Fewer colours than Textual's own: only Cognito's names and the language's words have one."""

    STYLES = {  # noqa: RUF012 as Textual declares it
        **HighlightTheme.STYLES,
        Token.Name.Tag: _NAME,
        Token.Name.Function: _NAME,
        Token.Name.Builtin: _NAME,
        Token.Keyword: _NAME,
        Token.Keyword.Namespace: _NAME,
        Token.Keyword.Constant: "$text-warning",
        Token.Name: _TEXT,
        Token.Name.Attribute: _TEXT,
        Token.Name.Variable: _TEXT,
        Token.Text: _TEXT,
        Token.String: _TEXT,
        Token.Literal.String: _TEXT,
        Token.Literal.String.Single: _TEXT,
        Token.Literal.String.Double: _TEXT,
        Token.Literal.String.Escape: _QUIET,
        Token.Operator: _QUIET,
        Token.Punctuation: _QUIET,
        Token.Comment: _QUIET,
    }


def coloured(text: str, language: str) -> Content:
    """`text` of `language` (json, bash, python) in colour."""
    return highlight(text, language=language, theme=Calm).stylize_before(_TEXT)
