"""API."""

from .auth_urls import urlpatterns as auth_urlpatterns

urlpatterns: list = [*auth_urlpatterns]
