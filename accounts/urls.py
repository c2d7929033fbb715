"""Pages."""

from django.urls import path
from django.views.generic import RedirectView

from accounts.views import activation, login, password

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
]
urlpatterns += [path(old, RedirectView.as_view(pattern_name="accounts:login")) for old in OLD_PATHS]
