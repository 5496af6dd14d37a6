"""Files are written whole, over nothing that has to stay."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from bot.errors import FileError
from bot.files import free_to_write, unfinished, write_text


def write(target: Path, *, overwrite: bool = False, keeps: dict[Path, str] | None = None) -> None:
    """Write "new" to the file."""
    write_text(target, "new", keeps=keeps or {}, overwrite=overwrite)


def mode(file: Path) -> int:
    """Who may do what with the file."""
    return stat.S_IMODE(file.stat().st_mode)


def test_a_new_file_has_the_permissions_of_any_other_new_file(tmp_path: Path) -> None:
    write(tmp_path / "file")
    (tmp_path / "other").touch()
    assert (tmp_path / "file").read_text() == "new"
    assert mode(tmp_path / "file") == mode(tmp_path / "other")


def test_a_file_that_is_overwritten_keeps_its_permissions(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch(0o640)
    file.chmod(0o640)
    write(file, overwrite=True)
    assert (file.read_text(), mode(file)) == ("new", 0o640)


def test_a_link_stays_a_link_and_what_it_names_is_written(tmp_path: Path) -> None:
    link, file = tmp_path / "link", tmp_path / "file"
    link.symlink_to(file)
    write(link)
    assert link.is_symlink()
    assert file.read_text() == "new"


def test_a_file_that_must_stay_is_refused_by_any_name_and_though_it_does_not_exist_yet(tmp_path: Path) -> None:
    link, file = tmp_path / "link", tmp_path / "file"
    link.symlink_to(file)
    for target in (file, link, tmp_path / "x" / ".." / "file"):
        with pytest.raises(FileError, match="is the diary, and is never overwritten"):
            write(target, overwrite=True, keeps={file: "the diary"})
    assert not file.exists()


def test_a_device_is_written_to_as_it_is() -> None:
    write(Path(os.devnull))
    assert Path(os.devnull).is_char_device()
    with pytest.raises(FileError, match="not an ordinary file"):
        free_to_write(Path(os.devnull), keeps={}, overwrite=True)


@pytest.mark.parametrize(
    ("name", "repair"),
    [("nowhere/file", "Make its folder first"), ("file/file", "part of its path is a file"), ("f" * 300, "shorter")],
)
def test_what_is_wrong_with_a_name_is_said_with_its_repair(tmp_path: Path, name: str, repair: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FileError, match=repair) as refused:
        write(tmp_path / name)
    assert name in str(refused.value)
    assert "unfinished" not in str(refused.value)


def test_links_that_go_round_in_a_circle_are_an_error(tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    with pytest.raises(FileError, match="symbolic links"):
        write(loop, keeps={tmp_path / "file": "the diary"})


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="is a folder"):
        write(tmp_path, overwrite=True)


def test_a_file_that_is_not_finished_leaves_the_old_one_and_nothing_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("old")
    with unfinished(file) as copy:
        copy.write_text("half")
        copy.with_name(f"{copy.name}-journal").touch()
    assert [each.name for each in tmp_path.iterdir()] == ["file"]
    assert file.read_text() == "old"


def test_a_full_disk_is_named_and_the_old_file_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "file"
    file.write_text("old")

    def full(_descriptor: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FileError, match="Free some space"):
        write(file, overwrite=True)
    assert file.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["file"]
