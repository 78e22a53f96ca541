"""How session files stand damage: flipped bits, cut ends, stretches lost or repeated, and zeros of a lost sector.

    python tests/reliability/damaged_sessions.py --files 500

Each file is refused with a sentence, or read as the session that was written: any other is silently different. Prints a
row of Markdown for each kind of damage; the status is 1 where any file was silently different, or ended otherwise.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parent / "support"), str(HERE.parent / "core")]

from random_sessions import random_session  # noqa: E402

from regdesk.data.errors import DataError  # noqa: E402
from regdesk.data.sessions.session_file import read_session, session_bytes  # noqa: E402

KINDS = ("one bit", "eight bits", "cut off", "a stretch lost", "a stretch twice", "512 zeros", "two mixed")
REFUSED, EQUAL, DIFFERENT, BROKEN = "refused", "equal", "silently different", "another error"


def damaged(kind: str, content: bytes, other: bytes, generator: np.random.Generator) -> bytes:
    """``content`` with one damage of that kind; ``other`` is another session's."""
    found, size = bytearray(content), len(content)
    start, stop = np.sort(generator.integers(size, size=2)).tolist()
    if kind == "cut off":
        return content[:start]
    if kind == "a stretch lost":
        return content[:start] + content[stop:]
    if kind == "a stretch twice":
        return content[:stop] + content[start:]
    if kind == "512 zeros":
        found[start : start + 512] = bytes(len(found[start : start + 512]))
        return bytes(found)
    if kind == "two mixed":
        return content[:start] + other[start:]
    for _ in range(1 if kind == "one bit" else 8):
        found[generator.integers(size)] ^= 1 << int(generator.integers(8))
    return bytes(found)


def outcome(path: Path, content: bytes) -> str:
    """What comes of reading ``path``, which was ``content`` once."""
    try:
        back = read_session(path)
    except DataError as problem:
        is_sentence = str(problem).startswith(f"{path.name}: ") and str(problem).endswith(".")
        return REFUSED if is_sentence else BROKEN
    except Exception as problem:
        print(f"{type(problem).__name__}: {problem}", file=sys.stderr)
        return BROKEN
    return EQUAL if session_bytes(back) == content else DIFFERENT


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=500)
    parser.add_argument("--sessions", type=int, default=12)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    generator = np.random.default_rng(arguments.seed)
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "damaged.regdesk"
        contents = [session_bytes(random_session(Path(folder), seed)) for seed in range(arguments.sessions)]
        for number in range(arguments.files):
            kind, content = KINDS[number % len(KINDS)], contents[number % len(contents)]
            path.write_bytes(damaged(kind, content, contents[(number + 1) % len(contents)], generator))
            counts[kind][outcome(path, content)] += 1
    print(f"| damage | files | {REFUSED} | {EQUAL} | {DIFFERENT} | {BROKEN} |\n|---|---|---|---|---|---|")
    for kind, found in counts.items():
        row = " | ".join(str(found[one]) for one in (REFUSED, EQUAL, DIFFERENT, BROKEN))
        print(f"| {kind} | {found.total()} | {row} |")
    return int(any(found[DIFFERENT] + found[BROKEN] for found in counts.values()))


if __name__ == "__main__":
    sys.exit(main())
