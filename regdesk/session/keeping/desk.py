"""What sessions are kept of: the parts of a window's session that its file knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regdesk.session.controllers.models import ModelController
    from regdesk.session.controllers.presenter import Presenter
    from regdesk.session.keeping.recorder import TimelineRecorder
    from regdesk.session.runs.kept_runs import KeptRuns
    from regdesk.session.services import Services
    from regdesk.session.session import Session
    from regdesk.session.travel.branches import Branches
    from regdesk.views.window.main_window import MainWindow


@dataclass(frozen=True, eq=False)
class Desk:
    """The window and what is behind it; ``recorder`` writes the timeline, ``branches`` can be returned to."""

    window: MainWindow
    session: Session
    services: Services
    presenter: Presenter
    runs: KeptRuns
    models: ModelController
    recorder: TimelineRecorder
    branches: Branches
