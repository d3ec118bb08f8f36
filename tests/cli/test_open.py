"""The command that opens the window."""

from pathlib import Path

import pytest

from evidence_app.cli import main


def test_a_case_or_a_package_is_opened_in_the_window(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    opened: list[Path] = []

    def show(path: Path) -> int:
        opened.append(path)
        return 7

    package = tmp_path / "p.zip"
    assert main.run(["open", str(package)], show) == 2
    assert "p.zip" in capsys.readouterr().err
    package.touch()
    assert main.run(["open", str(package)], show) == 7
    assert opened == [package]
    assert main.run(["open", str(package)]) == 2, "without a window"
