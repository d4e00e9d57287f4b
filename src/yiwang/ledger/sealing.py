"""What operators do to a log: new keys, keys that end, a log that follows another."""

from __future__ import annotations

from django.db import transaction

from yiwang.kernel import moment
from yiwang.kernel.errors import Refusal
from yiwang.kernel.words import Text
from yiwang.ledger import log_keys
from yiwang.ledger.actions import Actor, Change, record
from yiwang.ledger.models import Log, LogKey
from yiwang.ledger.note import Checkpoint as Signed
from yiwang.ledger.note import Verifier, signed
from yiwang.ledger.sealer import begin, open_log, published_path, tree

NO_LOG = Text(
    zh="还没有日志：先有一件事被记录并封存。",
    en="There is no log yet: one begins as soon as the first act is sealed.",
)
LAST_KEY = Text(
    zh="这是唯一还在签名的密钥。请先新建一把，等大家知道了新密钥再停用它。",
    en="This is the only key that still signs. Make another first, and retire this one when the "
    "new one is known.",
)
NO_KEY = Text(zh="没有这把密钥：{id}。", en="There is no such key: {id}.")
NOTHING_LOST = Text(
    zh="现在的日志接得上已公布的检查点，不需要另起一个。",
    en="The open log continues what was published; it needs no successor.",
)


@transaction.atomic
def rotate_key(*, by: Actor) -> Verifier:
    """Make a further key; from the next checkpoint on it signs beside the present ones."""
    log = _open()
    key = log_keys.make(log)
    made = Verifier(log.origin, bytes(key.public))
    record("ledger.key_made", by=by, changes=[_change(key, after=str(made))])
    return made


@transaction.atomic
def retire_key(id: str, *, by: Actor) -> Verifier:
    """Let a key sign no more. `id` is the eight digits of its verifier key; what it signed stays
    true. Refusal for the last one, or an unknown one."""
    log = _open()
    standing = list(log.keys.filter(retired_at=None).select_for_update().order_by("made_at"))
    verifiers = {Verifier(log.origin, bytes(key.public)).id.hex(): key for key in standing}
    if id not in verifiers:
        raise Refusal(NO_KEY.filled(id=id))
    if len(standing) == 1:
        raise Refusal(LAST_KEY)
    key = verifiers[id]
    key.retired_at = moment.real_now()
    key.save(update_fields=["retired_at"])
    retired = Verifier(log.origin, bytes(key.public))
    record("ledger.key_retired", by=by, changes=[_change(key, before=str(retired))])
    return retired


@transaction.atomic
def succeed(*, reason: str, by: Actor) -> Log:
    """End a log whose database fell behind what was published, and begin the next: its first act
    tells why, and a note signed with the keys of both says where the old one ended here."""
    old = _open()
    note = published_path().read_text() if published_path().exists() else ""
    if _continues(old, note):
        raise Refusal(NOTHING_LOST)
    old.ended_at = moment.real_now()
    old.save(update_fields=["ended_at"])
    head = old.head
    told = (
        f"yiwang succession\n{Signed(old.origin, head.size, bytes(head.root)).text}"
        f"{_next(old.origin)}\n{' '.join(reason.split())}\n"
    )
    new = begin(origin=_next(old.origin))
    both = [*log_keys.signers(old), *log_keys.signers(new)]
    new.succession = signed(told, both) + ("\n" + note if note else "")
    new.save(update_fields=["succession"])
    record("ledger.succeeded", by=by, body={"reason": reason, "old": old.origin})
    return new


def _continues(log: Log, note: str) -> bool:
    lines = note.split("\n")
    if not note:
        return True
    if lines[0] != log.origin or len(lines) < 3 or not lines[1].isdigit():
        return False
    size = int(lines[1])
    return size <= log.head.size and Signed(log.origin, size, tree(log, size).root).text in note


def _next(origin: str) -> str:
    """`example.org/ledger` is followed by `example.org/ledger.2`."""
    name, dot, number = origin.rpartition(".")
    if dot and number.isdigit():
        return f"{name}.{int(number) + 1}"
    return f"{origin}.2"


def _open() -> Log:
    log = open_log()
    if log is None:
        raise Refusal(NO_LOG)
    return log


def _change(key: LogKey, *, before: str | None = None, after: str | None = None) -> Change:
    return Change.of("ledger_logkey", key.id, before=before, after=after)
