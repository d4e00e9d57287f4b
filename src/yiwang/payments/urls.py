"""Addresses of payments: the payer's pages, the sandbox's page, what gateways call."""

from django.urls import path

from yiwang.payments.views import api, my, public

app_name = "payments"
urlpatterns = [
    path("my/payments/", my.payments, name="payments"),
    path("my/payments/<str:number>/", my.payment, name="payment"),
    path("my/payments/<str:number>/receipt/", my.receipt, name="receipt"),
    path("sandbox/pay/<uuid:order>/", public.sandbox, name="sandbox"),
    path("api/payments/<slug:name>/", api.notified, name="notified"),
]
