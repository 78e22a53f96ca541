"""Wholly ordinary files, as lessons, shops, instruments and offices have them: nothing is told of any of them."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from regdesk.data.csv.reader import read_table

N_ROWS = 60
FILES = {
    "bicycles": "instant=n:{} day=d:%Y-%m-%d season=i:1:4 holiday=i:0:1 temp=r6:0:1 casual=i:0:300 cnt=i:100:5300",
    "hearts": "age=i:29:77 sex=i:0:1 cp=i:0:3 chol=i:126:564 oldpeak=r1:0:6 target=i:0:1",
    "customers who leave": "id=n:77{:02d}-QVX gender=c:Male|Female tenure=i:0:72 charges=r2:18:118 Churn=c:Yes|No",
    "insurance": "age=i:18:64 sex=c:male|female bmi=r3:15:50 smoker=c:yes|no charges=r4:1000:60000",
    "abalone": "Sex=c:M|F|I Length=r3:0:1 Height=r3:0:0.2 Rings=i:1:29",
    "concrete": "cement=r1:100:540 slag=r1:0:360 age=c:3|7|28|90 strength=r2:2:83",
    "shares": "Date=d:%Y-%m-%d Open=f6:50:60 Close=f6:50:60 Volume=i:1000000:9000000",
    "coins": "timestamp=d:%Y-%m-%dT%H:%M:%S+00:00 price_usd=f2:30000:60000 vol=f0:1000000:9000000",
    "movements": "acc_x=f5:-2:2 acc_y=f5:-2:2 acc_z=f5:8:11 label=c:walk|sit|run",
    "devices": "device_id=c:dev-001|dev-002|dev-003 temp_c=f2:15:25 battery_v=f3:3:4.2 ok=c:true|false",
    "pupils": "student_id=n:S{:04d} school=c:North|South math=i:0:100 reading=i:0:100 passed=c:Y|N",
    "patients": "subject=n:03-{:03d} visit=c:Baseline|Week_4 arm=c:Placebo|Drug sbp=i:100:170 ae=c:|Headache|Nausea",
    "genes": "gene_id=n:ENSG{:011d} s1=i:0:9000 s2=i:0:9000 padj=r5:0:1",
    "spectrum": "m/z=f4:100:2000 intensity=e3:1000:10000000 charge=i:1:4",
    "houses": "beds=i:1:6 baths=c:1|1.5|2|2.5 sqft=i:500:4000 price=i:100000:900000 sold=d:%m/%d/%Y",
    "flights": "year=c:2013 dep_time=c:NA|517|1533|2359 carrier=c:UA|AA|B6 origin=c:EWR|JFK dep_delay=i:-10:200",
    "taxis": "pickup=d:%Y-%m-%d_%H:%M:%S passengers=i:1:6 fare=r1:3:80 payment=c:credit_card|cash",
    "wells": "well=w:{1}{2} od600=r4:0.05:1.2 strain=c:WT|dKO",
    "wells in two figures": "well=w:{1}{2:02d} od600=r4:0.05:1.2",
    "wells, the column first": "well=w:{2}{1} od600=r4:0.05:1.2",
    "wells of one row of a plate": "well=w:1d{0} od600=r4:0.05:1.2",
    "squares of a board": "square=w:{1}{2} n=i:1:9",
    "names with a d": "sector=c:1d1|1d2|1d3|2d1|2d2|2d3 cells=i:1:90",
    "grants": "grant=n:G-2004-{:03d} awarded=c:Yes|No amount=i:1000:900000",
    "colours": "r=i:0:255 g=i:0:255 b=i:0:255 name=c:red|sky_blue|leaf",
    "zeros and ones": "y=i:0:1 f1=i:0:1 f2=i:0:1 f3=i:0:1",
    "decimals of Python": "x1=r16:-1:1 x2=r16:-1:1 y=i:0:1",
    "a league": "Pos=n:{} Team=n:Club_{} W=i:0:38 GD=s:-40:40 Pts=i:10:99",
    "votes": "district=c:D1|D2|D3|D4 party=c:A|B|C votes=i:100:9999 share=r4:0:1",
    "air": "city=c:Oslo|Rome date=d:%Y-%m-%d pm25=c:|12.5|31.0|8.25 no2=r1:1:80",
    "requests": "ts=d:%Y-%m-%dT%H:%M:%SZ level=c:INFO|WARN ms=i:1:900",
    "frosts": "month=c:Jan|Feb|Mar|Apr tmin=r1:-20:5 tmax=r1:5:30",
    "decades": "decade=c:1970s|1980s|1990s sales=i:1:900",
    "prices with thousands": 'item=n:A{} price=t:1000:9999 weight=f2:0:20',
}  # fmt: skip


def cell(form: str, row: int, chance: random.Random) -> str:
    """The cell of a column of this ``form`` in the row, from 0."""
    kind, _, rest = form.partition(":")
    if kind == "n":
        return rest.format(row + 1)
    if kind == "w":
        return rest.format(row + 1, "ABCDEFGH"[row // 12], row % 12 + 1)
    if kind == "d":
        return (datetime(2021, 1, 14) + timedelta(days=row, minutes=7 * row)).strftime(rest)
    if kind == "c":
        return chance.choice(rest.split("|"))
    low, high = rest.split(":")
    if kind in "ist":
        number = chance.randint(int(low), int(high))
        return {"i": f"{number}", "s": f"{number:+d}", "t": f'"{number:,}"'}[kind]
    number, digits = chance.uniform(float(low), float(high)), int(kind[1:])
    return repr(round(number, digits)) if kind[0] == "r" else f"{number:.{digits}{kind[0]}}"


def text_of(name: str, delimiter: str) -> str:
    """The file called ``name`` with the ``delimiter`` between cells; an underscore in a cell stands for a blank."""
    chance = random.Random(name)
    names, forms = zip(*(column.split("=", 1) for column in FILES[name].split(" ")), strict=True)
    rows = [[cell(form, row, chance).replace("_", " ") for form in forms] for row in range(N_ROWS)]
    return "".join(delimiter.join(cells) + "\n" for cells in [names, *rows])


@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_of_an_ordinary_file_nothing_is_told(delimiter: str, tmp_path: Path) -> None:
    told = {}
    for name in FILES:
        path = tmp_path / "ordinary.csv"
        path.write_text(text_of(name, delimiter))
        table = read_table(path)
        assert len(table.columns) == len(FILES[name].split(" "))
        assert len(table.columns[0].missing) == N_ROWS
        if table.warnings:
            told[name] = [warning.message for warning in table.warnings]
    assert told == {}
