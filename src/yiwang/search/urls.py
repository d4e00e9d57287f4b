"""Addresses of the search."""

from django.urls import path

from yiwang.search.views import public

app_name = "search"
urlpatterns = [
    path("search/", public.search, name="search"),
    path("search/suggest/", public.suggest, name="suggest"),
]
