"""A file of one column, whose cells hold what may delimit others, is read by the one name that its model knows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from regdesk.core.types import DataSettings
from regdesk.data.csv.reader import read_table
from regdesk.data.errors import DataError
from regdesk.data.prepare.encoding import fit_encoding
from regdesk.data.prepare.file_rows import read_names, read_rows


@pytest.mark.parametrize(
    ("text", "names", "numbers"),
    [
        ("x\n80,5\n75,3\n120,0\n", ("x",), [80.5, 75.3, 120.0]),
        ("x\n1,282,354\n2,251,698\n2,155,515\n", ("x",), [1282354.0, 2251698.0, 2155515.0]),
        ("a|b\n1.5\n2.5\n", ("a|b",), [1.5, 2.5]),
        ('"x"\n8;5\n7;5\n', ("x",), None),
        ("x\n1,80.5\n2,75.25\n", ("column_1", "x"), [80.5, 75.25]),
        ("x;z\n80,5;1,5\n75,3;2,5\n", ("x", "z"), [80.5, 75.3]),
    ],
)
def test_the_one_name_that_a_model_knows_is_that_of_a_file_of_one_column(tmp_path, text, names, numbers):
    path = tmp_path / "rows.csv"
    path.write_text("x,y\n" + "".join(f"{one}.5,{one % 3}.5\n" for one in range(8)))
    encoding = fit_encoding(read_table(path), DataSettings(target="y", features=("x",)), 0)
    (column,) = encoding.columns
    if text.startswith("a|b"):
        column = replace(column, name="a|b")
        encoding = replace(encoding, columns=(column,))
    path.write_text(text, encoding="utf-8")
    assert read_names(path, encoding) == names
    (rows,) = read_rows(path, encoding)
    assert rows.names == names
    if numbers is None:
        with pytest.raises(DataError, match="'8;5' is not a number"):
            rows.cells(column)
    else:
        np.testing.assert_array_equal(rows.cells(column).numbers, numbers)
