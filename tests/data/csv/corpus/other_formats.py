"""Text that is no table of delimiters, under the name .csv: opened exactly, or named for what it is."""

from __future__ import annotations

from csv_corpus import CsvCase

AB = {"a": [1.0, 2.0, 3.0], "b": ["x", "y", "z"]}
HTML = "<!DOCTYPE html>\n<html><body><table><tr><td>1</td></tr></table></body></html>\n"

TABLES = [
    CsvCase("a table of Markdown", "| a | b |\n|---|:-:|\n| 1 | x |\n| 2 | y |\n| 3 | z |\n", AB),
    CsvCase("a table of Markdown that is aligned",
            "| a   | b    |\n|-----|------|\n| 1   | x    |\n| 2   | y    |\n| 3   | z    |\n", AB),
    CsvCase("a table of Markdown without outer bars", "a | b\n--|--\n1 | x\n2 | y\n3 | z\n", AB),
    CsvCase("a table in a frame, as MySQL prints it",
            "+---+---+\n| a | b |\n+---+---+\n| 1 | x |\n| 2 | y |\n| 3 | z |\n+---+---+\n3 rows in set (0.00 sec)\n",
            AB,
            told=(8,)),
    CsvCase("a table of Org", "| a | b |\n|---+---|\n| 1 | x |\n| 2 | y |\n| 3 | z |\n", AB),
    CsvCase("a table of Markdown with empty cells", "| a | b |\n|---|---|\n| 1 | x |\n|   | y |\n| 3 |   |\n", {
        "a": [1.0, None, 3.0], "b": ["x", "y", None],
    }),
    CsvCase("columns of fixed width",
            "name       age  city\nana l.      36  ulm\nbo           7  bonn\ncy young    41  rome\n",
            group="reported with its line", line=1, words="fixed width"),
    CsvCase("what pandas prints", "     a  b\n0  1.5  x\n1  2.5  y\n2  3.5  z\n", {
        "column_1": [0.0, 1.0, 2.0], "a": [1.5, 2.5, 3.5], "b": ["x", "y", "z"],
    }),
]  # fmt: skip

NAMED = [
    CsvCase("HTML", HTML, group="refused", words="HTML"),
    CsvCase("HTML in UTF-16", HTML.encode("utf-16"), group="refused", words="HTML"),
    CsvCase("HTML after blank lines", "\n\n  " + HTML, group="refused", words="HTML"),
    CsvCase("a table of HTML alone", "<table><tr><th>a</th></tr><tr><td>1</td></tr></table>", group="refused",
            words="HTML"),
    CsvCase("a message of an error from the web", "<!-- moved -->\n<HTML><HEAD><TITLE>302</TITLE></HEAD></HTML>",
            group="refused",
            words="HTML"),
    CsvCase("XML", '<?xml version="1.0"?>\n<rows><row a="1"/></rows>\n', group="refused", words="XML"),
    CsvCase("XML without its declaration", '<rows>\n<row a="1" b="2"/>\n<row a="3" b="4"/>\n</rows>\n', group="refused",
            words="XML"),
    CsvCase("XML in UTF-16", '<?xml version="1.0" encoding="utf-16"?>\n<rows/>\n'.encode("utf-16"), group="refused",
            words="XML"),
    CsvCase("JSON", '[{"a": 1, "b": "x"},\n {"a": 2, "b": "y"}]\n', group="refused", words="JSON"),
    CsvCase("lines of JSON", '{"a": 1}\n{"a": 2}\n', group="refused", words="JSON"),
    CsvCase("lines of JSON lists", '["a", 1]\n["b", 2]\n', group="refused", words="JSON"),
    CsvCase("JSON in UTF-16", '{"a": [1, 2]}\n'.encode("utf-16"), group="refused", words="JSON"),
    CsvCase("ARFF", "% about\n@RELATION iris\n\n@ATTRIBUTE a NUMERIC\n@ATTRIBUTE b {x,y}\n\n@DATA\n1,x\n2,y\n",
            group="refused",
            words="ARFF"),
    CsvCase("LIBSVM", "1 1:0.5 3:2\n-1 2:0.1 3:4\n1 1:1 2:2\n", group="refused", words="LIBSVM"),
    CsvCase("LIBSVM with a comment and fractions", "0.5 1:0.5 # first\n2.5 2:0.1 3:4e-2\n1 1:1 2:2\n", group="refused",
            words="LIBSVM"),
    CsvCase("settings (INI)", "[server]\nport=80\nname=a\n[client]\nport=81\n", group="refused", words="INI"),
    CsvCase("settings (INI) after a comment", "; mine\n[server]\nport = 80\n\n[client]\nport = 81\n", group="refused",
            words="INI"),
    CsvCase("a dump of SQL", "-- dump\nCREATE TABLE t (a INT, b TEXT);\nINSERT INTO t VALUES (1,'x');\n",
            group="refused",
            words="SQL"),
    CsvCase("insertions of SQL", "INSERT INTO t VALUES (1,2);\nINSERT INTO t VALUES (3,4);\n", group="refused",
            words="SQL"),
    CsvCase("a business card", "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Doe;Jo;;;\r\nEND:VCARD\r\n", group="refused",
            words="vCard"),
    CsvCase("a calendar", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n", group="refused", words="iCalendar"),
    CsvCase("YAML", "---\n- a: 1\n  b: 2\n- a: 3\n  b: 4\n", group="refused", words="YAML"),
    CsvCase("YAML without its mark", "- a: 1\n  b: 2\n- a: 3\n  b: 4\n", group="refused", words="YAML"),
    CsvCase("a table of LaTeX", "\\begin{tabular}{ll}\na & b \\\\\n1 & x \\\\\n\\end{tabular}\n", group="refused",
            words="LaTeX"),
    CsvCase("a difference of two files",
            "diff --git a/t.csv b/t.csv\n--- a/t.csv\n+++ b/t.csv\n@@ -1,2 +1,2 @@\n-1,2\n+1,3\n",
            group="refused", words="difference"),
    CsvCase("sequences (FASTA)", ">seq1 of a thing\nACGTACGT\n>seq2 of another\nACGG\n", group="refused",
            words="FASTA"),
    CsvCase("a sparse matrix", "%%MatrixMarket matrix coordinate real general\n3 3 2\n1 1 5.0\n2 3 1.5\n",
            group="refused",
            words="Matrix Market"),
    CsvCase("a mail", "From: a@b.org\nTo: c@d.org\nSubject: the table, at last\n\nHere it is.\n", group="refused",
            words="mail"),
    CsvCase("a mail with a line that goes on", "Received: from here\n by there\nFrom: a@b.org\n\nhello, you\n",
            group="refused", words="mail"),
    CsvCase("a mail in a box of mails", "From me@b.org Mon Jan 1\nReturn-Path: <me@b.org>\n\nhello, you\n",
            group="refused", words="mail"),
    CsvCase("a subject and a date are no mail", "Subject: 12\nDate: 2020-01-01\n\ntime,n\n1,2\n2,3\n4,5\n", {
        "time": [1.0, 2.0, 4.0], "n": [2.0, 3.0, 5.0],
    }, told=(1,), words="2 lines"),
    CsvCase("heads of the web are no mail", "Title: Mine\nContent-Type: text/csv\n\na,b\n1,x\n2,y\n3,z\n", AB, told=(1,)),
    CsvCase("a section of data is no settings",
            "[Header]\nx=1\n[Data]\na,b\n1,x\n2,y\n3,z\n", AB, told=(1,), words="3 lines"),
    CsvCase("settings of an instrument above rows", "[Settings]\nx=1\ny = 5 V\n\na,b\n1,x\n2,y\n3,z\n", AB, told=(1,)),
    CsvCase("settings of Git",
            "[core]\n\tname = x\n\tlist = a,b\n[user]\n\tmail = x\n", group="refused", words="INI"),
    CsvCase("rows of LaTeX alone", "a & b \\\\\n1 & 2 \\\\\n3 & 4 \\\\\n", group="refused", words="LaTeX"),
    CsvCase("rows of LaTeX with rules", "a & b \\\\ \\hline\r\n1 & 2 \\\\\r\n3 & 4 \\\\[2pt]\r\n",
            group="refused", words="LaTeX"),
    CsvCase("values of a statement of SQL", "(1,'x'),\n(2,'y'),\n(3,'z');\n", group="refused", words="tuples"),
    CsvCase("tuples of Python", "(1, 'x')\n(2, 'y')\n(3, 'z')\n", group="refused", words="tuples"),
    CsvCase("a key", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n", group="refused"),
    CsvCase("a script", "#!/usr/bin/env python\nimport csv, sys\nprint(1, 2)\n", group="refused", words="script"),
    CsvCase("a log of a web server", '1.2.3.4 - - [01/Jan/2020:00:00:00 +0000] "GET / HTTP/1.1" 200 5\n'
            '1.2.3.5 - - [01/Jan/2020:00:00:01 +0000] "GET /a b HTTP/1.1" 404 -\n', group="refused", words="log"),
    CsvCase("numbers and times are no LIBSVM", "5 12:30\n6 12:31\n7 12:45\n", {
        "column_1": [5.0, 6.0, 7.0], "column_2": ["12:30", "12:31", "12:45"],
    }, told=(1,)),
    CsvCase("intervals are no JSON", "[0,10);5\n[10,20);6\n[20,30);8\n", {
        "column_1": ["[0,10)", "[10,20)", "[20,30)"], "column_2": [5.0, 6.0, 8.0],
    }, told=(1, 1)),
    CsvCase("lists of numbers (JSON)", "[1, 2]\n[3, 4]\n", group="refused", words="JSON"),
    CsvCase("a sentence is no SQL", "note\nCreate your own table now\nSelect any of these\nInsert coin\n", {
        "note": ["Create your own table now", "Select any of these", "Insert coin"],
    }, told=(1,)),
    CsvCase("names in brackets are no settings", "[a],[b]\n1,x\n2,y\n3,z\n", {"[a]": [1.0, 2.0, 3.0], "[b]": ["x", "y",
            "z"]}),
    CsvCase("a name in a tag is no XML", "<a>,<b>\n1,x\n2,y\n3,z\n", {"<a>": [1.0, 2.0, 3.0], "<b>": ["x", "y", "z"]}),
    CsvCase("words of SQL as names", "select,insert\n1,x\n2,y\n3,z\n", {"select": [1.0, 2.0, 3.0], "insert": ["x", "y",
            "z"]}),
    CsvCase("dashes and words are no YAML", "a,b\n- one,1\n- two,2\n", {"a": ["- one", "- two"], "b": [1.0, 2.0]}),
    CsvCase("names that begin as mails do", "From,To,n\nUlm,Bonn,1\nBonn,Ulm,2\n", {
        "From": ["Ulm", "Bonn"], "To": ["Bonn", "Ulm"], "n": [1.0, 2.0],
    }),
]  # fmt: skip

CASES = [*TABLES, *NAMED]
