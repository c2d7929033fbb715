"""API."""

from django.urls import path

from . import views

urlpatterns = [
    path("meetings/", views.MeetingListView.as_view(), name="api-meetings"),
    path("meetings/options/", views.OptionsView.as_view(), name="api-meeting-options"),
    path("meetings/<uuid:uuid>/", views.MeetingView.as_view(), name="api-meeting"),
    path("meetings/<uuid:uuid>/qr/", views.QrView.as_view(), name="api-meeting-qr"),
    path(
        "meetings/<uuid:uuid>/participants/",
        views.ParticipantsView.as_view(),
        name="api-meeting-participants",
    ),
    path("meetings/<uuid:uuid>/proxy-check-ins/", views.ProxyCheckInView.as_view(), name="api-meeting-proxy"),
    path(
        "meetings/<uuid:uuid>/check-ins/<uuid:member>/",
        views.WithdrawView.as_view(),
        name="api-meeting-check-in",
    ),
    path("meetings/<uuid:uuid>/leave/", views.LeaveView.as_view(), name="api-meeting-leave"),
    path("meetings/<uuid:uuid>/minutes/", views.MinutesView.as_view(), name="api-meeting-minutes"),
    path("check-ins/", views.CheckInView.as_view(), name="api-check-ins"),
]
