"""Text that is no table of delimited cells, known by how it begins: each pattern is one that no table begins with."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_EXPORT = "open it in the program that wrote it, and export the table as CSV"
_OTHER = "choose the file with the table"
_IN_PYTHON = "in Python: pandas.{}, then to_csv"
_WEB_PAGE = (
    "look at it in a browser: it may be an error or a login page in place of the file; if it shows a table, copy that "
    "into a spreadsheet and save it as CSV"
)
HTML = "a web page (HTML), whatever its name"


@dataclass(frozen=True)
class TextForm:
    """A kind of text: what it is, with its article, how it begins, and what to do to have its table.

    ``is_whole``: what it looks like is seen of the whole text alone, as a table may stand below its like.
    """

    name: str
    pattern: re.Pattern[str]
    remedy: str
    is_whole: bool = False


def _form(name: str, pattern: str, remedy: str = _EXPORT, flags: int = 0, is_whole: bool = False) -> TextForm:
    return TextForm(name, re.compile(pattern, re.MULTILINE | flags), remedy, is_whole)


_TAG = r"<[A-Za-z_][\w.:-]*(?:\s[^<>]*)?/?>"
_ARFF_NOTES = r"(?:[ \t]*%[^\n]*\n|\s*\n)*"
_SQL_NOTES = r"(?:[ \t]*--[^\n]*\n|/\*[\s\S]*?\*/|\s*\n)*"
_INI_NOTES = r"(?:[ \t]*[;#][^\n]*\n|[ \t\r]*\n)*"
_ROWS = r"(?:^[^=,;|\t\n]+(?:[,;|\t][^=,;|\t\n]*)+\r?\n){3}"
"""Lines with delimiters, one below the other."""
_NUMBER_ROWS = (
    r"(?:^(?=(?:[^\n]*[,;|\t])?[ \"]*[+-]?\d+(?:[.,]\d+)?[ \"]*(?:[,;|\t]|\r?$))[^\n,;|\t]*[,;|\t][^\n]*\n){3}"
)
"""As _ROWS, each with a number."""
_TABLE_BELOW_YAML = r"---[ \t\r]*\n(?:(?!---|\.\.\.)[^\n]*\n){1,98}(?:---|\.\.\.)[ \t\r]*\n[^\n]*[,;|\t]"
_JSON_ABOVE_TABLE = r"\{[^\n]*\}[ \t\r]*\n(?:[^\n{}\[\]]*[,;|\t][^\n{}\[\]]*(?:\n|\Z)){2}"
_ENTRY = r"(?:export )?[\"']?[A-Za-z_][\w.-]*[\"']?"
_END = r"(?:\n|\Z)"
_SET = rf"(?:[ \t]*(?:[#;][^\n]*|\[[^\],;|\t\n]+\][ \t\r]*|{_ENTRY}[ \t]*[=:][^\n]*|\r?){_END})"
"""A line of settings."""
_PLAINLY_SET = (
    rf"[ \t]*(?:export \w|\[[^\],;|\t\n]+\][ \t\r]*$|\w+\.[\w.-]+[ \t]*[=:]|{_ENTRY} *= *[\"'\[{{]|"
    r"(?![\s\S]*^[^\n=]*[^A-Z0-9_\n=][^\n=]*=)[A-Z][A-Z0-9_]*=)"
)
"""A line as no names of columns are: a section, a quoted value, or names in capitals alone."""
_MAPPED = rf"(?:[ \t]*(?:#[^\n]*|- [^\n]*|{_ENTRY}:(?:[ \t][^\n]*)?|\r?){_END})"
"""A line of YAML."""
_CODE_NOTES = r"[ \t]*(?://|#(?!include)|--)[^\n]*\n|/\*[\s\S]*?\*/|[ \t\r]*\n"
_CODE = (
    r"import [\w.*{} ]+(?:, ?[\w.]+)*(?: from [^\n]+)?;?[ \t\r]*\n|from [\w.]+ import [^\n]+\n|"
    r"(?:async )?def \w+\([^\n]*:[ \t\r]*\n|"
    r"(?:export |public |private |abstract |final )*class \w+[^\n,;]*[{:][ \t\r]*\n|"
    r"#include\s*[<\"]|#define \w|package [\w.]+;|using (?:namespace )?[\w.]+;|"
    r"(?:\w+[ *&]+)+\w+\([^;\n]*\)\s*\{|(?:function|func|fn|sub) ?\w*\([^\n]*\{|"
    r"(?:const|let|var|local) \w+ ?= ?[^\n,]*[;({]|library\(\w+\)|require\([^\n]+\)|\w+ <- [^\n]+|"
    r"return\b[^\n]*;|print(?:f|ln)?\([^\n]*\)|(?:if|for|while) ?\([^\n]*\) ?\{|\w+ = \w+\([^\n]*\)[ \t\r]*\n"
)
"""How lines of programs begin, in languages that are much used."""
_LOG = r'\S+ \S+ \S+ \[[^\]\n]+\] "[^\n]*'

FORMS = (
    # Of a table a name may be a tag: a delimiter stands behind it, and below are rows with numbers.
    _form(HTML, rf"(?!<[^\r\n]*>[,;|\t][\s\S]*?{_NUMBER_ROWS})(?:<!--.*?-->\s*)*"
          r"<(?:!doctype\s+html|html|head|body|table|meta|script|br|div)\b", _WEB_PAGE, re.I | re.S),
    _form("a spreadsheet of Excel 2003 (XML)", r"<\?xml[\s\S]*urn:schemas-microsoft-com:office:spreadsheet",
          "save it in Excel as .xlsx or CSV"),
    _form(HTML, r"<\?xml[\s\S]*<html\b", _WEB_PAGE, re.I),
    _form("a script of PHP", r"<\?php\b", _OTHER),
    # In a table a name may have marks, too: other cells then stand beside it.
    _form("an XML document",
          rf"<\?xml\b|(?:<!--.*?-->\s*)*(?:<!DOCTYPE|(?![^\r\n]*[,;|\t]){_TAG}\s*(?:<|[^<,;|\t\n]*</))", _EXPORT, re.S),
    _form("JSON", rf'(?!{_JSON_ABOVE_TABLE})(?:[ \t]*//[^\n]*\n)*' r'(?:\{\s*(?:"(?:[^"\\]|\\.)*"\s*:|\}\s*\Z)|'
          r'\[\s*(?:\{\s*"|\[\s*(?:["\d-]|\])|"(?:[^"\\]|\\.)*"\s*,|-?\d[^\[\]"]*\]\s*(?:\[|\Z)))',
          f"{_EXPORT} ({_IN_PYTHON.format('read_json')})"),
    _form("a file of Weka (ARFF)", rf"{_ARFF_NOTES}\s*@relation\b", "save it in Weka as CSV", re.I),
    _form("a file of sparse rows (LIBSVM)",
          # At least one of the first lines has two pairs, and they are no times of day.
          rf"(?=(?:[^\n]*\n){{0,2}}[^\n]*\d:\S+[ \t]+\d+:)(?![^\n:]*[ \t]\d{{1,2}}:\d\d(?![\d.]))"
          rf"(?:{_NUMBER}(?:[ \t]+qid:\d+)?(?:[ \t]+\d+:{_NUMBER})+[ \t]*(?:#[^\n]*)?\r?\n){{2}}",
          "write its rows out as a table (in Python: sklearn.datasets.load_svmlight_file)"),
    _form("a sparse matrix (Matrix Market)", r"%%MatrixMarket\b", "write its rows out as a table (scipy.io.mmread)"),
    _form("a file of settings (INI)",
          # Instruments write settings, too, above a table of their own: a section of data, or rows that are alike.
          rf"(?![\s\S]*^\[[^\]\n]*data[^\]\n]*\])(?![\s\S]*{_ROWS})"
          rf"{_INI_NOTES}\[[^\[\],;|\t\n]+\][ \t\r]*\n{_INI_NOTES}(?:\[[^\[\],;|\t\n]+\][ \t\r]*$|[ \t]*[^=,;|\t\n]+=)",
          _OTHER, re.I),
    _form("a dump of a database (SQL)",
          rf"{_SQL_NOTES}\s*(?:CREATE\s+(?:OR\s+REPLACE\s+|TEMP\w*\s+|EXTERNAL\s+)?(?:TABLE|DATABASE|SCHEMA|VIEW)\s|INSERT\s+INTO\s|DROP\s+TABLE\s|"
          r"BEGIN\s+TRANSACTION|PRAGMA\s+\w+\s*=|SET\s+\w+\s*=|LOCK\s+TABLES\s|SELECT\s[^\n]*\sFROM\s)",
          "load it into the database, and export the table as CSV", re.I),
    _form("a list of tuples, as programs write them", r"(?:\([^()\n]*,[^()\n]*\)[ \t]*[,;]?[ \t]*(?:\r?\n|\Z)){2}",
          "take the brackets out"),
    _form("a business card (vCard)", r"BEGIN:VCARD\b", _EXPORT, re.I),
    _form("a calendar (iCalendar)", r"BEGIN:VCALENDAR\b", _EXPORT, re.I),
    # Above a table it only says what that holds (CSVY).
    _form("YAML",
          rf"(?![\s\S]*{_NUMBER_ROWS}|{_TABLE_BELOW_YAML})"
          r"(?:---[ \t\r]*\n(?:- |\w[\w ]*:\s)|- \w[\w ]*:\s[^\n]*\n(?:  +\w[\w ]*:\s|- \w[\w ]*:\s)|%YAML\b)"),
    _form("a table or document of LaTeX",
          r"\s*(?:%[^\n]*\n)*(?:\\(?:begin\{|documentclass\b|hline\b|toprule\b)|"
          r"(?:[^\n&]*&[^\n]*\\\\(?:\[[^\]\n]*\])?[ \t]*(?:\\\w+(?:\{[^}\n]*\})?[ \t]*)*\r?\n){2})",
          "copy its cells into a spreadsheet, and save that as CSV"),
    _form("a bibliography", r"@(?:article|book|inproceedings|misc|phdthesis)\s*\{|TY  - "),
    _form("a difference of two files", r"diff -[-]git |diff -\w+ |--- \S[^\n]*\n\+\+\+ \S|Index: [^\n]*\n={20,}",
          "open one of the two files"),
    _form("sequences (FASTA)", r">[^\n]*\n[A-Za-z*-]+\r?\n(?:[A-Za-z*-]+\r?\n)*(?:>|\Z)"),
    _form("a mail",
          # Who keeps a diary writes Subject and Date as well; what programs that send mail write shows that it is one.
          # Its head above a table is no more than lines before a header, unless it has parts or is encoded.
          rf"(?=[\s\S]*^Content-(?:Transfer-Encoding: *(?:base64|quoted-printable)|Type: *multipart)|"
          rf"(?![\s\S]*{_NUMBER_ROWS}))"
          r"(?:From [^\n,]*\n)?(?:[\w-]+: [^\n]*\n(?:[ \t][^\n]*\n)*)*?"
          r"(?:Return-Path: |Received: |MIME-Version: |Message-ID: |Delivered-To: |X-Mailer: |DKIM-Signature: |"
          r"From: [^\n]*\n(?:[^\n]+\n)*?To: [^\n]*\n(?:[^\n]+\n)*?Subject: )",
          "save the table that is attached to it, and open that", re.I),
    _form("a key or certificate", r"-----BEGIN [A-Z0-9 ]+-----", _OTHER),
    _form("a matrix of MATLAB", r"(?:%[^\n]*\n|\s)*\w+ ?= ?\[[^\]\n,]*(?:;|\.\.\.)[ \t\r]*\n",
          "write it to a table (writematrix), and open that"),
    _form("a script", r"#!\s*/", _OTHER),
    _form("the text of a program",
          # What begins so may be a name; in a program another such line follows.
          rf"(?:{_CODE_NOTES})*(?:{_CODE})(?=[\s\S]*?^[ \t]*(?:{_CODE}))", _OTHER),
    _form("the log of a web server", rf"{_LOG}\n{_LOG}(?:\n|\Z)", "turn its lines into a table with a tool for logs"),
    _form("a model of a surface", r"solid [^\n,]*\n\s*facet |ply\r?\nformat ", _OTHER),
    _form("a drawing of a graph", r"(?:strict\s+)?(?:di)?graph\s+\w*\s*\{"),
    _form("an answer of a web server", rf"(?![\s\S]*{_NUMBER_ROWS})" r"HTTP/\d(?:\.\d)? \d{3}\b[^\n]*\n", _WEB_PAGE),
    _form("a list of statements (RDF)", r"(?:@prefix|@base|PREFIX|BASE)\s[^\n]*<[^\n<>]*>[ \t]*\.?[ \t\r]*\n"),
    _form("sequences (FASTQ)", r"@[^\n]*\n[ACGTUNacgtun.]+\r?\n\+[^\n]*\n[!-~]+[ \t\r]*(?:\n|\Z)"),
    _form("a list of sequences (NEXUS)", r"#NEXUS\b", flags=re.I),
    _form("the atoms of a molecule (PDB)", r"[A-Z0-9]{3,6} [^\n]*\n(?:[^\n]*\n)*?ATOM {2,6}\d+ "),
    _form("a picture (PNM)", r"P[1-6][ \t\r]*\n(?:#[^\n]*\n)*\d+[ \t]+\d+[ \t\r]*\n",
          "a picture holds no table that can be read; ask for the numbers behind it"),
    _form("a model of a surface",
          rf"(?=[\s\S]*^f \d)(?:(?:#|mtllib|[og] )[^\n]*\n|\s*\n)*(?:v(?: {_NUMBER}){{3}}[ \t\r]*\n){{3}}", _OTHER),
    _form("a file of subtitles", r"WEBVTT\b|(?:\d+\s*\n)?\d\d:\d\d:\d\d[,.]\d{3} --> \d\d:", _OTHER),
    _form("a list of pieces of music", r"#EXTM3U\b", _OTHER),
    _form("the report of an error in a program", r"Traceback \(most recent call last\):",
          "run the program again that should have written the table"),
    _form("the text of a program", r"FROM \S+[^\n]*\n(?:[^\n]*\n)*?(?:RUN|COPY|CMD|ENTRYPOINT|ADD|ENV|WORKDIR) ",
          _OTHER),
    _form("text in blocks between braces",
          rf"(?:{_CODE_NOTES}|@(?:import|charset)[^\n]*;[ \t\r]*\n)*"
          rf"(?:[^\n{{}}|\t]*[^\s{{}}|,;:][ \t]*\{{[ \t\r]*\n(?:[^\n]*\n)*?[ \t]*\}};?[ \t\r]*{_END}|"
          r"(?:[^\n{}|\t]+\{[^{}\n]*:[^{}\n]*;[ \t]*\}[ \t\r]*(?:\n|\Z)){2})",
          _OTHER),
    _form("a document (Markdown)",
          rf"(?![\s\S]*{_ROWS})#{{1,6}} [^\n]*\n[ \t\r]*\n(?=[\s\S]*^(?:[*-] [A-Za-z]|#{{1,6}} \w|\d\. [A-Za-z]))",
          _OTHER),
    _form("a file of settings", rf"(?=(?:[ \t]*(?:#[^\n]*)?\r?\n)*{_PLAINLY_SET}){_SET}{{2,}}\Z",
          _OTHER, is_whole=True),
    _form("YAML", rf"(?=[\s\S]*^{_ENTRY}:[ \t\r]*\n(?:[ \t]+\S|- )){_MAPPED}{{2,}}\Z", is_whole=True),
)  # fmt: skip
"""The first whose pattern fits the beginning counts."""


def text_form(head: bytes, is_whole: bool = False) -> TextForm | None:
    """The form of the text that begins with ``head``, or is it; None for what may be a table.

    ``head`` may be in UTF-16.
    """
    text = _decoded(head).lstrip("\ufeff").lstrip()
    return next((form for form in FORMS if (is_whole or not form.is_whole) and form.pattern.match(text)), None)


def _decoded(head: bytes) -> str:
    even = head[: len(head) // 2 * 2]
    if head.startswith(b"\xff\xfe") or (head[1:2] == b"\0" != head[:1]):
        return even.decode("utf-16-le", "ignore")
    if head.startswith(b"\xfe\xff") or (head[:1] == b"\0" != head[1:2]):
        return even.decode("utf-16-be", "ignore")
    return head.decode("utf-8", "replace")
