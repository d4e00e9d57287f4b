"""What services and bundles must satisfy beyond their shape."""

from __future__ import annotations

from yiwang.kernel.words import Text
from yiwang.pack.declaration import KINDS, Kind
from yiwang.services.declarations import Bundle, Service

KINDS.add("service", Kind("service", "services", Service, Text(zh="服务事项", en="service")))
KINDS.add("bundle", Kind("bundle", "bundles", Bundle, Text(zh="一件事", en="bundle")))
