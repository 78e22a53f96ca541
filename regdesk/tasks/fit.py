"""One fit from start to end, without a window: the convex solver, a search, or an optimiser for so many epochs.

It reads the clock and prepares the engine's cache, which the core must not.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from regdesk.compiling import engine_cache
from regdesk.compiling.processors import n_processors
from regdesk.core.fitted.outputs import network_outputs
from regdesk.core.linear.certificate import Certificate, certificate_of
from regdesk.core.linear.no_minimum import separated_by
from regdesk.core.linear.problem import problem_of
from regdesk.core.linear.solve import solve
from regdesk.core.model.dataset import Dataset
from regdesk.core.model.minimum import doubt_of_minimum
from regdesk.core.model.network import Network
from regdesk.core.model.shortfalls import EpochsDone, ResidualLeft, Shortfall
from regdesk.core.settings.configuration import Configuration
from regdesk.core.training.epoch_loop import EpochLoop, StepTime
from regdesk.core.types import (
    LINEAR_TOLERANCE,
    NETWORK_TOLERANCE,
    Float64s,
    Floats,
    TrainSettings,
    training_dtype,
)
from regdesk.core.words.shortfalls import shortfall_sentence
from regdesk.tasks.ending import is_exact, is_searched, most_epochs
from regdesk.tasks.fits.finished import DivergedError, FinishedFit, FitListener
from regdesk.tasks.fits.searching import searched
from regdesk.tasks.fits.starts import Start, lowest_of, objective_of, start_seeds

if TYPE_CHECKING:
    from regdesk.core.networks.lowest import LowestSearch
    from regdesk.core.training.trainer import Trainer

_log = logging.getLogger("regdesk.training")
CHECK_EVERY_EPOCHS = 20
"""Epochs between looks at the KKT residual, which costs about as much as one of them."""
SLICE_S = 0.05
"""How long the engine runs between two chances to stop it or to draw the progress bar."""


def fit_model(dataset: Dataset, configuration: Configuration, listener: FitListener | None = None) -> FinishedFit:
    """Train on the training rows of ``dataset`` as ``configuration`` says.

    Of several starts the lowest J counts. Raises DivergedError where all of them have left all bounds.
    """
    listener = listener or FitListener()
    rows, inputs = dataset.inputs.shape
    _log.info("A fit of %d rows and %d inputs begins: %s.", rows, inputs, configuration)
    exactly = is_exact(configuration)
    if exactly:
        fitted = _solve(dataset, configuration)
    elif is_searched(configuration):
        fitted = _search(dataset, configuration, listener)
    else:
        fitted = _train_starts(dataset, configuration, listener)
    how = "converged" if fitted.converged else fitted.reason
    _log.info("The fit has ended after %d epochs and %.3f s: %s", fitted.n_epochs, fitted.seconds, how)
    return fitted


def _solve(dataset: Dataset, configuration: Configuration) -> FinishedFit:
    problem = problem_of(dataset, configuration.training)
    tolerance, most = _tolerance_of(configuration), most_epochs(configuration)
    network = Network.of(
        configuration.architecture, dataset.n_inputs, dataset.n_outputs, dataset.input_groups, dataset.input_factors
    )
    started_s = time.perf_counter()
    solution = solve(problem, problem.penalty, tolerance=tolerance, max_iterations=most)
    seconds = time.perf_counter() - started_s
    return FinishedFit(
        network=network,
        parameters=solution.parameters,
        outputs=_outputs_of(dataset, network, solution.parameters),
        kkt_residual=solution.kkt_residual,
        converged=solution.converged,
        n_epochs=solution.n_iterations,
        seconds=seconds,
        reason=shortfall_sentence(solution.shortfall),
        is_unique=solution.is_unique,
        duality_gap=_gap_of(solution.certificate),
    )


def _train_starts(dataset: Dataset, configuration: Configuration, listener: FitListener) -> FinishedFit:
    """One after the other, so that the numbers are those of each seed alone."""
    seeds, n_all = start_seeds(configuration), configuration.sweep.n_starts
    fits: list[FinishedFit | None] = []
    problem: DivergedError | None = None
    for number, seed in enumerate(seeds):
        one = replace(listener, epochs=_epochs_of_all(listener, number, n_all))
        try:
            fits.append(_train(dataset, replace(configuration, seed=seed), one))
        except DivergedError as error:
            problem = problem or error
            fits.append(None)
    if problem is not None and not any(fits):
        raise problem
    return _lowest(dataset, configuration, fits, sum(fit.seconds for fit in fits if fit is not None))


def _lowest(
    dataset: Dataset, configuration: Configuration, fits: Sequence[FinishedFit | None], seconds: float
) -> FinishedFit:
    """That of ``fits``, one for each seed and not all None, whose J is the lowest; all together took ``seconds``."""
    starts, settings = [], configuration.training
    for seed, fit in zip(start_seeds(configuration), fits, strict=True):
        if fit is None:
            starts.append(Start(seed, np.nan, np.nan, False, 0))
        else:
            objective = objective_of(dataset, settings, fit.network, fit.parameters, fit.outputs)
            starts.append(Start(seed, objective, fit.kkt_residual, fit.converged, fit.n_epochs))
    best = fits[lowest_of(starts)]
    assert best is not None
    return replace(best, seconds=seconds, starts=tuple(starts))


def _search(dataset: Dataset, configuration: Configuration, listener: FitListener) -> FinishedFit:
    seeds = start_seeds(configuration)
    found, seconds = searched(dataset, configuration, seeds, listener.compiling, listener.epochs)
    fits = [_found(one, dataset, configuration) for one in found]
    if not any(fits):
        raise DivergedError(found[0].n_passes, configuration.training)
    return _lowest(dataset, configuration, fits, seconds)


def _found(search: LowestSearch, dataset: Dataset, configuration: Configuration) -> FinishedFit | None:
    """The model of a search, in the dtype in which networks are trained; None where that has no numbers for it."""
    problem, settings = search.problem, configuration.training
    parameters = search.best.parameters.astype(training_dtype(configuration.architecture))
    in_full = parameters.astype(np.float64)
    outputs = _outputs_of(dataset, problem.network, parameters)
    if not (np.isfinite(parameters).all() and np.isfinite(outputs[dataset.split.train]).all()):
        return None
    residual = problem.measure(in_full, settings).residual
    has_converged = residual <= _tolerance_of(configuration)
    shortfall = None if has_converged else ResidualLeft(residual, search.n_passes, search.has_settled)
    return FinishedFit(
        network=problem.network,
        parameters=parameters,
        outputs=outputs,
        kkt_residual=residual,
        converged=shortfall is None,
        n_epochs=search.n_passes,
        seconds=0.0,
        reason=shortfall_sentence(shortfall),
        is_trained=True,
    )


def _epochs_of_all(listener: FitListener, number: int, n_all: int) -> Callable[[int, int], None]:
    """Tells ``listener`` of the start ``number`` from 0 as of a part of all."""
    return lambda done, most: listener.epochs(number * most + done, n_all * most)


def _train(dataset: Dataset, configuration: Configuration, listener: FitListener) -> FinishedFit:
    engine_cache.prepare_cache_folder()
    # Not at the top: these bring in numba, which must find its cache folder chosen and which linear fits never need.
    from regdesk.core.training.cores import Cores
    from regdesk.core.training.trainer import Trainer

    dtype = training_dtype(configuration.architecture).name
    if not engine_cache.is_filled(dtype):
        listener.compiling()
    engine_cache.fill(dtype)
    settings = configuration.training
    n_threads = n_processors()
    # Its threads begin with the first step that has rows to share out.
    with ThreadPoolExecutor(n_threads) as executor:
        cores = Cores(executor, n_threads)
        trainer = Trainer(dataset, configuration.architecture, configuration.seed, cores=cores)
        run = _EngineRun(trainer, settings, listener)
        tolerance, most = _tolerance_of(configuration), most_epochs(configuration)
        n_epochs = configuration.ending.n_epochs
        started_s = time.perf_counter()
        if n_epochs is not None:
            run.advance_epochs(n_epochs, n_epochs)
        else:
            while run.n_epochs < most and trainer.kkt_residual(settings) > tolerance:
                run.advance_epochs(min(CHECK_EVERY_EPOCHS, most - run.n_epochs), most)
        seconds = time.perf_counter() - started_s
        outputs = _outputs_of(dataset, trainer.network, trainer.parameters)
        # The engine looks at a log-loss and at the parameters in every eighth step only; here at those of the last.
        if not (np.isfinite(trainer.parameters).all() and np.isfinite(outputs[dataset.split.train]).all()):
            raise DivergedError(trainer.step, settings)
        residual = trainer.kkt_residual(settings)
        shortfall: Shortfall | None = None
        if n_epochs is not None:
            shortfall = EpochsDone(n_epochs)
        elif residual > tolerance:
            shortfall = ResidualLeft(residual, run.n_epochs)
        if configuration.architecture.is_linear and dataset.task == "classification" and settings.effective_lam == 0.0:
            shortfall = separated_by(dataset) or shortfall
        elif not configuration.architecture.is_linear:
            targets = dataset.standardized_targets(dataset.split.train)
            doubt = doubt_of_minimum(trainer.loss, settings, False, outputs[dataset.split.train], targets)
            shortfall = doubt or shortfall
    return FinishedFit(
        network=trainer.network,
        parameters=trainer.parameters.copy(),
        outputs=outputs,
        kkt_residual=residual,
        converged=shortfall is None,
        n_epochs=run.n_epochs,
        seconds=seconds,
        reason=shortfall_sentence(shortfall),
        duality_gap=_gap_of_trained(dataset, settings, trainer) if configuration.architecture.is_linear else None,
        is_trained=True,
    )


def _outputs_of(dataset: Dataset, network: Network, parameters: Floats) -> Float64s:
    """Of every row, by the function that predicts: scores are the same wherever the same weights are scored."""
    # Of weights that have left all bounds, which are refused.
    with np.errstate(over="ignore", invalid="ignore"):
        return network_outputs(network, parameters, dataset.input_scaler.apply(dataset.inputs))


def _tolerance_of(configuration: Configuration) -> float:
    """The largest KKT residual of a converged model."""
    wanted = configuration.ending.tolerance
    if wanted is not None:
        return wanted
    return LINEAR_TOLERANCE if configuration.architecture.is_linear else NETWORK_TOLERANCE


def _gap_of_trained(dataset: Dataset, settings: TrainSettings, trainer: Trainer) -> float | None:
    problem, network = problem_of(dataset, settings), trainer.network
    weights = network.weights(trainer.parameters, 0).astype(np.float64)
    biases = network.biases(trainer.parameters, 0).astype(np.float64)
    return _gap_of(certificate_of(problem, problem.penalty, weights, biases))


def _gap_of(certificate: Certificate) -> float | None:
    return max(certificate.gap, 0.0) if np.isfinite(certificate.gap) else None


class _EngineRun:
    """A trainer advanced by whole epochs, in slices short enough to be stopped."""

    def __init__(self, trainer: Trainer, settings: TrainSettings, listener: FitListener) -> None:
        self._trainer, self._settings, self._listener = trainer, settings, listener
        self._epochs, self._step_time = EpochLoop(stops_at_each=False), StepTime()
        self.n_epochs = 0

    def advance_epochs(self, n_epochs: int, most_epochs: int) -> None:
        """``n_epochs`` more, of ``most_epochs`` in all. Raises DivergedError."""
        trainer, settings = self._trainer, self._settings
        self._epochs.ask(n_epochs)
        while n_left := self._epochs.steps_left(trainer, settings.batch_size):
            n_steps = min(self._step_time.fitting(SLICE_S), n_left)
            started_s = time.perf_counter()
            trainer.advance(settings, n_steps)
            self._step_time.learn(n_steps, time.perf_counter() - started_s)
            self._epochs.note(trainer)
            if trainer.has_diverged:
                raise DivergedError(trainer.step, settings)
            self._listener.epochs(int(trainer.epoch), most_epochs)
        self.n_epochs += n_epochs
