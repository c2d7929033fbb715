"""Pages of jobs."""

from django.urls import path

from . import views

app_name = "jobs"
urlpatterns = [
    path("", views.JobList.as_view(), name="list"),
    path("<uuid:uuid>/", views.JobPage.as_view(), name="detail"),
    path("<uuid:uuid>/cancel/", views.CancelJob.as_view(), name="cancel"),
    path("<uuid:uuid>/result/<str:token>/", views.JobResult.as_view(), name="result"),
]
