"""Everything that botocore takes from the environment and from files, with nonsense in it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import botocore

VARIABLES: Final = sorted(
    {
        name
        for file in Path(botocore.__file__).parent.glob("*.py")
        for name in re.findall(r"""["']((?:AWS|BOTO|BOTOCORE)_[A-Z0-9_]+)["']""", file.read_text("utf-8"))
    }
    | {"AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", "AWS_BEARER_TOKEN_COGNITO_IDENTITY_PROVIDER"}
)
"""Every variable that botocore's own source names."""

DAMAGED: Final = b"[default\nregion\xff = \x00\n[profile x\n"


def environment(value: str, home: Path) -> dict[str, str]:
    """`value` in every variable, and damaged files in the `home` directory."""
    aws = home / ".aws"
    aws.mkdir(exist_ok=True)
    for name in ("config", "credentials"):
        (aws / name).write_bytes(DAMAGED)
    model = aws / "models" / "cognito-idp" / "2016-04-18" / "service-2.json"
    model.parent.mkdir(parents=True, exist_ok=True)
    model.write_bytes(DAMAGED)
    return dict.fromkeys(VARIABLES, value)
