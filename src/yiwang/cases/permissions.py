"""What this room lets staff do, by name."""

from __future__ import annotations

from yiwang.identity.permission_names import PERMISSIONS, permission
from yiwang.kernel.words import Text

for name, zh, en in (
    ("worklist.view", "查看待办", "see the worklist"),
    ("cases.claim", "领取任务", "claim tasks"),
    ("cases.accept", "受理", "accept applications"),
    ("cases.ask_more", "要求补正", "ask applicants for more"),
    ("cases.decide", "审批决定", "decide"),
    ("cases.extend", "延长办理时限", "extend a time limit"),
    ("cases.convene", "召集联合评审", "convene joint reviews"),
    ("cases.opine", "出具评审意见", "give opinions for joint reviews"),
    ("cases.hand_over", "转交任务", "hand tasks over"),
    ("cases.rework", "差评整改", "make good after a bad rating"),
    ("cases.ask_erasure", "申请删除办结内容", "ask that a finished matter be erased"),
):
    PERMISSIONS.add(name, Text(zh=zh, en=en))
permission(
    "cases.confirm_erasure", zh="核准删除办结内容", en="confirm that a matter be erased",
    city_wide=True,
)  # fmt: skip
