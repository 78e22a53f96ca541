"""The service of the up-and-down demonstration, fed with snapshots: the λ it asks for, and whose they are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from session_fakes import loaded_from, snapshot_of, write_small

from regdesk.core.run.hysteresis_tour import LEAST_SNAPSHOTS, N_TOUR_POINTS, WINDOW_STEPS
from regdesk.core.settings.configuration import Configuration
from regdesk.core.types import Architecture, TrainSettings
from regdesk.session.hysteresis_service import NO_DATA, NO_PENALTY, HysteresisService
from regdesk.tasks.loading import Loaded

NETWORK = Configuration(architecture=Architecture(hidden=(2,)), training=TrainSettings(penalty="l1", lam=0.07))
HOME = NETWORK.training


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return loaded_from(write_small(tmp_path_factory.mktemp("hysteresis")))


class Walk:
    """A model that settles at once at every λ: its loss is the same for so long as it need be."""

    def __init__(self, loaded: Loaded) -> None:
        self.loaded, self.service, self.step = loaded, HysteresisService(), 0
        self.lam = self.service.begin(loaded.dataset, NETWORK)

    def point(self, **others: object) -> float | None:
        """Stay at λ until the course says where to go."""
        for _ in range(LEAST_SNAPSHOTS):
            self.step += WINDOW_STEPS
            moment = snapshot_of(
                self.loaded, NETWORK.architecture, replace(HOME, lam=self.lam), self.step, loss=0.5, **others
            )
            lam = self.service.note_snapshot(moment)
            if lam is not None:
                self.lam = lam
                return lam
        return None


def moment_at(loaded: Loaded, lam: float) -> object:
    return snapshot_of(loaded, NETWORK.architecture, replace(HOME, lam=lam))


def test_what_cannot_be_shown_says_why() -> None:
    service = HysteresisService()
    assert service.unavailable_reason(HOME, has_data=False) == NO_DATA
    assert service.unavailable_reason(replace(HOME, penalty="none"), has_data=True) == NO_PENALTY
    assert service.unavailable_reason(HOME, has_data=True) == ""


def test_it_begins_at_its_lowest_λ(loaded: Loaded) -> None:
    walk = Walk(loaded)
    assert walk.service.is_on
    assert walk.service.is_going_up
    assert walk.lam == 1e-4, "of standardised targets"
    value = walk.service.value
    assert (len(value.up), len(value.down), value.is_done) == (0, 0, False)
    assert walk.service.sentence(is_running=False) == "Up and down: λ goes up, now 0.0001. Paused: Run goes on."


def test_λ_goes_up_by_stations_and_down_again_to_where_it_was(loaded: Loaded) -> None:
    walk = Walk(loaded)
    lambdas = [walk.lam]
    while walk.service.is_on:
        lambdas.append(walk.point())
    up, down = lambdas[:N_TOUR_POINTS], lambdas[N_TOUR_POINTS:-1]
    assert up == sorted(up)
    assert up[-1] == 10.0
    assert down == up[-2::-1]
    assert lambdas[-1] == HOME.lam, "in the end λ is what it was"
    assert walk.service.value.is_done
    assert (len(walk.service.value.up), len(walk.service.value.down)) == (N_TOUR_POINTS, N_TOUR_POINTS)
    assert walk.service.sentence(is_running=True).startswith("Both ways give nearly the same curve")


def test_it_turns_where_the_person_says(loaded: Loaded) -> None:
    walk = Walk(loaded)
    first = walk.lam
    second = walk.point()
    assert second > first
    walk.service.turn()
    assert walk.point() == first
    assert not walk.service.is_going_up
    assert walk.service.is_on
    assert walk.point() == HOME.lam
    assert not walk.service.is_on


def test_turning_or_ending_nothing_does_nothing(loaded: Loaded) -> None:
    service = HysteresisService()
    service.turn()
    assert service.end() is None
    assert service.note_snapshot(moment_at(loaded, HOME.lam)) is None
    assert (service.value, service.is_on, service.is_going_up, service.sentence(True)) == (None, False, False, "")


def test_ended_by_hand_it_keeps_what_it_found(loaded: Loaded) -> None:
    walk = Walk(loaded)
    walk.point()
    assert walk.service.end() == HOME.lam
    assert not walk.service.is_on
    assert len(walk.service.value.up) == 1
    assert walk.service.sentence(True) == "Up and down was ended after 1 λ; its curves stay until Reset."
    assert walk.service.end() is None


def test_another_λ_or_penalty_by_hand_ends_it(loaded: Loaded) -> None:
    for change in ({"lam": 3.0}, {"penalty": "l2"}):
        walk = Walk(loaded)
        now = replace(HOME, lam=walk.lam)
        walk.service.note_change(now, replace(now, **change))
        assert not walk.service.is_on, change
        assert walk.service.sentence(True) == "", "whoever changes it knows that it has ended"
    for change in ({"learning_rate": 0.5}, {"batch_size": 4}, {"l1_ratio": 0.9}):
        walk = Walk(loaded)
        now = replace(HOME, lam=walk.lam)
        walk.service.note_change(now, replace(now, **change))
        assert walk.service.is_on, change


def test_what_was_said_of_one_that_ended_is_no_news_after_a_change(loaded: Loaded) -> None:
    walk = Walk(loaded)
    walk.service.end()
    assert walk.service.sentence(True)
    walk.service.note_change(HOME, replace(HOME, learning_rate=0.5))
    assert walk.service.sentence(True) == ""


def test_snapshots_are_its_own_while_it_is_on_and_until_λ_is_back(loaded: Loaded) -> None:
    service = HysteresisService()
    assert not service.owns(moment_at(loaded, HOME.lam))
    walk = Walk(loaded)
    last = walk.lam
    assert walk.service.owns(moment_at(loaded, HOME.lam)), "the model has not seen the new λ yet"
    walk.service.end()
    assert walk.service.owns(moment_at(loaded, last)), "the model is still seen under its last λ"
    assert not walk.service.owns(moment_at(loaded, HOME.lam))
    assert not walk.service.owns(moment_at(loaded, last)), "from then on that λ was set by hand"


def test_the_λ_where_it_was_before_is_nobody_s_own(loaded: Loaded) -> None:
    service = HysteresisService()
    lam = service.begin(loaded.dataset, replace(NETWORK, training=replace(HOME, lam=1e-4)))
    assert lam == 1e-4
    service.end()
    assert not service.owns(moment_at(loaded, 1e-4))


def test_another_run_knows_nothing_of_it(loaded: Loaded) -> None:
    walk = Walk(loaded)
    walk.point()
    last = walk.lam
    walk.service.forget()
    assert (walk.service.is_on, walk.service.value, walk.service.sentence(True)) == (False, None, "")
    assert not walk.service.owns(moment_at(loaded, last))


def test_changes_of_λ_go_on_in_one_way(loaded: Loaded) -> None:
    """From the second station of the way up and the second of the way down, whose first is where it turned."""
    walk = Walk(loaded)
    assert not walk.service.is_same_way()
    walk.point()
    assert walk.service.is_same_way()
    walk.point()
    walk.service.turn()
    walk.point()
    assert not walk.service.is_same_way()
    walk.point()
    assert walk.service.is_same_way()
    walk.service.end()
    assert not walk.service.is_same_way()
