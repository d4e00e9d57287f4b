"""What this room lets staff do, by name."""

from __future__ import annotations

from yiwang.identity.permission_names import permission

permission("registers.read", zh="为办件查询登记库", en="read registers for a case")
