"""Addresses of questions about data."""

from django.urls import path

from yiwang.stewardship.views import desk, my

app_name = "stewardship"
urlpatterns = [
    path("my/data/<uuid:act>/question/", my.ask, name="ask"),
    path("my/questions/<uuid:id>/", my.concern, name="concern"),
    path("desk/questions/", desk.concerns, name="concerns"),
    path("desk/questions/<uuid:id>/", desk.concern, name="desk_concern"),
]
