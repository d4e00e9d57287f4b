"""Addresses of documents."""

from django.urls import path

from yiwang.files.views import document

app_name = "files"
urlpatterns = [
    path("my/files/<uuid:id>/", document.my, name="my"),
    path("desk/files/<uuid:id>/", document.at_desk, name="at_desk"),
]
