"""API."""

from django.urls import path

from . import views

urlpatterns = [
    path("me/points/", views.MyPoints.as_view(), name="my-points"),
    path("me/points/summary/", views.MyPointsSummary.as_view(), name="my-points-summary"),
    path("points/rules/", views.Rules.as_view(), name="points-rules"),
    path("organizations/<uuid:uuid>/total/", views.OrganizationTotal.as_view(), name="organization-total"),
    path("rankings/organizations/", views.OrganizationRanking.as_view(), name="ranking-organizations"),
    path("rankings/members/", views.MemberRanking.as_view(), name="ranking-members"),
]
