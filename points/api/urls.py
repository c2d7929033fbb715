"""API."""

urlpatterns: list = []
