"""Which sentence is due: what the last change did, or why nothing can happen any more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from regdesk.core.words.run_sentences import (
    change_sentence,
    collapse_sentence,
    divergence_sentence,
    exact_sentence,
    loaded_sentence,
)
from regdesk.core.words.settings_text import settings_change
from regdesk.core.words.shortfalls import doubt_text
from regdesk.core.words.verdict_words import short_verdict

if TYPE_CHECKING:
    from regdesk.core.run.collapse_recovery import RestartAdvice
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.run.verdict import Verdict

MERGE_S = 0.4
"""Changes closer together than this are one: a drag tells its whole way, not its last pixel; two clicks are two."""
DRAG_S = 10.0
"""A drag that goes on longer than this is told anew from where it is."""

READY = "Press Run (Ctrl+R), then move λ and watch what it does."
TRAINING = "Training: move λ and watch what it does."


@dataclass(frozen=True, eq=False)
class StoryMemory:
    """The moment before the last change, where weights are from that were put in since, and what is said with it."""

    before: TrainSnapshot | None = None
    loaded: str = ""
    remark: str = ""


class StatusSentence:
    """Remembers the moment before the last change; times are seconds of any steady clock."""

    def __init__(self) -> None:
        self._before: TrainSnapshot | None = None
        self._columns: tuple[str, ...] = ()
        # Where weights are from that were put in since; empty when none were.
        self._loaded = self._remark = ""
        self._began_s = self._changed_s = float("-inf")

    def reset(self, columns: tuple[str, ...] = ()) -> None:
        """A new run has no past; ``columns`` are the names of what the network's ``input_groups`` number."""
        self._before, self._loaded, self._remark = None, "", ""
        self._columns = columns
        self._changed_s = float("-inf")

    def memory(self) -> StoryMemory:
        """What the sentence is made of, but for the present moment."""
        return StoryMemory(self._before, self._loaded, self._remark)

    def bring_back(self, memory: StoryMemory) -> None:
        """Tell what ``memory`` would; a change from here on is another gesture."""
        self._before, self._loaded, self._remark = memory.before, memory.loaded, memory.remark
        self._changed_s = float("-inf")

    def note_change(self, latest: TrainSnapshot | None, now_s: float, remark: str = "") -> bool:
        """Settings change now; ``latest`` is the last moment under the old ones. Whether a gesture begins with it.

        ``remark`` is a sentence on the change that is said with what it has done.
        """
        begins = self._before is None or now_s - self._changed_s > MERGE_S or now_s - self._began_s > DRAG_S
        if begins:
            self._before, self._began_s, self._loaded = latest, now_s, ""
        self._changed_s, self._remark = now_s, remark
        return begins

    def note_load(self, before: TrainSnapshot | None, words: str, now_s: float) -> None:
        """Weights were put in; ``before`` is the last moment without them, ``words`` say where they are from."""
        self._loaded = words
        if self._before is None or now_s - self._changed_s > MERGE_S:
            self._before, self._began_s = before, now_s
        # A change from here on is another gesture.
        self._changed_s = float("-inf")

    def sentence(
        self,
        now: TrainSnapshot,
        is_running: bool,
        advice: RestartAdvice | None = None,
        verdict: Verdict | None = None,
    ) -> str:
        """The sentence for this moment; ``advice`` is what a collapsed network may begin again with, ``verdict``
        whether the moment overfits or underfits. Numbers are of this very moment: beside those of the panels any other
        would contradict them.
        """
        if now.is_exact:
            return exact_sentence(now, self._columns)
        if now.has_diverged:
            return self._divergence(now)
        if now.is_collapsed:
            return collapse_sentence(now, advice)
        return self._compose(now, is_running, verdict)

    def _divergence(self, now: TrainSnapshot) -> str:
        before = self._before
        if self._loaded and before is not None and (before.run, before.step) == (now.run, now.step):
            # No step has done that: no learning rate would have helped.
            put_in = loaded_sentence(before, now, self._loaded)
            return f"{put_in} That is beyond all bounds: training does not go on from there; undo it (Ctrl+Z)."
        return divergence_sentence(now)

    def _compose(self, now: TrainSnapshot, is_running: bool, verdict: Verdict | None) -> str:
        sentence = ""
        if self._before is not None and self._before.run == now.run and self._loaded:
            sentence = loaded_sentence(self._before, now, self._loaded)
        elif self._before is not None and self._before.run == now.run:
            sentence = change_sentence(self._before, now, self._columns, is_running)
            if sentence and not is_running and now.step == self._before.step:
                sentence = f"{settings_change(self._before.settings, now.settings)}: press Run to see it act."
            # First: a λ that moved by itself is what one wonders at.
            sentence = f"{self._remark} {sentence}".strip()
        sentence = sentence or (TRAINING if is_running else READY)
        if verdict is not None:
            sentence = f"{short_verdict(verdict)} {sentence}"
        if now.is_converged and now.step and now.network.is_linear:
            sentence += f" Converged (residual {now.kkt_residual:.0e})."
        elif now.is_converged and now.step:
            # Along a flat valley the weights of a network go on for long: at residuals below 1e-6 a norm grew by 3 %.
            sentence += f" The gradient is nearly gone (residual {now.kkt_residual:.0e})."
        elif now.doubt is not None and now.step:
            sentence += f" The gradient is nearly gone (residual {now.kkt_residual:.0e}), but {doubt_text(now.doubt)}."
        return sentence
