"""How far a reader has got: what counts as done, which answer is right, and what is shown of it."""

from __future__ import annotations

from regdesk.core.lessons.condition_parser import condition_of, number_expression
from regdesk.core.lessons.lesson import Choice, Doing, Lesson, NumberAnswer, Question, Step
from regdesk.core.lessons.progress import Progress, reply_to
from regdesk.core.lessons.view import lesson_view

CHOICES = Question("Which?", (Choice("a", True, "yes a"), Choice("b", False, "no b"), Choice("c", True, "yes c")))
NUMBERS = Question(
    "How many?",
    numbers=(
        NumberAnswer(number_expression("gap"), 0.1, True, "right"),
        NumberAnswer(number_expression("start.gap"), 0.0, False, "as it was"),
        NumberAnswer(None, 0.0, False, "look"),
    ),
)
LESSON = Lesson(
    "Title",
    "About.",
    (
        Step("One", "text", "do it", condition_of("lam > start.lam"), "seen", CHOICES, for_me=Doing((("lam", 1.0),))),
        Step("Two", "text"),
        Step("Three", "text", question=NUMBERS),
    ),
)


def test_a_task_is_done_by_what_happens_after_the_step_has_begun_and_stays_done() -> None:
    before = Progress.at(LESSON)
    assert before.noted({"lam": 5.0}) is before
    begun = before.begun({"lam": 1.0})
    assert not begun.now.is_done
    assert not begun.noted({"lam": 1.0}).now.is_done
    done = begun.noted({"lam": 2.0})
    assert done.now.is_done
    assert done.noted({"lam": 0.0}).now.is_done
    assert not done.is_complete(0)


def test_of_several_right_answers_each_has_to_be_found() -> None:
    now = Progress.at(LESSON).begun({"lam": 1.0}).noted({"lam": 2.0}).chosen(1)
    assert now.now.reply is not None
    assert (now.now.reply.text, now.now.reply.is_right) == ("no b", False)
    now = now.chosen(0)
    assert not now.now.is_answered
    now = now.chosen(2)
    assert now.now.is_answered
    assert now.is_complete(0)
    assert (now.now.found, now.now.tried) == ({0, 2}, {0, 1, 2})
    assert now.chosen(7) is now


def test_a_number_is_right_within_its_tolerance_of_what_is_so_now() -> None:
    figures = {"gap": 0.5, "start.gap": 2.0}
    assert reply_to(NUMBERS, 0.58, figures).text == "right"
    assert reply_to(NUMBERS, 0.61, figures).text == "look"
    assert reply_to(NUMBERS, 2.0, figures).text == "as it was"
    assert reply_to(NUMBERS, 0.5, {}).text == "look"
    assert reply_to(CHOICES, 0.5, figures) is None


def test_a_lesson_is_learnt_when_everything_was_seen_done_and_answered() -> None:
    now = Progress.at(LESSON).begun({"lam": 1.0}).noted({"lam": 2.0}).chosen(0).chosen(2)
    assert [now.is_complete(number) for number in range(3)] == [True, False, False]
    now = now.moved(1)
    assert now.is_complete(1)
    now = now.moved(1).begun({"gap": 0.2})
    now = now.entered(7.0, {"gap": 0.2})
    assert not now.is_learnt
    now = now.entered(0.25, {"gap": 0.2})
    assert now.is_learnt
    # A wrong answer afterwards takes nothing back.
    assert now.entered(7.0, {"gap": 0.2}).is_learnt
    assert now.moved(1).is_left


def test_back_waits_anew_and_keeps_what_was_done() -> None:
    now = Progress.at(LESSON).begun({"lam": 1.0}).noted({"lam": 2.0}).moved(1).moved(-1)
    assert (now.number, now.start, now.now.is_done, now.furthest) == (0, None, True, 1)
    assert now.moved(-1).number == 0


def test_what_is_shown_comes_in_its_order() -> None:
    begun = Progress.at(LESSON).begun({"lam": 1.0})
    view = lesson_view(begun, True, "")
    assert (view.number, view.n_steps, view.seen, view.question, view.onward) == (1, 3, "", None, "skip")
    assert view.has_help
    view = lesson_view(begun.noted({"lam": 2.0}).chosen(1), True, "")
    assert view.seen == "seen"
    assert view.question is not None
    assert (view.question.choices, view.question.n_right, view.question.tried) == (("a", "b", "c"), 2, {1})
    assert (view.onward, view.has_help) == ("skip", False)
    view = lesson_view(begun.noted({"lam": 2.0}).chosen(0).chosen(2), True, "")
    assert view.onward == "next"
    last = Progress.at(LESSON, 2).begun({"gap": 0.0}).entered(0.0, {"gap": 0.0})
    assert lesson_view(last, True, "").onward == "finish"
    assert lesson_view(last.moved(1), True, "", "Next one").next_title == "Next one"
