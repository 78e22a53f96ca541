"""Names and labels that would do harm where they were not taken for data."""

from __future__ import annotations

from dataclasses import replace

from regdesk.data.files.model_file import SavedModel

HOSTILE_NAMES = {
    "size": "=cmd|' /C calc'!A1",
    "colour": "a\"b'c`d",
    "side": "*/ int x; /*",
    "garden": "\"\"\"\n'''\\",
    "level": "${process.exit(3)} ]]>",
    "day": "<script>alert(1)</script> \\",
    "price": "-- \r\n; DROP TABLE homes",
    "euros": "??/ %s %n {0} \u202e\u2028é😀\\",
}
HOSTILE_LABELS = {
    "red": "=1+1", "green": "it's \"quoted\" \\", "blue": "*/ ??/", "Gelb": "</script>${x}`\"\"\"",
    "ocher": "é😀\u2028]]>", "puce": "=cmd", " red ": " =1+1 ",
}  # fmt: skip
HOSTILE_CLASSES = ("'; --", '"=x"\n${y} */', "\\é😀 ??/")


def hostile(saved: SavedModel, names=HOSTILE_NAMES, classes=HOSTILE_CLASSES) -> SavedModel:
    """The same model of columns, labels and classes with other names."""
    encoding = saved.model.encoding
    columns = []
    for column in encoding.columns:
        if column.name in names:
            column = replace(column, name=names[column.name])
        if column.source is not None:
            column = replace(column, source=names[column.source])
        if column.levels[:1] and column.levels[0] in HOSTILE_LABELS:
            levels = tuple(HOSTILE_LABELS[one] for one in column.levels)
            seen = tuple(HOSTILE_LABELS[one] for one in column.seen)
            column = replace(column, levels=levels, seen=seen, fill=HOSTILE_LABELS[str(column.fill)])
        columns.append(column)
    target = replace(encoding.target, name="*/ \"target'\n${z} ??/ \\", classes=classes)
    model = replace(saved.model, encoding=replace(encoding, columns=tuple(columns), target=target))
    command = 'regdesk fit \'*/ """\n??/\n\' --target \\'
    return SavedModel(model, {**saved.provenance, "command": command, "file": "*/\n<b>.csv"})
