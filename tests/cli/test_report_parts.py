"""Tables of the command line, whatever stands in them."""

from __future__ import annotations

from regdesk.cli.report_parts import MOST_LETTERS, table


def test_names_of_hundreds_of_letters_leave_numbers_where_they_are_seen_and_stay_different() -> None:
    names = ["x" * 300 + end for end in ("", "1", "2")]
    lines = table(["coefficient", "y" * 200], [[names[0], "1.5"], [names[1], "-2"], [names[2], "3"], ["a", "4"]])
    assert max(map(len, lines)) <= 2 * MOST_LETTERS + 4
    assert len(set(lines)) == 5
    assert [line.split()[-1] for line in lines[1:]] == ["1.5", "-2", "3", "4"]
    assert lines[4].split() == ["a", "4"]


def test_a_table_without_rows_has_its_head() -> None:
    assert table(["a", "bc"], []) == ["  a  bc"]
