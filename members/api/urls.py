"""API."""

from django.urls import path

from . import branch, me, messages
from .auth_urls import urlpatterns as auth_urlpatterns

urlpatterns = [
    *auth_urlpatterns,
    path("me/", me.MeView.as_view(), name="me"),
    path("branch/members/", branch.BranchMembersView.as_view(), name="branch-members"),
    path("messages/", messages.MessagesView.as_view(), name="messages"),
    path("messages/<uuid:uuid>/read/", messages.ReadView.as_view(), name="message-read"),
]
