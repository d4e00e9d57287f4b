"""Addresses of effect."""

from django.urls import path

from yiwang.evaluation.views import public

app_name = "evaluation"
urlpatterns = [
    path("effect/", public.effect, name="effect"),
    path("effect.csv", public.table, name="table"),
    path("effect/things/<slug:id>/", public.bundle, name="bundle"),
    path("effect/services/<slug:id>/", public.service, name="service"),
]
