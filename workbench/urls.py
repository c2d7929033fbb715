"""The home page."""

from django.urls import path

from . import views

app_name = "workbench"
urlpatterns = [
    path("", views.HomePage.as_view(), name="home"),
    path("figures/", views.FiguresFragment.as_view(), name="figures"),
    path("todo/", views.TodoPage.as_view(), name="todo"),
]
