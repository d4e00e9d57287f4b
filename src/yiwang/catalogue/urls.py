"""Addresses of the catalogue's pages for the bureau."""

from django.urls import path

from yiwang.catalogue.views import desk

app_name = "catalogue"
urlpatterns = [
    path("desk/quality/", desk.quality, name="quality"),
    path("desk/quality.csv", desk.quality_table, name="quality_table"),
    path("desk/quality/<slug:office>/", desk.quality_of, name="quality_of"),
]
