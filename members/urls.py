"""Pages. Members stand in addresses by uuid, never by number."""

from django.urls import path

from sanjin.common.exports import ExportPage

from .views import importing, listing, parts, posts, record, returns, slips, splitting

app_name = "members"
urlpatterns = [
    path("", listing.MemberList.as_view(), name="list"),
    path("export/", ExportPage.as_view(page_class=listing.MemberList), name="export"),
    path("bin/", listing.RecycleBin.as_view(), name="bin"),
    path("add/", record.AddPage.as_view(), name="add"),
    path("assign/", posts.AssignSelected.as_view(), name="assign-selected"),
    path("slips/", slips.SlipsPage.as_view(), name="slips"),
    path("slips/<uuid:uuid>/", slips.SheetPage.as_view(), name="slip-sheet"),
    path("import/", importing.ImportPage.as_view(), name="import"),
    path("import/template/", importing.TemplatePage.as_view(), name="import-template"),
    path("import/<uuid:uuid>/", importing.ResultPage.as_view(), name="import-result"),
    path("split/", splitting.SplitPage.as_view(), name="split"),
    path("split/<uuid:uuid>/", splitting.SplitResult.as_view(), name="split-result"),
    path("parts/<uuid:uuid>/", parts.PartPage.as_view(), name="part"),
    path("parts/<uuid:uuid>/check/", parts.CheckPart.as_view(), name="part-check"),
    path("parts/<uuid:uuid>/file/", parts.PartFile.as_view(), name="part-file"),
    path("returns/", returns.ReturnList.as_view(), name="returns"),
    path("returns/ask/", returns.RequestPage.as_view(), name="return-ask"),
    path("returns/<uuid:uuid>/", returns.ReturnPage.as_view(), name="return"),
    path("<uuid:uuid>/", record.DetailPage.as_view(), name="detail"),
    path("<uuid:uuid>/edit/", record.EditPage.as_view(), name="edit"),
    path("<uuid:uuid>/numbers/", record.FullNumbersPage.as_view(), name="numbers"),
    path("<uuid:uuid>/photo/", record.PhotoPage.as_view(), name="photo"),
    path("<uuid:uuid>/recycle/", record.RecyclePage.as_view(), name="recycle"),
    path("<uuid:uuid>/restore/", record.RestorePage.as_view(), name="restore"),
    path("<uuid:uuid>/unlock/", record.UnlockPage.as_view(), name="unlock"),
    path("<uuid:uuid>/slip/", slips.SlipPage.as_view(), name="slip"),
    path("<uuid:uuid>/posts/", posts.AssignPage.as_view(), name="assign"),
    path("<uuid:uuid>/posts/<uuid:held>/withdraw/", posts.WithdrawPage.as_view(), name="withdraw"),
]
