"""``regdesk sweep --out`` draws every panel: which files, how large, and that they show the figures of the record."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import io
import json
import os
import re
import shutil
import signal
import struct
import sys
import xml.etree.ElementTree as ElementTree

import pytest
from window_driver import write_kinds, write_sparse

from regdesk import app
from regdesk.cli import command_parts, headless, sweep_bar
from regdesk.core.words.number_text import number_text
from regdesk.session.controllers import frame_clock
from regdesk.views.export.svg_units import in_sheet_units

PANELS = ("dataFitPanel", "histogramPanel", "historyPanel", "lambdaPanel")
SVG = "{http://www.w3.org/2000/svg}"
TABLES = ["path.csv", "summary.json", "weights.csv"]


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pictures")
    return write_sparse(folder / "sparse.csv"), write_kinds(folder / "kinds.csv")


def sweep(file, target, out, *options):
    command = ["sweep", str(file), "--target", target, "--hidden", "", "--penalty", "l1", "--out", str(out)]
    return app.main([*command, "--json", "--n-lambdas", "20", *options])


@pytest.fixture(scope="module")
def swept(qapp, engine, files, tmp_path_factory):
    """A folder with what a sweep of the first file has left; only read."""
    out = tmp_path_factory.mktemp("swept") / "new" / "out"
    printed, said = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(said):
        assert sweep(files[0], "y", out) == 0
    assert said.getvalue() == ""
    return out, json.loads(printed.getvalue())


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def words_of(path):
    """All that is written; a run of letters ends where the font does, so λ may stand in an element of its own."""
    return "".join(text.text or "" for text in ElementTree.parse(path).iter(f"{SVG}text"))


def png_size(path):
    content = path.read_bytes()
    assert content.startswith(b"\x89PNG")
    return struct.unpack(">II", content[16:24])


def check_points(path, record):
    """That the points of the curve are those of the record."""
    root = ElementTree.parse(path).getroot()
    # Symbols of validation are filled squares; their centres, from the right, against the losses of descending λ.
    centres = set()
    for group in root.iter(f"{SVG}g"):
        if (group.get("fill") or "").upper() == "#D55E00":
            for shape in group.iter(f"{SVG}path"):
                pairs = re.findall(r"([\d.]+),([\d.]+)", shape.get("d"))
                xs, ys = ([float(pair[axis]) for pair in pairs] for axis in (0, 1))
                centres.add(((max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2))
    heights = [y for _, y in sorted(centres, reverse=True)]
    losses = record["validation_loss"]
    assert len(heights) == len(losses) == 20
    # One straight line takes losses to heights: that of the axis.
    slope = (heights[0] - heights[-1]) / (losses[0] - losses[-1])
    for height, loss in zip(heights, losses, strict=True):
        assert height == pytest.approx(heights[0] + slope * (loss - losses[0]), abs=0.05)


def test_every_panel_is_there_and_shows_the_sweep(swept):
    out, record = swept
    from regdesk.views.window.main_window import MainWindow

    window = MainWindow()
    panels = [panel.objectName() for panel in window.panels]
    window.deleteLater()
    assert set(PANELS) <= set(panels)
    pictures = [f"{name}.{kind}" for name in panels for kind in ("png", "svg")]
    assert names_in(out) == sorted([*TABLES, *pictures])
    for name in panels:
        assert png_size(out / f"{name}.png") == (1920, 1200)
        assert (out / f"{name}.svg").stat().st_size < 2_000_000
        root = ElementTree.parse(out / f"{name}.svg").getroot()
        assert root.get("viewBox") == "0 0 960 600"
        assert not list(root.iter(f"{SVG}image")), "pixels among the lines"
    curve = words_of(out / "lambdaPanel.svg")
    for text in ("Loss versus λ", "loss (standardised)", "weights not zero", "off", "live"):
        assert text in curve
    # The flags and the line stand at the λ that the record names, above the number of weights that it counts.
    best, sparser = number_text(record["lambda_best"]), number_text(record["lambda_1se"])
    assert f"λ {best}" in curve
    # In the sentence and on the flag, which may be that of AIC or BIC as well.
    for name, lam in (("λ_best", best), ("λ_1se", sparser)):
        assert f"{name} {lam}" in curve
        assert curve.count(f" {lam}{':' if name == 'λ_1se' else ''}") >= 2
    check_points(out / "lambdaPanel.svg", record)
    assert "inputs → output" in words_of(out / "histogramPanel.svg")
    assert "Epoch 500" in words_of(out / "historyPanel.svg")


def test_classes_twice_the_same_however_many_moments_were_drawn_on_the_way(
    capsys, qapp, engine, files, tmp_path, monkeypatch
):
    """A busy machine draws fewer of them: words stay where they had room at first, axes wait for some seconds."""
    for part, frame_ms in (("often", 1), ("rarely", 700)):
        monkeypatch.setattr(frame_clock, "FRAME_MS", frame_ms)
        assert sweep(files[1], "kind", tmp_path / part, "--folds", "3", "--n-lambdas", "8") == 0
    capsys.readouterr()
    assert "actual kind" in words_of(tmp_path / "often" / "dataFitPanel.svg")
    assert names_in(tmp_path / "often") == names_in(tmp_path / "rarely")
    for name in names_in(tmp_path / "often"):
        if name != "summary.json":
            assert (tmp_path / "often" / name).read_bytes() == (tmp_path / "rarely" / name).read_bytes(), name


def test_a_folder_that_cannot_be_written_is_told_before_the_sweep(capsys, files, tmp_path, monkeypatch):
    monkeypatch.setattr(sweep_bar, "sweep_table", lambda *_: pytest.fail("it was swept"))
    (tmp_path / "file").write_text("")
    assert sweep(files[0], "y", tmp_path / "file") == 1
    out, said = capsys.readouterr()
    assert out == ""
    assert said == (
        f"regdesk: {tmp_path / 'file'}: the results could not be written there (this is a file; name a folder): "
        "nothing was begun.\n"
    )


@pytest.mark.parametrize("is_json", [True, False])
def test_what_was_found_is_printed_when_it_cannot_be_written(capsys, engine, files, tmp_path, monkeypatch, is_json):
    command = ["sweep", str(files[0]), "--target", "y", "--hidden", "", "--penalty", "l1", "--n-lambdas", "5"]
    command += ["--out", str(tmp_path), *(["--json"] if is_json else [])]
    assert headless.run(command) == 0
    capsys.readouterr()
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    write_to = os.write

    def nearly_full(descriptor, content):
        if len(content) > 100:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write_to(descriptor, content)

    monkeypatch.setattr(os, "write", nearly_full)
    assert headless.run([*command, "--seed", "1"]) == 1
    out, said = capsys.readouterr()
    assert said == f"regdesk: {tmp_path}: the results could not be written there (No space left on device).\n"
    if is_json:
        assert len(json.loads(out)["lambdas"]) == 5
    else:
        assert "λ_best =" in out
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_an_older_picture_is_told_of_and_named_by_the_list(capsys, engine, files, tmp_path):
    (tmp_path / "lambdaPanel.png").write_bytes(b"of another sweep")
    command = ["sweep", str(files[0]), "--target", "y", "--hidden", "", "--n-lambdas", "5", "--out", str(tmp_path)]
    assert headless.run([*command, "--json"]) == 0
    out, said = capsys.readouterr()
    assert said == f"regdesk: in {tmp_path} lambdaPanel.png is not of this sweep.\n"
    files_of = json.loads(out)["files"]
    assert files_of == {
        name: hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() for name in ("path.csv", "weights.csv")
    }


def test_without_qt_the_tables_are_there(capsys, engine, files, tmp_path, monkeypatch):
    import regdesk.desktop

    monkeypatch.setitem(sys.modules, "regdesk.desktop.panel_pictures", None)
    monkeypatch.delattr(regdesk.desktop, "panel_pictures", raising=False)
    assert sweep(files[0], "y", tmp_path) == 1
    out, said = capsys.readouterr()
    assert json.loads(out)["n_rows"] == 120
    assert "the pictures could not be drawn, the numbers are in" in said
    assert said.count("\n") == 1
    assert names_in(tmp_path) == TABLES


def test_ctrl_c_leaves_whole_files(capsys, qapp, engine, files, tmp_path):
    from PySide6.QtCore import QTimer

    # While the window of the pictures reads and trains.
    QTimer.singleShot(0, lambda: signal.raise_signal(signal.SIGINT))
    assert sweep(files[0], "y", tmp_path) == command_parts.INTERRUPTED
    out, said = capsys.readouterr()
    assert (out, said) == ("", "regdesk: interrupted.\n")
    assert names_in(tmp_path) == TABLES


@pytest.mark.parametrize("is_ours", [False, True])
def test_a_table_that_is_swept_into_its_own_folder_is_kept(capsys, swept, files, tmp_path, is_ours):
    # Others than those that lie there: what is equal needs not to be kept.
    pictures = {file.name: file.read_bytes() + b"\n" for file in swept[0].iterdir() if file.name not in TABLES}
    if is_ours:
        shutil.copytree(swept[0], tmp_path, dirs_exist_ok=True)
        target = "train_loss"
    else:
        (tmp_path / "path.csv").write_bytes(files[0].read_bytes())
        (tmp_path / "lambdaPanel.svg").write_text("mine")
        target = "y"
    table = (tmp_path / "path.csv").read_bytes()
    capsys.readouterr()
    # What is on them is not asked here.
    command = ["sweep", str(tmp_path / "path.csv"), "--target", target, "--hidden", "", "--out", str(tmp_path)]
    assert headless.run([*command, "--n-lambdas", "5"], lambda *_: pictures) == 0
    said = capsys.readouterr().err
    assert f"{tmp_path / 'path.csv'} is the file that was read; it is kept as path.kept.csv." in said
    assert (tmp_path / "path.kept.csv").read_bytes() == table
    if not is_ours:
        assert (tmp_path / "lambdaPanel.kept.svg").read_text() == "mine"
    assert (f"{tmp_path}: the results that were there are replaced." in said) == is_ours
    assert said.count("\n") == 2
    kept = ["path.kept.csv"] if is_ours else ["path.kept.csv", "lambdaPanel.kept.svg"]
    assert names_in(tmp_path) == sorted([*TABLES, *pictures, *kept])
    assert {name: (tmp_path / name).read_bytes() for name in pictures} == pictures


def test_lines_take_on_the_transform_and_keep_their_width():
    svg = (
        '<defs/>\n<g stroke-width="2" transform="matrix(2,0,0,-4,10,20)"\n>'
        '<polyline vector-effect="non-scaling-stroke" points="0,0 1,2.5 "/></g>'
        '\n<g transform="matrix(0,3,5,0,1,1)">'
        '<rect vector-effect="non-scaling-stroke" x="1" y="0" width="2" height="1"/></g>'
        '\n<g transform="matrix(2,0,0,2,0,0)"><text>1,2</text></g>'
    )
    found = in_sheet_units(svg)
    assert "vector-effect" not in found
    assert re.findall(r'points="([^"]*)"', found) == ["10,20 12,10 ", "1,4 1,10 6,10 6,4"]
    assert 'stroke-width="2"' in found
    assert found.count("matrix") == 1
    assert "<text>1,2</text>" in found
