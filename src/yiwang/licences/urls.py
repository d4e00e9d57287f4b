"""Addresses of the wallet."""

from django.urls import path

from yiwang.licences.views import my

app_name = "licences"
urlpatterns = [
    path("my/wallet/", my.my_wallet, name="wallet"),
    path("my/wallet/<uuid:id>/", my.my_licence, name="licence"),
]
