"""The brand bar's search."""

from django.urls import path

from . import views

app_name = "search"
urlpatterns = [path("", views.SearchPage.as_view(), name="results")]
