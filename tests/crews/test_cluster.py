"""A sweep on a real cluster of processes: the same numbers, nothing lost and nothing twice where a worker is killed."""

from __future__ import annotations

import importlib.util
import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tables import write_classes, write_sparse
from warm_processes import WarmPopen

from regdesk import __version__
from regdesk.core.stopping import Stop
from regdesk.crews.choice import CrewLost
from regdesk.crews.cluster import ClusterCrew

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [
    pytest.mark.skipif(importlib.util.find_spec("distributed") is None, reason="distributed is not installed"),
    pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL"),
]
NETWORK = ("--target", "colour", "--hidden", "4", "--lambdas", "0.3,0.1,0.03,0.01,0.003", "--folds", "3")
LONG = ("--target", "colour", "--hidden", "24,24", "--n-lambdas", "40", "--folds", "5", "--n-starts", "3")


class Cluster:
    """The other program."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "tests" / "support" / "local_cluster.py")], cwd=ROOT, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.address: str = self._answer()["address"]

    def _answer(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer

    def ask(self, order: str) -> dict[str, Any]:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{order}\n")
        self.process.stdin.flush()
        return self._answer()

    def close(self) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


@pytest.fixture(scope="module")
def cluster(engine: None) -> Iterator[Cluster]:
    cluster = Cluster()
    yield cluster
    cluster.close()


def begin(*arguments: object) -> subprocess.Popen[str]:
    command = ["-m", "regdesk", "sweep", *map(str, arguments), "--json"]
    return WarmPopen(command, collects_at_end=True, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def record_of(process: subprocess.Popen[str]) -> dict[str, Any]:
    output, errors = process.communicate()
    assert (process.returncode, errors) == (0, "")
    record: dict[str, Any] = json.loads(output)
    del record["seconds"], record["provenance"]["command"]
    return record


def test_a_linear_sweep_and_a_networks_have_the_same_numbers(cluster: Cluster, tmp_path: Path) -> None:
    sparse, classes = write_sparse(tmp_path / "sparse.csv"), write_classes(tmp_path / "classes.csv")
    linear = (sparse, "--target", "y", "--hidden", "", "--penalty", "l1")
    for arguments in (linear, (classes, *NETWORK)):
        before = cluster.ask("counts")
        expected = record_of(begin(*arguments))
        assert record_of(begin(*arguments, "--workers", f"dask:{cluster.address}")) == expected
        after = cluster.ask("counts")
        n_units = after["different"] - before["different"]
        # Of the linear one the path of all rows and those of five folds.
        assert n_units == 6 if arguments is linear else n_units > 4 * 5


def test_a_worker_is_killed_and_nothing_is_lost_or_counted_twice(cluster: Cluster, tmp_path: Path) -> None:
    file = write_classes(tmp_path / "classes.csv")
    arguments = (file, *NETWORK, "--n-starts", "2", "--workers", f"dask:{cluster.address}")
    counts = [cluster.ask("counts")]
    expected = record_of(begin(*arguments))
    counts.append(cluster.ask("counts"))
    sweep = begin(*arguments)
    killed = cluster.ask("kill")["killed"]
    assert killed != sweep.pid
    assert record_of(sweep) == expected
    counts.append(cluster.ask("counts"))
    # As many units as without it; that in whose midst it was is begun once more.
    assert counts[2]["different"] - counts[1]["different"] == counts[1]["different"] - counts[0]["different"]
    assert counts[2]["begun"] - counts[1]["begun"] > counts[1]["different"] - counts[0]["different"]


def test_an_interrupted_sweep_leaves_the_cluster_as_it_is(cluster: Cluster, tmp_path: Path) -> None:
    file = write_classes(tmp_path / "classes.csv", n_rows=900)
    sweep = begin(file, *LONG, "--workers", f"dask:{cluster.address}")
    cluster.ask("busy")
    sweep.send_signal(signal.SIGINT)
    output, errors = sweep.communicate()
    assert (sweep.returncode, output, errors) == (130, "", "regdesk: interrupted.\n")
    linear = (write_sparse(tmp_path / "sparse.csv"), "--target", "y", "--hidden", "")
    assert record_of(begin(*linear, "--workers", f"dask:{cluster.address}")) == record_of(begin(*linear))


def test_nobody_answers() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    program = (
        "import sys; from regdesk.crews import cluster; from regdesk.crews.choice import CrewLost\n"
        "cluster.ANSWER_S = 0.5\n"
        "try: cluster.ClusterCrew(sys.argv[1], ())\n"
        "except CrewLost as lost: print(lost)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, f"tcp://127.0.0.1:{port}"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith(f"no Dask scheduler answers at tcp://127.0.0.1:{port} (")
    assert len(done.stdout.splitlines()) == 1
    done = subprocess.run(
        [sys.executable, "-c", program, f"tls://127.0.0.1:{port}"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    expected = f"tls://127.0.0.1:{port} needs certificates: name them in Dask's configuration (distributed.comm.tls).\n"
    assert (done.stdout, done.stderr) == (expected, "")


@pytest.mark.parametrize(
    ("versions", "sentence"),
    [
        ({}, "the cluster at here has no workers."),
        ({"a": "0.0.1", "b": "0.0.1"}, "workers of the cluster at here have regdesk 0.0.1, and this is "),
        (ModuleNotFoundError("No module named 'regdesk'"), "a worker of the cluster at here cannot load regdesk ("),
    ],
)
def test_workers_that_are_of_no_use(monkeypatch: pytest.MonkeyPatch, versions: Any, sentence: str) -> None:
    closed = []

    class Client:
        def __init__(self, *_: object, **__: object) -> None:
            pass

        def nthreads(self) -> dict[str, int]:
            return {"a": 1, "b": 2} if versions else {}

        def run(self, _: object) -> dict[str, str]:
            if isinstance(versions, Exception):
                raise versions
            return dict(versions)

        def close(self, timeout: float) -> None:
            closed.append(timeout)

    monkeypatch.setitem(sys.modules, "distributed", SimpleNamespace(Client=Client))
    with pytest.raises(CrewLost) as lost:
        ClusterCrew("here", ())
    assert str(lost.value).startswith(sentence)
    assert len(closed) == 1


def test_without_the_package_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(CrewLost, match=r"pip install 'regdesk\[cluster\]'"):
        ClusterCrew("here", ())


def test_a_unit_whose_data_are_lost_again_and_again_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []

    class Executor:
        def submit(self, *_: object) -> Future[Any]:
            tried.append(len(tried))
            lost: Future[Any] = Future()
            lost.cancel()
            return lost

    class Client:
        def __init__(self, *_: object, **__: object) -> None:
            pass

        def nthreads(self) -> dict[str, int]:
            return {"a": 1}

        def run(self, _: object) -> dict[str, str]:
            return {"a": __version__}

        def get_executor(self, pure: bool) -> Executor:
            return Executor()

        def close(self, timeout: float) -> None:
            pass

    monkeypatch.setitem(sys.modules, "distributed", SimpleNamespace(Client=Client))
    crew = ClusterCrew("here", ())
    with pytest.raises(CrewLost, match="has lost the data again and again"):
        crew.submit(print, stop=Stop()).result(timeout=60)
    crew.close()
    assert len(tried) == 5
