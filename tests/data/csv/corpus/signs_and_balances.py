"""Signs that programs write around names and cells, and balances among the entries of an account."""

from __future__ import annotations

from csv_corpus import CsvCase

ENTRIES = "02/01/2023,shop,-10,990\n03/01/2023,pay,50,1040\n04/01/2023,rent,-400,640\n"

CASES = [
    CsvCase(
        "names in the quotes of a database",
        "`id`,`a b`\n7,1.5\n7,2.5\n9,4.5\n",
        {"id": [7.0, 7.0, 9.0], "a b": [1.5, 2.5, 4.5]},
    ),
    CsvCase(
        "one name in the quotes of a database, which are letters then",
        "id,`a b`\n7,1.5\n7,2.5\n9,4.5\n",
        {"id": [7.0, 7.0, 9.0], "`a b`": [1.5, 2.5, 4.5]},
    ),
    CsvCase(
        "cells in the quotes of a database",
        "a,b\n`u`,1.5\n`v`,2.5\n`u`,4.5\n",
        {"a": ["`u`", "`v`", "`u`"], "b": [1.5, 2.5, 4.5]},
        told=(2,),
    ),
    CsvCase(
        "codes as a spreadsheet keeps them text, with an equals sign",
        'a,b\n="007",1.5\n="008",2.5\n="011",4.5\n',
        {"a": ['="007"', '="008"', '="011"'], "b": [1.5, 2.5, 4.5]},
        told=(2,),
    ),
    CsvCase(
        "numbers as a spreadsheet keeps them text, with an equals sign",
        'a,b\nu,="1.5"\nv,="2.5"\nu,="4.5"\n',
        {"a": ["u", "v", "u"], "b": ['="1.5"', '="2.5"', '="4.5"']},
        told=(2,),
    ),
    CsvCase(
        "one cell with an equals sign and quotes is a word like others",
        'a,b\n="u",1.5\nv,2.5\nw,4.5\nv,5\n',
        {"a": ['="u"', "v", "w", "v"], "b": [1.5, 2.5, 4.5, 5.0]},
    ),
    CsvCase(
        "an account: a closing balance without a day in the last row",
        f"Day,Text,Amount,Balance\n{ENTRIES},Closing balance,,640\n",
        group="reported with its line",
        line=5,
        words="'Closing balance' (line 5) is a balance and no entry",
    ),
    CsvCase(
        "an account: an opening and a closing balance without amounts in the first and the last row",
        f"Day,Text,Amount,Balance\n01/01/2023,Opening balance,,1000\n{ENTRIES}05/01/2023,Closing balance,,640\n",
        group="reported with its line",
        line=2,
        words="(line 2 and 6) are balances",
    ),
    CsvCase(
        "a word for a balance in a row that lacks nothing",
        "Text,Amount,Balance\nshop,-10,990\npay,50,1040\nrent,-400,640\nbalance,-5,635\n",
        {
            "Text": ["shop", "pay", "rent", "balance"],
            "Amount": [-10.0, 50.0, -400.0, -5.0],
            "Balance": [990.0, 1040.0, 640.0, 635.0],
        },
    ),
]
