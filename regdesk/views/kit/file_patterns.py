"""Names of files that dialogs offer first."""

from __future__ import annotations

TABLE_PATTERNS = (
    "*.csv *.tsv *.txt *.tab *.dat *.gz *.bz2 *.xz *.zst *.zip *.xlsx *.xlsm *.xlsb *.xls *.ods *.db *.sqlite "
    "*.sqlite3 *.parquet"
)
MODEL_SUFFIX = ".regdesk"
