"""Addresses of questions about data, and of access to it."""

from django.urls import path

from yiwang.stewardship.views import access, desk, my

app_name = "stewardship"
urlpatterns = [
    path("my/data/<uuid:act>/question/", my.ask, name="ask"),
    path("my/questions/<uuid:id>/", my.concern, name="concern"),
    path("desk/questions/", desk.concerns, name="concerns"),
    path("desk/questions/<uuid:id>/", desk.concern, name="desk_concern"),
    path("desk/access/", access.access, name="access"),
    path("desk/access/new/", access.ask, name="ask_access"),
    path("desk/access/all/", access.supervise, name="supervise_access"),
    path("desk/access/<uuid:id>/", access.access_request, name="access_request"),
    path("desk/access/grants/<uuid:id>/", access.grant, name="grant"),
]
