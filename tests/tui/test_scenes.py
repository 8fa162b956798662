from __future__ import annotations

import difflib
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.scenes import SCENES, Scene
from tests.tui import picture
from tests.tui.stage import LARGE, SMALL, on_stage

SCREENSHOTS = Path(__file__).parent.parent.parent / "screenshots"


@pytest.mark.parametrize("size", [LARGE, SMALL], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
async def test_scene(scene: Scene, size: tuple[int, int], request: pytest.FixtureRequest) -> None:
    file = SCREENSHOTS / f"{scene.name}-{size[0]}x{size[1]}.svg"
    seen = await drawn(scene, size)
    if request.config.getoption("--accept"):
        file.write_text(seen, encoding="utf-8")
    if not file.exists() or seen != file.read_text(encoding="utf-8"):
        seen = await drawn(scene, size)  # a thread may have come late on a busy machine; hardly twice
    compare(seen, file)


async def drawn(scene: Scene, size: tuple[int, int]) -> str:
    """The picture of a scene."""
    with contextmanager(scene.begin)() as app:
        async with on_stage(app, size) as stage:
            await scene.play(stage)
            return stage.picture


def compare(seen: str, file: Path) -> None:
    """Fail with the difference in words when the picture is not the one that was accepted."""
    accepted = file.read_text(encoding="utf-8") if file.exists() else ""
    if seen == accepted:
        return
    lines = difflib.unified_diff(
        picture.text(accepted).splitlines(),
        picture.text(seen).splitlines(),
        file.name,
        "now",
        lineterm="",
    )
    words = "\n".join(lines) or "The words are the same: colours or places differ."
    pytest.fail(f"{words}\n\nTo accept what is seen now: python -m pytest {__file__} --accept", pytrace=False)


def test_no_picture_is_left_of_a_scene_that_is_gone() -> None:
    names = {f"{scene.name}-{w}x{h}.svg" for scene in SCENES for w, h in (LARGE, SMALL)}
    assert {file.name for file in SCREENSHOTS.glob("*.svg")} == names


def test_a_changed_picture_fails_with_its_words(tmp_path: Path) -> None:
    file = tmp_path / "scene.svg"
    file.write_text('<text x="0" y="20" textLength="1">before</text>', encoding="utf-8")
    with pytest.raises(pytest.fail.Exception, match=r"-before\n\+after"):
        compare('<text x="0" y="20" textLength="1">after</text>', file)
