"""Addresses of guides, of drafts, and of a person's matters."""

from django.urls import path

from yiwang.services.views import confirming, drafts, handling, matters, papers, public, sending

app_name = "services"
urlpatterns = [
    path("things/<slug:id>/", public.bundle, name="bundle"),
    path("my/start/things/<slug:id>/", public.start_bundle, name="start_bundle"),
    path("services/<slug:id>/", public.service, name="service"),
    path("my/start/services/<slug:id>/", public.start_service, name="start_service"),
    path("my/drafts/<str:number>/", drafts.draft, name="draft"),
    path("my/drafts/<str:number>/waiting/", drafts.waiting, name="waiting"),
    path("my/drafts/<str:number>/change/<str:ask>/", drafts.change, name="change"),
    path("my/drafts/<str:number>/contest/<str:ask>/", drafts.contest, name="contest"),
    path("my/drafts/<str:number>/discard/", drafts.discard, name="discard"),
    path("my/drafts/<str:number>/papers/", papers.papers, name="papers"),
    path("my/drafts/<str:number>/papers/<uuid:document>/", papers.take_back, name="take_back"),
    path("my/drafts/<str:number>/check/", sending.check, name="check"),
    path("my/drafts/<str:number>/code/", sending.code, name="code"),
    path("my/drafts/<str:number>/send/", sending.send, name="send"),
    path("my/matters/", matters.matters, name="matters"),
    path("my/matters/<str:number>/", matters.matter, name="matter"),
    path("my/matters/<str:number>/sent/", sending.sent, name="sent"),
    path("my/matters/<str:number>/parts/", sending.parts, name="parts"),
    path("my/matters/<str:number>/give/<str:case>/", handling.give, name="give"),
    path("my/matters/<str:number>/mend/<str:case>/", handling.mend, name="mend"),
    path("my/matters/<str:number>/withdraw/", handling.withdraw, name="withdraw"),
    path("my/matters/<str:number>/withdraw/<str:case>/", handling.withdraw, name="withdraw_item"),
    path("my/matters/<str:number>/rate/", handling.rate, name="rate"),
    path("my/confirm/<str:number>/", confirming.confirm, name="confirm"),
]
