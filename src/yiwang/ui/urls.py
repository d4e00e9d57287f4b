"""Addresses of what every page shares."""

from django.urls import path

from yiwang.ui import views

app_name = "ui"
urlpatterns = [
    path("language/", views.language, name="language"),
    path("elder/", views.elder, name="elder"),
    path("theme/", views.theme, name="theme"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("style/", views.style, name="style"),
]
