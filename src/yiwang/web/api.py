"""The JSON interface under `/api/v1/`, described by `/api/v1/openapi.json`.

Every path carries the audience of its view, as pages do; errors look the same everywhere:
`{"error": {"kind", "message", …}}`. There is no page of documentation that would load anything
from outside: `docs/reference/api.md` and the OpenAPI document are the documentation.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.operation import Operation

from yiwang.kernel.errors import YiwangError
from yiwang.kernel.words import Text
from yiwang.search.shapes import FoundShape
from yiwang.search.views import api as search_api
from yiwang.services.shapes import PlanShape
from yiwang.services.views import api as services_api
from yiwang.services.views import items as items_api
from yiwang.ui.audiences import audience_of, machine
from yiwang.ui.errors import told

VERSION = "1"
PREFIX = "/api/v1/"
WRONG_VALUE = Text(
    zh="参数“{field}”的值不对。请对照接口说明（openapi.json）改正后再发。",
    en="The value of “{field}” is not allowed. Correct it by openapi.json and send it again.",
)


class _Api(NinjaAPI):
    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The view's own name: it stays when a module moves."""
        return operation.view_func.__name__

    def get_root_path(self, path_params: dict[str, Any]) -> str:
        """Where the interface lies."""
        return PREFIX


api = _Api(
    title="Yiwang",
    version=VERSION,
    description="What the city offers, and what is a signed-in person's own.",
    docs_url=None,
    urls_namespace="api",
)
_ROUTERS = (services_api.router, items_api.router, search_api.router)
for _router in _ROUTERS:
    api.add_router("", _router)


@api.exception_handler(YiwangError)
def _refused(request: HttpRequest, error: YiwangError) -> HttpResponse:
    return told(request, error)


@api.exception_handler(ValidationError)
def _wrong(request: HttpRequest, error: ValidationError) -> HttpResponse:
    field = str(error.errors[0]["loc"][-1]) if error.errors else ""
    said = {"kind": "bad_input", "message": str(WRONG_VALUE.filled(field=field)), "field": field}
    return JsonResponse({"error": said}, status=422)


def addresses() -> list[URLPattern]:
    """The patterns of the interface, each tagged with the audience its view names."""
    return list(_tagged(api.urls[0]))


def _tagged(patterns: list[URLPattern]) -> Iterator[URLPattern]:
    views = _views()
    for pattern in patterns:
        if pattern.name == "openapi-json":
            machine(None)(pattern.callback)
        elif pattern.name not in views:
            continue  # ninja's own root page: it has nothing to say here
        else:
            pattern.callback.audience = audience_of(views[pattern.name])  # type: ignore[attr-defined]
        yield pattern


def _views() -> dict[str, Callable[..., Any]]:
    return {
        one.view_func.__name__: one.view_func
        for router in _ROUTERS
        for path in router.path_operations.values()
        for one in path.operations
    }


def reference() -> dict[str, str]:
    """The published files below docs/reference/schemas: OpenAPI, a plan, what is found."""
    document = api.get_openapi_schema()
    plan = PlanShape.model_json_schema(by_alias=True, mode="serialization")
    found = FoundShape.model_json_schema(by_alias=True, mode="serialization")
    return {
        "api.json": _as_text(document),
        "plan.json": _as_text(plan),
        "search.json": _as_text(found),
    }


def _as_text(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1, default=str) + "\n"
