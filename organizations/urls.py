"""Pages."""

from django.urls import path

from organizations.views import changes, detail, imports, listing, tree
from sanjin.common.exports import ExportPage

app_name = "organizations"
urlpatterns = [
    path("", listing.OrganizationList.as_view(), name="list"),
    path("export/", ExportPage.as_view(page_class=listing.OrganizationList), name="export"),
    path("recycled/", listing.RecycleBin.as_view(), name="recycled"),
    path("tree/", tree.Tree.as_view(), name="tree"),
    path("types/", changes.TypeOptions.as_view(), name="types"),
    path("import/", imports.ImportPage.as_view(), name="import"),
    path("import/template/", imports.Template.as_view(), name="import_template"),
    path("import/<uuid:uuid>/", imports.ImportPreview.as_view(), name="import_preview"),
    path("<uuid:uuid>/", detail.OrganizationPage.as_view(), name="detail"),
    path("<uuid:uuid>/facts/", detail.OrganizationFacts.as_view(), name="facts"),
    path("<uuid:uuid>/basics/", changes.EditBasics.as_view(), name="basics"),
    path("<uuid:uuid>/settings/", changes.EditSettings.as_view(), name="settings"),
    path("<uuid:uuid>/create/", changes.CreateBelow.as_view(), name="create"),
    path("<uuid:uuid>/rename/", changes.Rename.as_view(), name="rename"),
    path("<uuid:uuid>/retype/", changes.Retype.as_view(), name="retype"),
    path("<uuid:uuid>/move/", changes.Move.as_view(), name="move"),
    path("<uuid:uuid>/superiors/", tree.Superiors.as_view(), name="superiors"),
    path("<uuid:uuid>/dissolve/", changes.Dissolve.as_view(), name="dissolve"),
    path("<uuid:uuid>/recycle/", changes.Recycle.as_view(), name="recycle"),
    path("<uuid:uuid>/restore/", changes.Restore.as_view(), name="restore"),
]
