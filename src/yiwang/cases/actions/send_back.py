"""A matter in which nothing has begun goes back to its applicant, with all they gave."""

from __future__ import annotations

from yiwang.cases.consents import Said, addressed
from yiwang.cases.errors import must_move
from yiwang.cases.models import Case, Consent, Review
from yiwang.cases.states import State
from yiwang.cases.tasks import cancel_all
from yiwang.cases.words import safe, tell_applicant, tell_person, told
from yiwang.kernel.words import Text
from yiwang.ledger.actions import Actor, record


def send_back(root: Case, *, name: str, why: Text, words: str, by: Actor) -> None:
    """Make a locked root a draft again; in the caller's transaction. `name` is whose answer it
    was, `why` says so to the applicant (`{name}`, `{words}`).

    The items' cases go: nobody had begun on them, and sending makes them anew. Who was asked and
    has not answered need not any more; who agreed is asked again only if the text changes.
    """
    must_move(root, State.DRAFT)
    numbers = [case.number for case in root.children.all()]
    asked = list(Consent.objects.filter(root=root, said=Said.ASKED))
    Consent.objects.filter(root=root, said=Said.ASKED).update(said=Said.DROPPED)
    cancel_all(root)
    root.children.all().delete()
    root.clocks.all().delete()
    Review.objects.filter(root=root).delete()
    root.state, root.key, root.waits_for = State.DRAFT, None, []
    root.save(update_fields=["state", "key", "waits_for"])
    record(
        "case.sent_back", by=by, about=root.applies, case=root.id,
        body={"words": words, "items": numbers},
    )  # fmt: skip
    said = f"：“{words}”" if words else "。", f": “{words}”" if words else "."
    tell_applicant(
        root,
        told("请修改后再提交：{title}", "Please look at it again: {title}"),
        why.filled(
            title="{title}", number="{number}", name=safe(name),
            words=Text(zh=safe(said[0]), en=safe(said[1])),
        ),
        urgent=True,
        link=f"/my/drafts/{root.number}/check/",
    )  # fmt: skip
    for consent in asked:
        consent.root = root
        for person in addressed(consent):
            tell_person(
                person, root, told("暂不用确认：{title}", "No answer needed now: {title}"),
                told(
                    "「{title}」（{number}）退回申请人修改，您暂时不用确认。改好重新提交后会再请您看。",
                    "“{title}” ({number}) went back to whoever applied. You need not answer now; "
                    "once it is sent again you are asked anew.",
                ),
                link="/my/",
            )  # fmt: skip
