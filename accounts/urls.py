"""Pages."""

from django.urls import path
from django.views.generic import RedirectView

from accounts.views import activation, admins, audit, login, password
from sanjin.common.exports import ExportPage

app_name = "accounts"
# F18: where bookmarks of earlier systems point.
OLD_PATHS = (
    "login",
    "login.html",
    "index.html",
    "index.jsp",
    "login.jsp",
    "admin/",
    "admin/login/",
    "user/login",
)

urlpatterns = [
    path("login/", login.LoginView.as_view(), name="login"),
    path("login/captcha/", login.CaptchaView.as_view(), name="captcha"),
    path("logout/", login.LogoutView.as_view(), name="logout"),
    path("activate/", activation.ActivateView.as_view(), name="activate"),
    path("password/", password.PasswordView.as_view(), name="password"),
    path("settings/", audit.SettingsPage.as_view(), name="settings"),
    path("settings/admins/", admins.AdminList.as_view(), name="admins"),
    path("settings/admins/generate/", admins.GenerateView.as_view(), name="generate"),
    path("settings/admins/slips/<uuid:uuid>/", admins.SlipsView.as_view(), name="slips"),
    path("settings/admins/<slug:name>/", admins.AdminDetail.as_view(), name="admin"),
    path("settings/admins/<slug:name>/reset/", admins.ResetView.as_view(), name="reset"),
    path("settings/admins/<slug:name>/freeze/", admins.FreezeView.as_view(), name="freeze"),
    path("settings/admins/<slug:name>/unfreeze/", admins.UnfreezeView.as_view(), name="unfreeze"),
    path("settings/admins/<slug:name>/unlock/", admins.UnlockView.as_view(), name="unlock"),
    path("settings/audit/", audit.AuditList.as_view(), name="audit"),
    path("settings/audit/export/", ExportPage.as_view(page_class=audit.AuditList), name="audit-export"),
    path("settings/audit/<uuid:uuid>/", audit.AuditDetail.as_view(), name="audit-entry"),
]
urlpatterns += [path(old, RedirectView.as_view(pattern_name="accounts:login")) for old in OLD_PATHS]
