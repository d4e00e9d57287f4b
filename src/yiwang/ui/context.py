"""What every template may use."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from yiwang.ui.city import city
from yiwang.ui.places import bar, links, name_of
from yiwang.ui.preferences import preferred_theme, prefers_elder


def page(request: HttpRequest) -> dict[str, Any]:
    """`city`, `elder`, `theme`, `who`, `links`, and the bars `public_bar`, `my_bar`, `desk_bar`.

    All but the preferences are worked out only where a template asks for them.
    """
    return {
        "city": SimpleLazyObject(city),
        "elder": prefers_elder(request),
        "theme": preferred_theme(request),
        "who": SimpleLazyObject(lambda: name_of(request)),
        "links": SimpleLazyObject(lambda: links(request)),
        "public_bar": SimpleLazyObject(lambda: bar("public", request)),
        "my_bar": SimpleLazyObject(lambda: bar("my", request)),
        "desk_bar": SimpleLazyObject(lambda: bar("desk", request)),
        "operate_bar": SimpleLazyObject(lambda: bar("operate", request)),
    }
