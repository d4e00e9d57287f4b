from yiwang.services.tests.family import *
from yiwang.services.tests.conftest import *
from yiwang.services.actions.draft import start
from yiwang.services.actions.instant import decide_instantly
from yiwang.services.tests.family import actor, reply, settle, sign_and_send
from yiwang.registers.models import Reading
from yiwang.licences.models import Licence
from yiwang.ledger.models import Act
from collections import Counter
def test_x(city):
    f=settle(city)
    root = start("bundle", "newborn", "mother", person=f.mother, by=actor(f.mother))
    reply(root, f.mother); root = sign_and_send(root, f.mother); decide_instantly(root.id)
    for r in Reading.objects.order_by("asked_at"): print(r.register,r.state,list(r.by),sorted(r.columns),sorted(r.granted), r.error)
    for l in Licence.objects.all(): print(l.kind,l.number,l.fields, l.case is not None)
    print(Counter(Act.objects.values_list("what",flat=True)))
