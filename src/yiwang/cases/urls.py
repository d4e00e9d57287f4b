"""Addresses of the desk."""

from django.urls import path

from yiwang.cases.views import desk, erasure, extension, review, task

app_name = "cases"
urlpatterns = [
    path("desk/", desk.home, name="desk"),
    path("desk/departments/", desk.departments, name="departments"),
    path("desk/me/", desk.me, name="desk_me"),
    path("desk/find/", desk.find, name="find"),
    path("desk/cases/<str:number>/", desk.case, name="desk_case"),
    path("desk/cases/<str:number>/extend/", extension.extend, name="extend"),
    path("desk/cases/<str:number>/erase/", erasure.ask, name="erase"),
    path("desk/erasures/", erasure.asked, name="erasures"),
    path("desk/erasures/<uuid:id>/confirm/", erasure.confirm, name="confirm_erasure"),
    path("desk/erasures/<uuid:id>/refuse/", erasure.refuse, name="refuse_erasure"),
    path("desk/tasks/<uuid:id>/", task.page, name="task"),
    path("desk/tasks/<uuid:id>/finished/", task.finished, name="finished"),
    path("desk/tasks/<uuid:id>/claim/", task.claim_it, name="claim"),
    path("desk/tasks/<uuid:id>/put-back/", task.put_it_back, name="put_back"),
    path("desk/tasks/<uuid:id>/hand-over/", task.hand_it_over, name="hand_over"),
    path("desk/tasks/<uuid:id>/accept/", task.accept_it, name="accept"),
    path("desk/tasks/<uuid:id>/not-accept/", task.not_accept, name="not_accept"),
    path("desk/tasks/<uuid:id>/ask/", task.ask, name="ask"),
    path("desk/tasks/<uuid:id>/grant/", task.grant, name="grant"),
    path("desk/tasks/<uuid:id>/refuse/", task.refuse, name="refuse"),
    path("desk/tasks/<uuid:id>/verify/", task.verify_it, name="verify"),
    path("desk/tasks/<uuid:id>/convene/", review.convene_it, name="convene"),
    path("desk/tasks/<uuid:id>/opine/", review.opine_it, name="opine"),
    path("desk/tasks/<uuid:id>/conclude/", review.conclude_it, name="conclude"),
    path("desk/tasks/<uuid:id>/make-good/", task.make_good, name="make_good"),
]
