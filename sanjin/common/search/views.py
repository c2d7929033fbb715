"""The page of results."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sanjin.common.pages import AdminPage

from .registry import MOST, answers


class SearchPage(AdminPage):
    """GET ?q=: what the account may see and whose name, pinyin or initials contain every word of it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        text = request.GET.get("q", "").strip()
        context = {
            "title": "查找",
            "q": text,
            "groups": answers(self.account, text),
            "most": MOST,
            "menu": "workbench",
        }
        return render(request, "search/results.html", context)
