"""What this room lets staff do, by name."""

from __future__ import annotations

from yiwang.identity.permission_names import permission

permission("concerns.answer", zh="答复市民对数据的疑问", en="answer people's questions about data")
permission("concerns.oversee", zh="督办超期未答复的疑问", en="see to questions answered too late")
permission("access.request", zh="申请查询其他部门的登记库", en="ask for access to registers")
permission("access.decide", zh="审核数据共享申请", en="decide requests for access to registers")
