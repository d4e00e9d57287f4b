"""Addresses of the catalogue of registers, and of what was read about me."""

from django.urls import path

from yiwang.registers.views import my, public

app_name = "registers"
urlpatterns = [
    path("registers/", public.registers, name="registers"),
    path("registers/<slug:id>/", public.register, name="register"),
    path("my/data/", my.my_data, name="my_data"),
    path("my/data/bulk/", my.my_bulk, name="my_bulk"),
    path("my/data/bulk/<uuid:id>/proof", my.bulk_proof, name="bulk_proof"),
    path("my/data.csv", my.my_data_csv, name="my_data_csv"),
]
