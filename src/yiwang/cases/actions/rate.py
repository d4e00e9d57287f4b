"""Rating a matter once (好差评); a bad one opens a task to make good, with a clock."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction

from yiwang.cases.calendar import work_calendar
from yiwang.cases.errors import NoSuchCase, OutOfOrder, ReasonsMissing
from yiwang.cases.models import Case, Rating, Task
from yiwang.cases.states import ENDED, State, Verb
from yiwang.cases.tasks import finish, locked_case, staff_task
from yiwang.cases.words import tell_applicant, told
from yiwang.identity.actors import staff_actor
from yiwang.identity.models import Staff
from yiwang.kernel import moment
from yiwang.kernel.errors import BadInput, Refusal
from yiwang.kernel.words import Text
from yiwang.ledger.actions import Actor, record
from yiwang.pack.queries import current

BAD = 2  # stars up to which a rating is a bad one
REWORK_DAYS = 5  # working days to make good
RATED = Text(
    zh="这件事您已经评价过了，每件事只能评一次。", en="You have rated this already; once is enough."
)
STARS = Text(zh="请选择1到5星。", en="Choose one to five stars.")


@transaction.atomic
def rate(case_id: UUID, *, person: UUID, stars: int, words: str, by: Actor) -> Rating:
    """Rate one item that has ended. Raises Refusal where it was rated before."""
    case = locked_case(case_id)
    if not case.is_of(person):
        raise NoSuchCase()
    if State(case.state) not in ENDED:
        raise OutOfOrder(case)
    if not 1 <= stars <= 5:
        raise BadInput("stars", STARS)
    try:
        with transaction.atomic():
            rating = Rating.objects.create(case=case, stars=stars, words=words.strip())
    except IntegrityError:
        raise Refusal(RATED) from None
    if stars <= BAD and case.department:
        due = work_calendar(current()).after(moment.today(), REWORK_DAYS, "working")
        Task.objects.create(
            case=case, verb=Verb.REWORK, department=case.department, due_on=due, note=words.strip()
        )
    record(
        "case.rated", by=by, about=[person], case=case.id, root=case.root_id,
        body={"stars": stars, "words": words},
    )  # fmt: skip
    return rating


@transaction.atomic
def finish_rework(case_id: UUID, *, words: str, staff: Staff) -> Case:
    """Tell the person what was done about their bad rating; the task ends."""
    case, by = locked_case(case_id), staff_actor(staff)
    task = staff_task(case, staff, "cases.rework", Verb.REWORK)
    if not words.strip():
        raise ReasonsMissing()
    finish(task, by, words)
    about = case.applies
    record(
        "case.made_good", by=by, about=about, case=case.id, root=case.root_id, body={"words": words}
    )
    safe = words.replace("{", "{{").replace("}", "}}")
    tell_applicant(
        case,
        told("关于您的评价：{title}", "About your rating: {title}"),
        told(
            "您对「{title}」的评价，我们答复如下：" + safe, "On your rating of “{title}”: " + safe
        ),
    )
    return case
