"""What R, SAS, SPSS, Stata, Matlab and spreadsheets of four countries write."""

from __future__ import annotations

from csv_corpus import CsvCase

CASES = [
    CsvCase("Stata monthly",
            "m,cpi\n2000m1,100.0\n2000m2,100.5\n2000m3,101.0\n2000m4,101.5\n"
            "2000m5,102.0\n2000m6,102.5\n2000m7,103.0\n2000m8,103.5\n2000m9,104.0\n"
            "2000m10,104.5\n2000m11,105.0\n2000m12,105.5\n2001m1,106.0\n"
            "2001m2,106.5\n2001m3,107.0\n2001m4,107.5\n2001m5,108.0\n2001m6,108.5\n"
            "2001m7,109.0\n2001m8,109.5\n2001m9,110.0\n2001m10,110.5\n"
            "2001m11,111.0\n2001m12,111.5\n2002m1,112.0\n2002m2,112.5\n",
            {"m": ["2000m1", "2000m2", "2000m3", "2000m4", "2000m5", "2000m6", "2000m7", "2000m8", "2000m9",
            "2000m10", "2000m11", "2000m12", "2001m1", "2001m2", "2001m3", "2001m4", "2001m5", "2001m6",
            "2001m7", "2001m8", "2001m9", "2001m10", "2001m11", "2001m12", "2002m1", "2002m2"], "cpi": [100.0,
            100.5, 101.0, 101.5, 102.0, 102.5, 103.0, 103.5, 104.0, 104.5, 105.0, 105.5, 106.0, 106.5, 107.0,
            107.5, 108.0, 108.5, 109.0, 109.5, 110.0, 110.5, 111.0, 111.5, 112.0, 112.5]}),
    CsvCase("Stata td",
            "d,x\n01jan2020,1\n02jan2020,2\n03jan2020,3\n04jan2020,4\n"
            "05jan2020,5\n06jan2020,6\n07jan2020,7\n08jan2020,8\n09jan2020,9\n"
            "10jan2020,10\n11jan2020,11\n12jan2020,12\n13jan2020,13\n14jan2020,14\n",
            {"d": ["01jan2020", "02jan2020", "03jan2020", "04jan2020", "05jan2020", "06jan2020", "07jan2020",
            "08jan2020", "09jan2020", "10jan2020", "11jan2020", "12jan2020", "13jan2020", "14jan2020"],
            "x": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0, 14.0]}),
    CsvCase("Stata extended .a .b",
            "id,inc\n1,1200\n2,.a\n3,1500\n4,.b\n5,900\n6,1000\n7,1100\n"
            "8,1250\n9,.a\n",
            {"id": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0], "inc": [1200.0, None, 1500.0, None, 900.0,
            1000.0, 1100.0, 1250.0, None]},
            group="reported with its line", told=(3,), line=3),
    CsvCase("Stata labels with quotes",
            'make\tforeign\tprice\n"AMC ""X"" Concord"\tDomestic\t4099\n'
            '"VW Rabbit"\tForeign\t4697\n"Olds 98"\tDomestic\t8814\n',
            {"make": ['AMC "X" Concord', "VW Rabbit", "Olds 98"], "foreign": ["Domestic", "Foreign",
            "Domestic"], "price": [4099.0, 4697.0, 8814.0]}),
]  # fmt: skip
