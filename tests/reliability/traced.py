"""Whether the program keeps to itself: connections to any network, and files written outside its own folders.

    python tests/reliability/traced.py [--acts 400] [--seed 1]

strace watches the whole program and its children (offscreen) while random acts are done on it as in ``monkey.py``, and
then a sweep in child processes by the command line. The home is an empty folder, preferences and compiled code are
where they are by default. Prints two Markdown tables: where files were opened for writing, made, renamed or removed,
and the connections, of which sockets that are files of this machine do not count.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import watched_program
from watched_program import ROOT

HERE = Path(__file__).resolve().parent
CALLS = (
    "connect,sendto,sendmsg,bind,open,openat,creat,mkdir,mkdirat,rename,renameat,renameat2,unlink,unlinkat,rmdir,link,"
    "linkat,symlink,symlinkat,truncate,chmod,fchmodat,chown,fchownat,mknod,mknodat"
)
OTHER = "chosen by a person, and the script's own"
OPENED = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TMPFILE")
PATH = re.compile(r'"((?:[^"\\]|\\.)*)"')
FAMILY = re.compile(r"sa_family=AF_(\w+)")


def places_of(folder: Path) -> dict[str, Path]:
    """The folders that something may be written to, by what stands in the table."""
    home = folder / "home"
    return {
        "preferences (~/.config/regdesk)": home / ".config" / "regdesk",
        "engine's cache (~/.cache/regdesk)": home / ".cache" / "regdesk",
        "other caches of the home (~/.cache)": home / ".cache",
        "state (~/.local/state/regdesk)": home / ".local" / "state" / "regdesk",
        "data (~/.local/share/regdesk)": home / ".local" / "share" / "regdesk",
        "temporary files": folder / "tmp",
        "runtime folder": folder / "runtime",
        OTHER: folder,
        "/dev": Path("/dev"),
        "/proc": Path("/proc"),
        "bytecode beside the sources": ROOT,
    }


def writes_and_connections(trace: Path) -> tuple[list[str], list[str]]:
    """Paths that were written to or tried to be, and the addresses of all connections that are no sockets of files."""
    paths: list[str] = []
    connections: list[str] = []
    for line in trace.read_text(encoding="utf-8", errors="replace").splitlines():
        call = re.match(r"(?:\d+\s+)?(\w+)\(", line)
        if call is None:
            continue
        name = call.group(1)
        if name in ("connect", "sendto", "sendmsg", "bind"):
            family = FAMILY.search(line)
            if family is not None and family.group(1) not in ("UNIX", "LOCAL", "NETLINK"):
                connections.append(line.partition(" ")[2][:160])
        elif name not in ("open", "openat") or OPENED.search(line):
            paths += [one for one in PATH.findall(line) if one.startswith("/")][-1:]
    return paths, connections


def kind_of(path: str, places: dict[str, Path], home: Path) -> str:
    for kind, folder in places.items():
        if Path(path) == folder or folder in Path(path).parents:
            return (
                kind if kind != OTHER or home not in (Path(path), *Path(path).parents) else f"~{path[len(str(home)) :]}"
            )
    return f"OUTSIDE: {path}"


def traced(command: list[str], own: dict[str, str], trace: Path) -> int:
    """Its status. It runs beside its trace: what is typed for a file's name is below the folder that it is in."""
    whole = ["strace", "-f", "-qq", "-s", "400", "-e", f"trace={CALLS}", "-o", str(trace), *command]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.run(whole, env=own, cwd=trace.parent, **quiet, check=False).returncode


def runs_of(folder: Path, n_acts: int, seed: int) -> dict[str, list[str]]:
    """What is watched, by its name in the table."""
    monkey = [sys.executable, str(HERE / "monkey.py"), "--child", str(seed), "--acts", str(n_acts)]
    sample = str(ROOT / "resources" / "samples" / "diabetes.csv")
    sweep = [sys.executable, "-m", "regdesk", "sweep", sample, "--target", "progression", "--hidden", ""]
    return {
        f"window, {n_acts} random acts": [*monkey, "--keep", str(folder)],
        "sweep in two processes": [*sweep, "--workers", "processes:2", "--out", str(folder / "results")],
    }


def rows_of(counts: Counter[tuple[str, str]], statuses: dict[str, int]) -> list[str]:
    """A row for each run and place; a run that has written nothing has one, too: it may have done nothing."""
    found = dict(counts) | {(title, "nowhere"): 0 for title in statuses if not any(one == title for one, _ in counts)}
    return [f"| {title}, {statuses[title]} | {kind} | {n_times} |" for (title, kind), n_times in sorted(found.items())]


def main(given: argparse.Namespace) -> None:
    from regdesk.compiling.cache_folder import user_cache_folder

    if shutil.which("strace") is None:
        raise SystemExit("traced.py needs strace (apt-get install strace).")
    with tempfile.TemporaryDirectory(prefix="traced-") as name:
        folder = Path(name)
        own = watched_program.environment(folder)
        del own["REGDESK_SETTINGS"], own["NUMBA_CACHE_DIR"]
        own["PYTHONDONTWRITEBYTECODE"] = "1"
        if user_cache_folder().exists():
            shutil.copytree(user_cache_folder(), folder / "home" / ".cache" / "regdesk")
        runs = runs_of(folder, given.acts, given.seed)
        counts: Counter[tuple[str, str]] = Counter()
        connections: list[str] = []
        statuses = {}
        for number, (title, command) in enumerate(runs.items()):
            statuses[title] = traced(command, own, folder / f"trace {number}")
            paths, found = writes_and_connections(folder / f"trace {number}")
            counts.update((title, kind_of(path, places_of(folder), folder / "home")) for path in paths)
            connections += [f"{title}: {one}" for one in found]
    print("| run, status | written, made, renamed or removed in | times |")
    print("|---|---|---|")
    print("\n".join(rows_of(counts, statuses)))
    print()
    print("| connections to a network | addresses |")
    print("|---|---|")
    print(f"| {len(connections)} | {'; '.join(connections[:5]) or 'none'} |")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--acts", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    main(parser.parse_args())
