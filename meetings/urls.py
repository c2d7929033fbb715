"""Pages."""

from django.urls import path

from sanjin.common.exports import ExportPage

from .views import call, code, detail, listing, minutes, people

app_name = "meetings"
urlpatterns = [
    path("", listing.MeetingList.as_view(), name="list"),
    path("export/", ExportPage.as_view(page_class=listing.MeetingList), name="export"),
    path("new/", call.CallPage.as_view(), name="call"),
    path("find-people/", call.FindPeople.as_view(), name="find-people"),
    path("find-hosts/", call.FindHosts.as_view(), name="find-hosts"),
    path("<uuid:uuid>/", detail.DetailPage.as_view(), name="detail"),
    path("<uuid:uuid>/edit/", call.EditPage.as_view(), name="edit"),
    path("<uuid:uuid>/publish/", call.PublishMeeting.as_view(), name="publish"),
    path("<uuid:uuid>/cancel/", call.CancelPage.as_view(), name="cancel"),
    path("<uuid:uuid>/code/", code.CodePage.as_view(), name="code"),
    path("<uuid:uuid>/code/live/", code.LiveCode.as_view(), name="live-code"),
    path("<uuid:uuid>/attendance/", code.AttendanceSheet.as_view(), name="attendance"),
    path("<uuid:uuid>/people/", people.AddPeoplePage.as_view(), name="add-people"),
    path("<uuid:uuid>/people/<uuid:member>/add/", people.AddOne.as_view(), name="add-one"),
    path("<uuid:uuid>/people/<uuid:member>/proxy/", people.ProxyPage.as_view(), name="proxy"),
    path("<uuid:uuid>/people/<uuid:member>/withdraw/", people.WithdrawPage.as_view(), name="withdraw"),
    path("<uuid:uuid>/minutes/", minutes.MinutesPage.as_view(), name="minutes"),
    path("<uuid:uuid>/minutes/versions/", minutes.VersionsPage.as_view(), name="versions"),
]
