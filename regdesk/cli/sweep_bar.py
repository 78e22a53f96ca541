"""Training, and a sweep of either kind of model, as commands do them: with a bar that shows how far they are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from regdesk.cli.command_parts import WorkFailed
from regdesk.core.settings.configuration import Configuration
from regdesk.core.sweep.remaining_time import SweepProgress
from regdesk.crews.choice import CrewChoice, CrewLost
from regdesk.data.csv.table import Table
from regdesk.system.terminal import ProgressBar, remaining_text
from regdesk.tasks.fits.finished import DivergedError
from regdesk.tasks.linear_sweep import Sweep, sweep_table
from regdesk.tasks.network_sweep import AllDivergedError, NetworkResult, SweepListener, sweep_network


@contextmanager
def training_with_bar(bar: ProgressBar, name: str) -> Iterator[None]:
    """Around training that ``bar`` shows, on data that are called ``name``.

    Raises WorkFailed where it left all bounds, or those who do it were lost.
    """
    try:
        yield
    except (AllDivergedError, DivergedError) as error:
        raise WorkFailed(f"{name}: {error}") from None
    except CrewLost as error:
        raise WorkFailed(str(error)) from None
    finally:
        bar.clear()


def sweep_with_bar(
    table: Table, configuration: Configuration, workers: CrewChoice | None, bar: ProgressBar
) -> Sweep | NetworkResult:
    """What a sweep of ``table`` finds. Raises DataError, AllDivergedError and CrewLost."""

    def show_points(done: int, most: int) -> None:
        bar.show(done / most, f"λ {done} of {most}")

    def show_paths(progress: SweepProgress) -> None:
        note = f"{progress.n_done} of {progress.n_fits} paths, {remaining_text(progress.left_s)}"
        bar.show(progress.n_done / progress.n_fits, note)

    def show_models(progress: SweepProgress) -> None:
        if progress.n_fits == 0:
            bar.show(0.0, "looking for the range of λ")
            return
        share = progress.n_done / progress.n_fits
        bar.show(share, f"{share:.0%}, {remaining_text(progress.left_s)}")

    try:
        if configuration.architecture.is_linear:
            return sweep_table(table, configuration, show_points, workers, show_paths)
        compiling = "Compiling what solves networks (first time only, about a minute) …"
        listener = SweepListener(compiling=lambda: bar.message(compiling), models=show_models)
        return sweep_network(table, configuration, listener, workers)
    finally:
        bar.clear()
