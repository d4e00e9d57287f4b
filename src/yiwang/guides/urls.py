"""Addresses of guides, of browsing, and of the lists."""

from django.urls import path

from yiwang.guides.views import exports, public

app_name = "guides"
urlpatterns = [
    path("browse/", public.browse, name="browse"),
    path("items/<slug:id>/", public.item, name="item"),
    path("powers/", public.powers, name="powers"),
    path("powers/<slug:office>/", public.powers_of, name="powers_of"),
    path("powers.csv", exports.powers_csv, name="powers_csv"),
    path("powers.json", exports.powers_json, name="powers_json"),
    path("obstacles/", public.obstacles, name="obstacles"),
    path("obstacles.csv", exports.obstacles_csv, name="obstacles_csv"),
    path("obstacles.json", exports.obstacles_json, name="obstacles_json"),
]
