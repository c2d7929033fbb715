"""Addresses of logging in, passwords, devices and consents."""

from django.urls import path

from . import auth

urlpatterns = [
    path("auth/login/", auth.LoginView.as_view(), name="auth-login"),
    path("auth/logout/", auth.LogoutView.as_view(), name="auth-logout"),
    path("auth/devices/", auth.DevicesView.as_view(), name="auth-devices"),
    path("auth/devices/<uuid:uuid>/", auth.DeviceView.as_view(), name="auth-device"),
    path("auth/password/forgot/", auth.ForgotView.as_view(), name="auth-forgot"),
    path("auth/password/reset/", auth.ResetView.as_view(), name="auth-reset"),
    path("auth/password/rules/", auth.PasswordRulesView.as_view(), name="auth-password-rules"),
    path("consents/", auth.ConsentsView.as_view(), name="consents"),
]
