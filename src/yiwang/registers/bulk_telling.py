"""Bulk reads in which somebody stands, in words for that person."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from yiwang.identity.models import Organisation, Person
from yiwang.kernel.words import Text
from yiwang.pack.pack import Pack
from yiwang.registers.bulk import reads_of
from yiwang.registers.followers import purpose_in_words
from yiwang.registers.models import BulkRead
from yiwang.registers.telling import joined
from yiwang.registers.uses import department_title, field_title, register_title
from yiwang.ui.formats import clock
from yiwang.ui.parts import PageOf, Row

ON_A_PAGE = 5


def number_of(whose: Person | Organisation) -> str | None:
    """The number registers know somebody by; None where none was given yet."""
    return whose.id_number if isinstance(whose, Person) else whose.credit_code


def bulk_of(whose: Person | Organisation, pack: Pack, *, page: object = 1) -> dict[str, Any]:
    """What a page tells of bulk reads: some of them, how many there are, the pages."""
    found = Paginator(reads_of(number_of(whose)), ON_A_PAGE).get_page(page)
    query = f"?for={whose.id}&"
    shown = BulkRead.objects.filter(id__in=list(found.object_list)).order_by("-at", "-id")
    return {
        "bulk": [(_title(one, pack), _rows(one, whose, pack)) for one in shown],
        "bulk_count": found.paginator.count,
        "bulk_page": PageOf(found.number, found.paginator.num_pages, query),
    }


def _title(read: BulkRead, pack: Pack) -> str:
    return gettext("%(register)s, read in bulk by %(department)s") % {
        "register": register_title(pack, read.register),
        "department": department_title(pack, read.department),
    }


def _rows(read: BulkRead, whose: Person | Organisation, pack: Pack) -> list[Row]:
    people = ngettext("%(count)s person", "%(count)s people", read.people)
    query = f"?for={whose.id}"
    fields = [field_title(pack, read.register, one) for one in read.columns]
    return [
        Row(gettext("When"), clock(read.at)),
        Row(gettext("What for"), purpose_in_words(read.purpose)),
        Row(gettext("Which of your data"), joined(fields)),
        Row(gettext("On which law"), Text(**read.basis)),
        Row(gettext("Together with"), people % {"count": read.people}),
        Row(
            gettext("Proof"), gettext("that you were among them"),
            url=reverse("registers:bulk_proof", args=[read.id]) + query,
        ),
        Row(
            gettext("Record"), gettext("that this was recorded"),
            url=reverse("ledger:act", args=[read.act]),
        ),
    ]  # fmt: skip
