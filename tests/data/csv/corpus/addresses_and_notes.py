"""What looks like something else: addresses like numbers in groups, sources and subtotals like rows."""

from __future__ import annotations

from csv_corpus import CsvCase

CASES = [
    CsvCase("addresses of machines, all of three digits", "ip,v\n100.100.100.100,1.5\n101.102.103.104,2\n",
            {"ip": ["100.100.100.100", "101.102.103.104"], "v": [1.5, 2.0]}),
    CsvCase("addresses of machines, some of three digits", "ip,v\n192.168.100.101,1.5\n10.0.0.1,2\n10.100.200.102,3\n",
            {"ip": ["192.168.100.101", "10.0.0.1", "10.100.200.102"], "v": [1.5, 2.0, 3.0]}),
    CsvCase("numbers in four groups that are no addresses", "n;v\n1.234.567.890;1,5\n2.345.678.901;2\n",
            {"n": [1234567890.0, 2345678901.0], "v": [1.5, 2.0]}),
    CsvCase("numbers in four groups, one of which may be an address", "n;v\n1.234.167.200;1,5\n2.345.678.901;2\n",
            {"n": [1234167200.0, 2345678901.0], "v": [1.5, 2.0]}),
    CsvCase("a number without the per cent sign of the others", "a,b\n5%,1\n10%,2\n0.2,3\n15%,4\n",
            group="refused", line=4, words="'0.2' is a number without %"),
    CsvCase("a blank that is not between thousands", "a\tb\n1 234\t1\n2 345 678\t2\n12 13\t3\n5\t4\n",
            group="refused", line=4, words="is not a number with a blank between thousands"),
    CsvCase("a stray quote between figures", 'a,b\nx1,1\ny11"7,2\nz3,3\n',
            {"a": ["x1", 'y11"7', "z3"], "b": [1.0, 2.0, 3.0]}, told=(3,), words="read as a letter"),
    CsvCase("quotes of inches are none that is stray", 'a,b\n5" pipe,1\n6"x 4,2\npan 7",3\n',
            {"a": ['5" pipe', '6"x 4', 'pan 7"'], "b": [1.0, 2.0, 3.0]}),
    CsvCase("a source with a comma below words", "a,b\nq,x\nr,y\ns,z\nSource: foo, bar\n",
            {"a": ["q", "r", "s"], "b": ["x", "y", "z"]}, told=(5,), words="after the table"),
    CsvCase("a source with a comma below numbers", "a,b\n1.5,x\n2,y\n3,z\nSource: foo, bar\n",
            {"a": [1.5, 2.0, 3.0], "b": ["x", "y", "z"]}, told=(5,)),
    CsvCase("two notes with commas at the end", "a,b\nq,x\nr,y\ns,z\nNote: p, q\nSource: foo, bar\n",
            {"a": ["q", "r", "s"], "b": ["x", "y", "z"]}, told=(5,)),
    CsvCase("notes in all rows are rows", "a,b\nNote: p,x\nNote: q,y\nNote: r,z\n",
            {"a": ["Note: p", "Note: q", "Note: r"], "b": ["x", "y", "z"]}),
    CsvCase("notes in some rows are rows, at the end as well", "a,b\nq,x\nNote: p,y\nr,z\nNote: s,x\n",
            {"a": ["q", "Note: p", "r", "Note: s"], "b": ["x", "y", "z", "x"]}),
    CsvCase("subtotals behind a filled cell, below the total",
            "g,item,n\nA,a,1.5\nA,b,2\nA,Subtotal,3.5\nB,a,4\nB,b,5\nB,Subtotal,9\n,Total,12.5\n",
            {"g": ["A", "A", "A", "B", "B", "B"], "item": ["a", "b", "Subtotal", "a", "b", "Subtotal"],
             "n": [1.5, 2.0, 3.5, 4.0, 5.0, 9.0]}, told=(8, 4)),
    CsvCase("totals as often as other groups are groups",
            "g,item,n\nA,men,1.5\nA,women,2\nA,total,3.5\nB,men,4\nB,women,5\nB,total,9\n",
            {"g": ["A", "A", "A", "B", "B", "B"], "item": ["men", "women", "total", "men", "women", "total"],
             "n": [1.5, 2.0, 3.5, 4.0, 5.0, 9.0]}),
]  # fmt: skip
