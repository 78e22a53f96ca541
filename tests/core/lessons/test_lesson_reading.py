"""The text of a lesson: what it comes to, and what is said of every fault in it, with its line, all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

import regdesk
from regdesk.core.lessons.figures import NAMES
from regdesk.core.lessons.lesson import HIDEABLE, Choice, Doing, Lesson
from regdesk.core.lessons.reading import MOST_STEPS, MOST_WORDS, is_beside, lesson_of
from regdesk.core.settings.view_table import PANELS

SAMPLES = ("noisy-curve", "diabetes")
WHOLE = """\
---
title: A lesson
about: What it shows.
sample: noisy-curve
set: lam = 0
set: hidden = 16, 8
hide: penaltyBox
---

# First

show: dataFitPanel, historyPanel
hide: speedSlider
do: reset, run
set: data.standardize = no
task: Press **Run**.
wait: epoch >= 10 and lam = 0
for me: run
for me: training.lam = 0.5

Some *text*.

```
# no heading
```

## What you saw

It moved.

## Question

Which?

- [x] The right one,
  over two lines.
  > Yes.
- [ ] The wrong one
  > No:
  > not at all.

# Second

Only text.

## Question

answer: number

How many?

- [x] n_weights ± 1
  > So many.
- [ ] 0.5 * lam +- 0.1
  > Half.
- [ ] anything else
  > Count.
"""


def read(text: str) -> Lesson:
    lesson, faults = lesson_of(text, SAMPLES)
    assert faults == ()
    assert lesson is not None
    return lesson


def faults_of(text: str) -> list[tuple[int, str]]:
    lesson, faults = lesson_of(text, SAMPLES)
    assert lesson is None
    return [(fault.line, fault.sentence) for fault in faults]


def test_a_lesson_is_what_its_text_says() -> None:
    lesson = read(WHOLE)
    assert (lesson.title, lesson.about, lesson.sample, lesson.file) == (
        "A lesson",
        "What it shows.",
        "noisy-curve",
        None,
    )
    assert lesson.set_up == Doing((("training.lam", 0.0), ("architecture.hidden", (16, 8))))
    assert lesson.hidden == ("penaltyBox",)
    first, second = lesson.steps
    assert (first.title, first.task, first.seen, first.line) == ("First", "Press **Run**.", "It moved.", 10)
    assert first.text == "Some *text*.\n\n```\n # no heading\n```"
    assert first.set_up == Doing((("data.standardize", False),), ("reset", "run"))
    assert first.for_me == Doing((("training.lam", 0.5),), ("run",))
    assert (first.shown, first.hidden) == (("dataFitPanel", "historyPanel"), ("speedSlider",))
    assert first.wait is not None
    assert first.wait.holds({"epoch": 10.0, "lam": 0.0})
    assert first.question is not None
    assert first.question.choices == (
        Choice("The right one, over two lines.", True, "Yes."),
        Choice("The wrong one", False, "No: not at all."),
    )
    assert second.question is not None
    right, half, other = second.question.numbers
    assert (right.tolerance, right.is_right, right.reply) == (1.0, True, "So many.")
    assert half.value is not None
    assert half.value.value({"lam": 3.0}) == 1.5
    assert (other.value, other.is_right) == (None, False)


def test_a_mark_of_unicode_at_the_beginning_is_no_fault() -> None:
    assert read("\ufeff" + WHOLE).title == "A lesson"


def changed(before: str, after: str) -> str:
    assert before in WHOLE
    return WHOLE.replace(before, after, 1)


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("", 1, "a lesson begins with a header: a line ---, lines 'key: value', a line ---."),
        (WHOLE.replace("---\n", "", 1), 1, "a lesson begins with a header"),
        ("\n---\ntitle: A lesson\nabout: B\n\n# One\n\nText.\n", 2,
         "the header that begins here does not end: a second line --- is missing."),
        (changed("title: A lesson\n", ""), 1, "the header has no 'title:'."),
        (changed("about:", "abuot:"), 3, "'abuot:' is no key here; did you mean 'about:'?"),
        (changed("about: What it shows.", "about:"), 3, "'about:' says nothing."),
        (changed("sample: noisy-curve", "sample: nosy"), 4, "there is no sample nosy; the samples are noisy-curve"),
        (changed("set: lam = 0\n", "file: x.csv\nset: lam = 0\n"), 5, "the header says both sample: and file:"),
        (changed("sample: noisy-curve", "file: ../x.csv"), 4, "'../x.csv' is no name of a file beside the lesson."),
        (changed("sample: noisy-curve", "file: x.csv"), 4, "of a file the target is said: set: data.target = COLUMN."),
        (changed("set: lam = 0", "set: lam = -1"), 5, "set: training.lam (λ) must be a number from 0 to 1e12"),
        (changed("set: lam = 0", "set: lam 0"), 5, "set: 'lam 0' has no '='; write PATH = VALUE"),
        (changed("set: lam = 0", "set: training.lamda = 0"), 5, "There is no setting training.lamda; did you mean tra"),
        (changed("set: lam = 0", "set: source.file = /etc/passwd"), 5, "source.file is not for lessons"),
        (changed("set: lam = 0", "set: hidden = 3"), 6, "set: architecture.hidden stands there twice."),
        (changed("hide: penaltyBox", "hide: penaltyBoks"), 7, "there is no 'penaltyBoks'; did you mean penaltyBox"),
        (changed("hide: penaltyBox", "no key"), 7, "'no key' is no 'key: value'."),
        (changed("# First\n", "stray\n# First\n"), 10, "a step begins with its title, '# …'"),
        (changed("show: dataFitPanel", "show: dataFit"), 12, "show: there is no 'dataFit'; did you mean dataFitPanel?"),
        (changed("do: reset, run", "do: fly"), 14,
         "do: there is no 'fly'; there are reset, run, pause, sweep, solve, use_best, use_1se."),
        (changed("task: Press **Run**.\n", ""), 16, "what is waited for is asked for first: there is no 'task:'."),
        (changed("wait: epoch >= 10 and lam = 0\n", ""), 16, "a task is done when something is so: there is no"),
        (changed("wait: epoch", "wait: epochs"), 17, "wait: there is no figure epochs; did you mean epoch?"),
        (changed("task: Press", "task: Go\ntask: Press"), 17, "'task:' stands there twice."),
        (changed("Some *text*", f"{'word ' * MOST_WORDS}more"), 10, f"words, and at most {MOST_WORDS} are read."),
        (changed("Some *text*", "Some ![x](y.png)"), 21, "a lesson holds no pictures: the window is the picture."),
        (changed("## What you saw", "## What you said"), 27, "'## What you said' is neither '## What you saw'"),
        (changed("## Question\n\nWhich?", "## What you saw\n\nWhich?"), 31, "'## What you saw' stands twice"),
        (changed("Which?\n", ""), 31, "the question is missing."),
        (changed("- [x] The", "- [ ] The"), 31, "no answer is right; mark those that are with '- [x]'."),
        (changed("- [ ] The", "- [x] The"), 31, "every answer is right; a question has a wrong one, '- [ ]'."),
        (changed("  > Yes.\n", ""), 35, "what is said to this answer is missing: a line '  > …' below it."),
        (changed("  > not at all.", "stray"), 40, "this line belongs to no answer"),
        (changed("The wrong one", "The right one, over two lines."), 38, "stands there twice."),
        (changed("Only text.", ""), 42, "the step 'Second' has neither a text nor a task."),
        (changed("answer: number", "answer: word"), 48, "'answer: word' is no key of a question"),
        (changed("n_weights ± 1", "weights ± 1"), 52, "answer: there is no figure weights; did you mean n_weights?"),
        (changed("± 1", "± x"), 52, "the tolerance 'x' is not a number."),
        (changed("± 1", "± -1"), 52, "the tolerance -1 is not a number of 0 or more."),
        (changed("- [ ] anything else", "- [ ] 7"), 56, "the last answer to a number is '- [ ] anything else'"),
        (changed("- [ ] anything else", "- [x] anything else"), 56, "'anything else' is wrong, and the last"),
        ("---\ntitle: a\nabout: b\n---\n" + "# s\n\ntext\n" * (MOST_STEPS + 1), 5 + 3 * MOST_STEPS, "are 41 steps"),
    ],
)  # fmt: skip
def test_a_fault_is_said_with_its_line(text: str, line: int, sentence: str) -> None:
    found = faults_of(text)
    assert any(one == line and sentence in said for one, said in found), found
    assert all(said.endswith((".", "?")) for _, said in found)


def test_all_faults_are_said_at_once_in_the_order_of_their_lines() -> None:
    found = faults_of("---\ntitle: x\nsample: y\n---\n# One\nwait: z > 1\ndo: fly\n\n## Question\n\n- [ ] a\n")
    lines = [line for line, _ in found]
    assert lines == sorted(lines)
    assert set(lines) == {1, 3, 5, 6, 7, 9, 11}


@pytest.mark.parametrize("name", ["x.csv", "My data (1).xlsx", "ä.csv"])
def test_a_name_beside(name: str) -> None:
    assert is_beside(name)


@pytest.mark.parametrize("name", ["../x", "/x", "a/b", "a\\b", "C:x", "..", ".", "", " x", "x\0", "http://x"])
def test_a_name_that_leads_elsewhere(name: str) -> None:
    assert not is_beside(name) or name == ""


def test_the_form_is_documented_with_every_figure_panel_and_control() -> None:
    form = (Path(regdesk.__file__).parents[1] / "resources" / "formats" / "lessons.md").read_text("utf-8")
    for name in (*NAMES, *PANELS, *HIDEABLE):
        assert f"`{name}`" in form
    example = form.split("```\n")[1]
    assert read(example).title == "Overfitting"
