"""Our own pair of themes. Every colour of the app is a variable of the theme in use."""

from __future__ import annotations

from typing import Final

from textual.theme import Theme

DARK: Final = Theme(
    name="cognito-dark",
    primary="#82A0F5",
    secondary="#62C6C0",
    accent="#C9A0F0",
    warning="#E8B96A",
    error="#F27F86",
    success="#7FCB94",
    foreground="#D6DAE6",
    background="#12141B",
    surface="#181B24",
    panel="#1F2330",
    dark=True,
    variables={
        "border": "#82A0F5",
        "block-cursor-text-style": "none",
        "block-cursor-foreground": "#D6DAE6",
        "block-cursor-background": "#2E3A5E",
        "block-cursor-blurred-background": "#252B3D",
        "input-selection-background": "#82A0F5 35%",
    },
)

LIGHT: Final = Theme(
    name="cognito-light",
    primary="#2F55C8",
    secondary="#0F7C77",
    accent="#7A35B5",
    warning="#8A5A00",
    error="#B3262F",
    success="#1D7A3E",
    foreground="#20242E",
    background="#FAFAFB",
    surface="#F1F2F5",
    panel="#E6E8EE",
    dark=False,
    variables={
        "border": "#2F55C8",
        "block-cursor-text-style": "none",
        "block-cursor-foreground": "#20242E",
        "block-cursor-background": "#CAD6F7",
        "block-cursor-blurred-background": "#DFE5F5",
        "input-selection-background": "#2F55C8 25%",
    },
)
