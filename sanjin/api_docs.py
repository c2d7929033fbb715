"""The API's own document, for staff: it names every address, so it opens to admins only (api.md)."""

from typing import Any

from django.contrib import auth
from django.http import Http404, HttpRequest, HttpResponseBase
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.authentication import BaseAuthentication
from rest_framework.permissions import BasePermission
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import sessions
from accounts.middleware import expired
from accounts.models import Account
from members.authentication import MemberTokenAuthentication
from sanjin.common.pages import AdminPage


class AdminSession(BaseAuthentication):
    """The back office's session, as its pages take it; `AdminSessionMiddleware` leaves the API's addresses alone."""

    def authenticate(self, request: Request) -> tuple[Account, None] | None:
        page: HttpRequest = request._request
        if not page.user.is_authenticated or sessions.is_over(page):
            return None
        return page.user, None

    def authenticate_header(self, request: Request) -> str:
        return "Session"


class IsAdmin(BasePermission):
    """An admin. 404 for a member, 401 for anybody else."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        if request.user is None:
            return False
        if not request.user.is_admin:
            raise Http404
        return True


class JsonProblems(APIView):
    """A problem is JSON, also where a page or YAML was asked for, or a form that there isn't."""

    http_method_names = ["get", "head"]  # a page has no template for what OPTIONS answers

    def handle_exception(self, error: Exception) -> Response:
        self.request.accepted_renderer = JSONRenderer()
        self.request.accepted_media_type = JSONRenderer.media_type
        return super().handle_exception(error)


class SchemaView(JsonProblems, SpectacularAPIView):
    """The OpenAPI document. Problems: `not_authenticated` (401); `not_found` (404) for members."""

    authentication_classes = [AdminSession, MemberTokenAuthentication]
    permission_classes = [IsAdmin]


class DocsPage(AdminPage, JsonProblems, SpectacularSwaggerSplitView):
    """Its pages. Split: its script is a file of its own, as the content security policy wants. Whoever is not logged in goes
    to the login page and comes back."""

    authentication_classes = [AdminSession]
    permission_classes = [IsAdmin]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and sessions.is_over(request):
            auth.logout(request)
            return expired(request)
        return super().dispatch(request, *args, **kwargs)
