"""Addresses of what was read about me."""

from django.urls import path

from yiwang.registers.views import my

app_name = "registers"
urlpatterns = [
    path("my/data/", my.my_data, name="my_data"),
    path("my/data.csv", my.my_data_csv, name="my_data_csv"),
]
