"""Addresses of signing in and of the signed-in person's own account."""

from django.urls import path

from yiwang.identity.views import my, public

app_name = "identity"
urlpatterns = [
    path("sign-in/", public.sign_in, name="sign_in"),
    path("sign-in/continue/", public.resume, name="resume"),
    path("sign-out/", public.sign_out, name="sign_out"),
    path("demo/", public.demo, name="demo"),
    path("my/me/", my.me, name="me"),
]
