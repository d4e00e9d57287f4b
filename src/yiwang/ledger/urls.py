"""Addresses of the published log."""

from django.urls import path

from yiwang.ledger.views import acts, public

app_name = "ledger"
urlpatterns = [
    path("ledger/", public.ledger, name="ledger"),
    path("ledger/checkpoint", public.checkpoint, name="checkpoint"),
    path("ledger/keys", public.keys, name="keys"),
    path("ledger/succession", public.succession, name="succession"),
    path("ledger/acts/<uuid:id>/", acts.act, name="act"),
    path("ledger/acts/<uuid:id>/act.tlog-proof", acts.act_proof, name="act_proof"),
    path("my/acts/<uuid:id>/", acts.my_act, name="my_act"),
    path("my/acts/<uuid:id>/act.tlog-proof", acts.my_act_proof, name="my_act_proof"),
    path("ledger/tile/<path:rest>", public.tile, name="tile"),
]
