"""A table from the clipboard is a file like any other."""

from __future__ import annotations

import numpy as np
import pytest

from regdesk.data.errors import DataError
from regdesk.data.formats.pasted import keep_pasted
from regdesk.data.formats.reading import read_file

TEXT = 'size\tcolour\r\n1,5\t"a\r\nb"\r\n2\tred\r\n'


def test_what_a_spreadsheet_copies_is_its_table(tmp_path):
    file = keep_pasted(TEXT, tmp_path / "new" / "folder")
    assert (file.parent.name, file.name) == ("folder", "pasted 1.txt")
    table = read_file(file)
    assert (table.column_names, table.dialect.delimiter, table.dialect.decimal) == (("size", "colour"), "\t", ",")
    np.testing.assert_array_equal(table.column("size").numbers, [1.5, 2])
    assert table.column("colour").levels == ("a\nb", "red")


def test_another_table_is_another_file_and_the_same_is_the_same(tmp_path):
    files = [keep_pasted(text, tmp_path) for text in (TEXT, "a,b\n1,2", TEXT, "a,b\n1,3", "a,b\n1,2\n")]
    assert [file.name for file in files] == [f"pasted {number}.txt" for number in (1, 2, 1, 3, 2)]
    assert files[1].read_text(encoding="utf-8") == "a,b\n1,2\n"


@pytest.mark.parametrize(("text", "found"), [("", "no text"), (" \n\n", "no text"), ("word", "a single line")])
def test_what_is_no_table_is_refused_and_leaves_nothing(tmp_path, text, found):
    with pytest.raises(DataError, match=f"^clipboard: it holds {found}"):
        keep_pasted(text, tmp_path / "folder")
    assert not (tmp_path / "folder").exists()
