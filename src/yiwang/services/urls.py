"""Addresses of guides, of drafts, and of a person's matters."""

from django.urls import path

from yiwang.services.views import (
    confirming,
    drafts,
    handling,
    matters,
    papers,
    projects,
    public,
    sending,
    starting,
)

app_name = "services"
urlpatterns = [
    path("things/<slug:id>/", public.bundle, name="bundle"),
    path("my/start/things/<slug:id>/", starting.start_bundle, name="start_bundle"),
    path("services/<slug:id>/", public.service, name="service"),
    path("my/start/services/<slug:id>/", starting.start_service, name="start_service"),
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
    path("projects/<slug:id>/", projects.course, name="course"),
    path("my/projects/", projects.mine, name="projects"),
    path("my/projects/<str:reference>/", projects.project, name="project"),
    path("my/projects/<str:reference>/stages/<int:place>/", projects.stage, name="project_stage"),
    path("my/projects/<str:reference>/items/<slug:what>/", projects.item, name="project_item"),
    path("my/projects/<str:reference>/withdraw/", projects.withdraw, name="project_withdraw"),
    path("my/projects/<str:reference>/take-up/", projects.take_up, name="project_take_up"),
    path("desk/projects/<str:reference>/", projects.at_desk, name="desk_project"),
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
    path("my/confirm/<str:number>/code/", confirming.code, name="confirm_code"),
]
