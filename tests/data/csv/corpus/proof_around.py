"""What stands before, between and after the rows."""

from __future__ import annotations

from csv_corpus import CsvCase

CASES = [
    CsvCase("first row NA two numeric", "site,x,y\nAda,NA,NA\nBob,1,2\nCy,3,4\nDi,5,6\n",
            {"site": ["Ada", "Bob", "Cy", "Di"], "x": [None, 1.0, 3.0, 5.0], "y": [None, 2.0, 4.0, 6.0]}),
    CsvCase("first row blank and -", "site,x,y\nAda,-,\nBob,1,2\nCy,3,4\nDi,5,6\n",
            {"site": ["Ada", "Bob", "Cy", "Di"], "x": [None, 1.0, 3.0, 5.0], "y": [None, 2.0, 4.0, 6.0]}),
    CsvCase("first row T all numeric", "x,y\nT,T\n1,2\n3,4\n5,6\n7,8\n",
            group="reported with its line", line=2),
    CsvCase("hash comments 3", "# a\n# b\n# c\na,b,c\n1,x,4\n2,y,5\n3,z,6\n",
            {"a": [1.0, 2.0, 3.0], "b": ["x", "y", "z"], "c": [4.0, 5.0, 6.0]},
            told=(1,)),
    CsvCase("percent comments", "% a\n% b\na,b,c\n1,x,4\n2,y,5\n3,z,6\n",
            {"a": [1.0, 2.0, 3.0], "b": ["x", "y", "z"], "c": [4.0, 5.0, 6.0]},
            told=(1,)),
    CsvCase("semicolon comments", "; a\n; b\na,b,c\n1,x,4\n2,y,5\n3,z,6\n",
            {"a": [1.0, 2.0, 3.0], "b": ["x", "y", "z"], "c": [4.0, 5.0, 6.0]},
            told=(1,)),
    CsvCase("slashes", "// a, b\na,b,c\n1,x,4\n2,y,5\n3,z,6\n",
            {"a": [1.0, 2.0, 3.0], "b": ["x", "y", "z"], "c": [4.0, 5.0, 6.0]},
            told=(1,)),
    CsvCase("comment with same commas", "# x, y, z\na,b,c\n1,x,4\n2,y,5\n3,z,6\n",
            {"a": [1.0, 2.0, 3.0], "b": ["x", "y", "z"], "c": [4.0, 5.0, 6.0]},
            told=(1,)),
    CsvCase("quoted title", '"Sales, all"\na,b,c\n1,x,4\n2,y,5\n3,z,6\n',
            {"a": [1.0, 2.0, 3.0], "b": ["x", "y", "z"], "c": [4.0, 5.0, 6.0]},
            told=(1,)),
    CsvCase("title + date", "Report\nDate: 2020-01-01\n\na,b,c\n1,x,4\n2,y,5\n3,z,6\n",
            {"a": [1.0, 2.0, 3.0], "b": ["x", "y", "z"], "c": [4.0, 5.0, 6.0]},
            told=(1,)),
    CsvCase("kv colon preamble",
            "Device: X\nRate: 10 Hz\nStart: 2020-01-01 10:00:00\na,b,c\n1,x,4\n2,y,5\n3,z,6\n",
            {"a": [1.0, 2.0, 3.0], "b": ["x", "y", "z"], "c": [4.0, 5.0, 6.0]},
            told=(1,)),
    CsvCase("kv comma preamble", "Device,X\nRate,10\nStart,2020-01-01\na,b,c\n1,x,4\n2,y,5\n3,z,6\n",
            {"a": [1.0, 2.0, 3.0], "b": ["x", "y", "z"], "c": [4.0, 5.0, 6.0]},
            told=(1,)),
    CsvCase("blank lines first", "\n\n\na,b,c\n1,x,4\n2,y,5\n3,z,6\n",
            {"a": [1.0, 2.0, 3.0], "b": ["x", "y", "z"], "c": [4.0, 5.0, 6.0]}),
    CsvCase("blank lines of blanks first", "   \n\t\na,b,c\n1,x,4\n2,y,5\n3,z,6\n",
            {"a": [1.0, 2.0, 3.0], "b": ["x", "y", "z"], "c": [4.0, 5.0, 6.0]}),
    CsvCase("count first line", "3\na,b,c\n1,x,4\n2,y,5\n3,z,6\n",
            {"a": [1.0, 2.0, 3.0], "b": ["x", "y", "z"], "c": [4.0, 5.0, 6.0]},
            told=(1,)),
    CsvCase("count two numbers first", "3 3\na,b,c\n1,x,4\n2,y,5\n3,z,6\n",
            {"a": [1.0, 2.0, 3.0], "b": ["x", "y", "z"], "c": [4.0, 5.0, 6.0]},
            told=(1,)),
    CsvCase("sklearn iris header", "3,2,setosa,vir\n5.1,3.5,0\n4.9,3.0,0\n6.3,3.3,1\n",
            {"column_1": [5.1, 4.9, 6.3], "column_2": [3.5, 3.0, 3.3], "column_3": [0.0, 0.0, 1.0]},
            group="exact or refused"),
    CsvCase("preamble of 30 lines",
            "meta 0: value 0\nmeta 1: value 1\nmeta 2: value 2\nmeta 3: value 3\nmeta 4: value 4\n"
            "meta 5: value 5\nmeta 6: value 6\nmeta 7: value 7\nmeta 8: value 8\nmeta 9: value 9\n"
            "meta 10: value 10\nmeta 11: value 11\nmeta 12: value 12\nmeta 13: value 13\n"
            "meta 14: value 14\nmeta 15: value 15\nmeta 16: value 16\nmeta 17: value 17\n"
            "meta 18: value 18\nmeta 19: value 19\nmeta 20: value 20\nmeta 21: value 21\n"
            "meta 22: value 22\nmeta 23: value 23\nmeta 24: value 24\nmeta 25: value 25\n"
            "meta 26: value 26\nmeta 27: value 27\nmeta 28: value 28\nmeta 29: value 29\na,b,c\n1,x,4\n"
            "2,y,5\n3,z,6\n",
            {"a": [1.0, 2.0, 3.0], "b": ["x", "y", "z"], "c": [4.0, 5.0, 6.0]},
            told=(1,)),
    CsvCase("preamble of 30 longer than data with tabs",
            "meta0\tvalue 0\nmeta1\tvalue 1\nmeta2\tvalue 2\nmeta3\tvalue 3\nmeta4\tvalue 4\n"
            "meta5\tvalue 5\nmeta6\tvalue 6\nmeta7\tvalue 7\nmeta8\tvalue 8\nmeta9\tvalue 9\n"
            "meta10\tvalue 10\nmeta11\tvalue 11\nmeta12\tvalue 12\nmeta13\tvalue 13\nmeta14\tvalue 14\n"
            "meta15\tvalue 15\nmeta16\tvalue 16\nmeta17\tvalue 17\nmeta18\tvalue 18\nmeta19\tvalue 19\n"
            "meta20\tvalue 20\nmeta21\tvalue 21\nmeta22\tvalue 22\nmeta23\tvalue 23\nmeta24\tvalue 24\n"
            "meta25\tvalue 25\nmeta26\tvalue 26\nmeta27\tvalue 27\nmeta28\tvalue 28\nmeta29\tvalue 29\n"
            "a\tb\tc\n0\t0\t0\n1\t2\t3\n2\t4\t6\n3\t6\t9\n4\t8\t12\n5\t10\t15\n6\t12\t18\n7\t14\t21\n"
            "8\t16\t24\n9\t18\t27\n10\t20\t30\n11\t22\t33\n12\t24\t36\n13\t26\t39\n14\t28\t42\n15\t30\t45\n"
            "16\t32\t48\n17\t34\t51\n18\t36\t54\n19\t38\t57\n20\t40\t60\n21\t42\t63\n22\t44\t66\n"
            "23\t46\t69\n24\t48\t72\n25\t50\t75\n26\t52\t78\n27\t54\t81\n28\t56\t84\n29\t58\t87\n"
            "30\t60\t90\n31\t62\t93\n32\t64\t96\n33\t66\t99\n34\t68\t102\n35\t70\t105\n36\t72\t108\n"
            "37\t74\t111\n38\t76\t114\n39\t78\t117\n",
            {
                "a": [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0, 14.0, 15.0, 16.0,
                17.0, 18.0, 19.0, 20.0, 21.0, 22.0, 23.0, 24.0, 25.0, 26.0, 27.0, 28.0, 29.0, 30.0, 31.0, 32.0,
                33.0, 34.0, 35.0, 36.0, 37.0, 38.0, 39.0], "b": [0.0, 2.0, 4.0, 6.0, 8.0, 10.0, 12.0, 14.0, 16.0,
                18.0, 20.0, 22.0, 24.0, 26.0, 28.0, 30.0, 32.0, 34.0, 36.0, 38.0, 40.0, 42.0, 44.0, 46.0, 48.0,
                50.0, 52.0, 54.0, 56.0, 58.0, 60.0, 62.0, 64.0, 66.0, 68.0, 70.0, 72.0, 74.0, 76.0, 78.0],
                "c": [0.0, 3.0, 6.0, 9.0, 12.0, 15.0, 18.0, 21.0, 24.0, 27.0, 30.0, 33.0, 36.0, 39.0, 42.0, 45.0,
                48.0, 51.0, 54.0, 57.0, 60.0, 63.0, 66.0, 69.0, 72.0, 75.0, 78.0, 81.0, 84.0, 87.0, 90.0, 93.0,
                96.0, 99.0, 102.0, 105.0, 108.0, 111.0, 114.0, 117.0],
            },
            told=(1,)),
    CsvCase("[Data] section", "[Header]\nx=1\n[Data]\na,b,c\n1,x,4\n2,y,5\n3,z,6\n",
            {"a": [1.0, 2.0, 3.0], "b": ["x", "y", "z"], "c": [4.0, 5.0, 6.0]},
            told=(1,)),
    CsvCase("BEGIN END", "BEGIN DATA\na,b,c\n1,x,4\n2,y,5\n3,z,6\nEND DATA\n",
            {"a": [1.0, 2.0, 3.0], "b": ["x", "y", "z"], "c": [4.0, 5.0, 6.0]},
            told=(1, 6)),
    CsvCase("title of one word with comma decimals", "Bericht;;\na;b;c\n1,5;x;4\n2,5;y;5\n",
            {"a": [1.5, 2.5], "b": ["x", "y"], "c": [4.0, 5.0]},
            told=(1,)),
    CsvCase("xml-ish decl", "<?xml version='1.0'?>\na,b,c\n1,x,4\n2,y,5\n3,z,6\n",
            group="reported with its line", line=1),
    CsvCase("ruler after header", "a,b,c\n---,---,---\n1,x,4\n2,y,5\n3,z,6\n",
            {"a": [1.0, 2.0, 3.0], "b": ["x", "y", "z"], "c": [4.0, 5.0, 6.0]}),
    CsvCase("ruler of equals", "a  b  c\n== == ==\n1  x  4\n2  y  5\n3  z  6\n",
            {"a": [1.0, 2.0, 3.0], "b": ["x", "y", "z"], "c": [4.0, 5.0, 6.0]}),
    CsvCase("sum row blank label", "part,n\na,3\nb,4\n,7\n",
            {"part": ["a", "b", None], "n": [3.0, 4.0, 7.0]},
            group="exact or refused"),
    CsvCase("Total with rest", "part,n,m\na,3,1\nb,4,2\nTotal,7,3\n",
            {"part": ["a", "b"], "n": [3.0, 4.0], "m": [1.0, 2.0]},
            told=(4,)),
    CsvCase("Total: quoted", '"part","n"\n"a",3\n"b",4\n"TOTAL:",7\n',
            {"part": ["a", "b"], "n": [3.0, 4.0]},
            told=(4,)),
    CsvCase("footer notes with commas", "a,b,c\n1,x,4\n2,y,5\n3,z,6\nNotes: first, second, third\n",
            group="reported with its line", line=5),
    CsvCase("footer same width words", "a,b,c\n1,x,4\n2,y,5\n3,z,6\nend,of,file\n",
            group="reported with its line", line=5),
    CsvCase("EOF footer", "a,b,c\n1,x,4\n2,y,5\n3,z,6\nEOF\n",
            {"a": [1.0, 2.0, 3.0], "b": ["x", "y", "z"], "c": [4.0, 5.0, 6.0]},
            told=(5,)),
    CsvCase("dot ends psql", "a,b,c\n1,x,4\n2,y,5\n3,z,6\n\\.\n",
            {"a": [1.0, 2.0, 3.0], "b": ["x", "y", "z"], "c": [4.0, 5.0, 6.0]},
            told=(5,)),
    CsvCase("rows count", "a,b,c\n1,x,4\n2,y,5\n3,z,6\n(3 rows)\n",
            {"a": [1.0, 2.0, 3.0], "b": ["x", "y", "z"], "c": [4.0, 5.0, 6.0]},
            told=(5,)),
    CsvCase("blank lines at end", "a,b,c\n1,x,4\n2,y,5\n3,z,6\n\n\n\n",
            {"a": [1.0, 2.0, 3.0], "b": ["x", "y", "z"], "c": [4.0, 5.0, 6.0]}),
    CsvCase("blank delimiters at end", "a,b,c\n1,x,4\n2,y,5\n3,z,6\n,,\n,,\n",
            {"a": [1.0, 2.0, 3.0], "b": ["x", "y", "z"], "c": [4.0, 5.0, 6.0]},
            told=(5,)),
    CsvCase("whitespace at end", "a,b,c\n1,x,4\n2,y,5\n3,z,6\n   \n",
            {"a": [1.0, 2.0, 3.0], "b": ["x", "y", "z"], "c": [4.0, 5.0, 6.0]}),
    CsvCase("no newline at end", "a,b,c\n1,x,4\n2,y,5\n3,z,6",
            {"a": [1.0, 2.0, 3.0], "b": ["x", "y", "z"], "c": [4.0, 5.0, 6.0]}),
]  # fmt: skip
