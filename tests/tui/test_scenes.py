from __future__ import annotations

import difflib
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.scenes import SCENES, Scene
from tests.tui import picture
from tests.tui.stage import LARGE, SMALL, on_stage

SCREENSHOTS = Path(__file__).parent.parent.parent / "screenshots"


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
async def test_scene(scene: Scene, request: pytest.FixtureRequest) -> None:
    seen = await drawn(scene)
    if request.config.getoption("--accept"):
        for file, picture_now in seen.items():
            file.write_text(picture_now, encoding="utf-8")
    if seen != {file: _accepted(file) for file in seen}:
        seen = await drawn(scene)  # a thread may have come late on a busy machine; hardly twice
    for file, picture_now in seen.items():
        compare(picture_now, file)


async def drawn(scene: Scene) -> dict[Path, str]:
    """The pictures of a scene by their files: walked to on the small screen, which is then made larger."""
    pictures = {}
    with contextmanager(scene.begin)() as app:
        async with on_stage(app, SMALL) as stage:
            await scene.play(stage)
            pictures[_file(scene, SMALL)] = stage.picture
            await stage.resize(LARGE)
            await scene.look(stage)
            pictures[_file(scene, LARGE)] = stage.picture
    return pictures


def _file(scene: Scene, size: tuple[int, int]) -> Path:
    return SCREENSHOTS / f"{scene.name}-{size[0]}x{size[1]}.svg"


def _accepted(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.exists() else ""


def compare(seen: str, file: Path) -> None:
    """Fail with the difference in words when the picture is not the one that was accepted."""
    accepted = _accepted(file)
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
    files = {_file(scene, size) for scene in SCENES for size in (LARGE, SMALL)}
    assert set(SCREENSHOTS.glob("*.svg")) == files


def test_a_changed_picture_fails_with_its_words(tmp_path: Path) -> None:
    file = tmp_path / "scene.svg"
    file.write_text('<text x="0" y="20" textLength="1">before</text>', encoding="utf-8")
    with pytest.raises(pytest.fail.Exception, match=r"-before\n\+after"):
        compare('<text x="0" y="20" textLength="1">after</text>', file)
