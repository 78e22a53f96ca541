"""What tables and pictures of this moment are made from, gathered from the services of a session."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from regdesk.tasks.live_moment import LiveMoment

if TYPE_CHECKING:
    from regdesk.session.controllers.presenter import Presenter
    from regdesk.session.services import Services
    from regdesk.session.session import Session
    from regdesk.tasks.live_moment import ModelOfFile


def live_moment(
    session: Session, services: Services, presenter: Presenter, file: ModelOfFile | None
) -> LiveMoment | None:
    """The moment that the window shows, which may be as ``file`` has it; None before there is a model."""
    run, shown = services.model.run, presenter.shown
    if run is None or shown is None or shown.run != run.number:
        return None
    sweeps, configuration = services.sweeps, session.configuration
    is_swept = sweeps.curve is not None and not sweeps.is_stale
    return LiveMoment(
        loaded=run.loaded,
        configuration=replace(
            configuration,
            data=run.loaded.settings,
            seed=run.seed,
            architecture=run.architecture,
            training=shown.settings,
        ),
        snapshot=shown,
        history=presenter.whole_course,
        changes=presenter.changes,
        file=file,
        curve=sweeps.curve if is_swept else None,
        swept_scale=sweeps.swept_scale if is_swept else None,
    )
