"""Heads of mails, settings and YAML above a table; notes below it that have all delimiters, as spreadsheets write."""

from __future__ import annotations

from csv_corpus import CsvCase

COLUMNS = {"id": [0.0, 1.0, 2.0, 3.0], "x": [0.5, 1.5, 2.5, 3.5], "name": ["n0", "n1", "n2", "n3"]}
ROWS = "id,x,name\n" + "".join(f"{number},{number + 0.5},n{number}\n" for number in range(4))
MAIL = "From: Ann <a@b.org>\nTo: c@d.org, e@f.org, g@h.org\nSubject: data\nMIME-Version: 1.0\n"
LABELS = {"name": ["n0", "n1", "n2", "n3"], "n": [4.0, 8.0, 7.0, 5.0]}
LABEL_ROWS = "name,n\nn0,4\nn1,8\nn2,7\nn3,5\n"


def above(name: str, head: str, told: int = 1, mark: str = ",") -> CsvCase:
    """``head`` above the table, left out and told on line ``told``."""
    return CsvCase(name, head + ROWS.replace(",", mark), COLUMNS, told=(told,), words="left out")


def below(name: str, *notes: str, told: int = 6, words: str = "line after the table is left out") -> CsvCase:
    """``notes`` below labels, each with the delimiters of a row."""
    return CsvCase(name, LABEL_ROWS + "".join(f"{note},\n" for note in notes), LABELS, told=(told,), words=words)


CASES = [
    above("the head of a mail above the table", f"{MAIL}\n"),
    above("the head of a mail above the table, its lines going on", f"Received: from x\n\tby y; Monday\n{MAIL}\n"),
    CsvCase("a mail in two parts", f"{MAIL}Content-Type: multipart/mixed\n\n--xx\n\nSee\n--xx\n\n{ROWS}\n--xx--\n",
            group="refused", words="mail"),
    CsvCase("a mail whose part is encoded", f"{MAIL}Content-Transfer-Encoding: base64\n\n{ROWS}", group="refused",
            words="mail"),
    CsvCase("a mail of text with commas", f"{MAIL}\nHello, you,\nthis is 5, or more,\nand, I say, fine,\nnot, 7\n",
            group="refused", words="mail"),
    above("what a server says above the table", "HTTP/1.1 200 OK\nContent-Type: text/csv\nContent-Length: 1\n\n"),
    above("settings in brackets above the table", "[General]\nOperator=Ann\nDate=2020-01-01\n\n"),
    above("settings in brackets above tabs", "[General]\nOperator=Ann\nDate=2020-01-01\n\n", mark="\t"),
    above("two sections of settings above the table", "[General]\nOperator=Ann\n[Run]\nlength=5, 6\n\n"),
    above("settings with values alone above the table", "Operator=Ann\nDate=2020-01-01\n\n"),
    above("YAML above the table (CSVY)", "---\nname: d\nfields:\n - name: id\n   values: [a, b, c]\n---\n"),
    above("YAML in comments above the table", "#---\n#name: d\n#fields:\n#- name: id\n#---\n"),
    CsvCase("YAML of things", "- a: 1\n  b: 2\n- a: 3\n  b: 4\n- a: 5\n  b: 6\n", group="refused", words="YAML"),
    *(
        CsvCase(f"kinds below the names, as Orange writes them, {name}", f"a\tb\tk\n{rows}1\tx\tp\n2\ty\tq\n", {
            f"a {kinds[0]}": [1.0, 2.0], f"b {kinds[1]}": ["x", "y"], f"k {kinds[1]} {use}": ["p", "q"],
        }, told=(2,), words="the names stand in 3 rows")
        for name, rows, kinds, use in (
            ("in full", "continuous\tdiscrete\tdiscrete\n\t\tclass\n", ("continuous", "discrete"), "class"),
            ("in letters", "c\td\td\n\t\tm\n", ("c", "d"), "m"),
        )
    ),
    *(
        CsvCase(f"answers in letters of Orange, {name}", "".join(f"{one[0]},{one[1]}\n" for one in ("pq", *rows)), {
            "p": [row[0] for row in rows], "q": [row[1] for row in rows],
        })
        for name, rows in (
            ("a c above words", ["dc", "cc", "ab", "bc", "da", "cd"]),
            ("no c and all uses", ["td", "cm", "tm", "cd", "cm", "td"]),
        )
    ),
    CsvCase("answers in letters of Orange, one of them alone", "p,q,r\nd,d,d\n,c,\na,b,d\nb,c,c\nd,a,d\n", {
        "p": ["d", None, "a", "b", "d"], "q": ["d", "c", "b", "c", "a"], "r": ["d", None, "d", "c", "d"],
    }),
    CsvCase("labels alone below Orange's letters", "p\tq\tr\nd\td\td\n\tc\t\nsun\tb\tx\nrain\tc\ty\nsun\tb\ty\n", {
        "p d": ["sun", "rain", "sun"], "q d c": ["b", "c", "b"], "r d": ["x", "y", "y"],
    }, told=(2,), words="the names stand in 3 rows"),
    CsvCase("indented names between two rulers", "---\n a b c\n---\n 1 2 3\n 4 5 6\n 7 8 9\n 2 3 5\n", {
        "a": [1.0, 4.0, 7.0, 2.0], "b": [2.0, 5.0, 8.0, 3.0], "c": [3.0, 6.0, 9.0, 5.0],
    }),
    CsvCase("reviews of which the last have no stars", "review,stars\nGood,5\nI liked it,4\nNot at all,2\nSo so,3\n"
            "Nice and very good film,\nbad,\n", {
        "review": ["Good", "I liked it", "Not at all", "So so", "Nice and very good film", "bad"],
        "stars": [5.0, 4.0, 2.0, 3.0, None, None],
    }),
    below("a note below the table with all delimiters", "Data are provisional"),
    below("notes below the table with all delimiters", "Data are provisional", "Revised in 2020", "All rights reserved",
          words="line after the table is left out (so are lines 7, 8)"),
    below("more notes below the table than totals", *(f"This is note {number}" for number in range(12))),
    CsvCase("notes below a total", f"{LABEL_ROWS}Total,24\nData are provisional,\nRevised in 2020,\n", LABELS,
            told=(7, 6)),
    CsvCase("rows at the end that are empty but for a label", f"{LABEL_ROWS}n4,\nn5,\n", {
        "name": ["n0", "n1", "n2", "n3", "n4", "n5"], "n": [4.0, 8.0, 7.0, 5.0, None, None],
    }),
    CsvCase("texts at the end of a table of texts", "a,b\np,one\nq,two\nr,three\ns and a lot more words,\n", {
        "a": ["p", "q", "r", "s and a lot more words"], "b": ["one", "two", "three", None],
    }),
]  # fmt: skip
