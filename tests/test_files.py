"""A file is the old one or the new one, whole."""

import os
from pathlib import Path

import pytest

from geoevents.errors import ExportError, GazetteerError
from geoevents.files import bundled, replacing


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_a_new_file_takes_the_place_of_the_old(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.txt"
    for text in ("old", "new\n"):
        with replacing(path) as file:
            file.write(text)
    assert path.read_bytes() == b"new\n"
    assert names(path.parent) == ["b.txt"]


def test_an_error_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "b.bin"
    path.write_bytes(b"old")
    with pytest.raises(TypeError), replacing(path, "wb") as file:
        file.writelines([b"half", "text in a file of bytes"])
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["b.bin"]


def test_a_folder_in_the_way_is_an_export_error(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(ExportError, match="taken"), replacing(tmp_path / "taken") as file:
        file.write("x")
    assert names(tmp_path) == ["taken"]


def test_a_new_file_is_readable_as_the_umask_says(tmp_path: Path) -> None:
    old = os.umask(0o022)
    try:
        with replacing(tmp_path / "f") as file:
            file.write("x")
    finally:
        os.umask(old)
    assert (tmp_path / "f").stat().st_mode & 0o777 == 0o644


def test_missing_data_says_what_to_do() -> None:
    with pytest.raises(GazetteerError, match="reinstall"):
        bundled("no-such-file")
