"""Addresses of the inbox."""

from django.urls import path

from yiwang.notices.views import my

app_name = "notices"
urlpatterns = [
    path("my/inbox/", my.inbox, name="inbox"),
    path("my/inbox/read/", my.read_all, name="read_all"),
    path("my/inbox/<uuid:id>/", my.message, name="message"),
]
