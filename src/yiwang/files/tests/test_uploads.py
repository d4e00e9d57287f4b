from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, JsonResponse
from django.urls import path

from yiwang.files import uploads
from yiwang.ui.audiences import public


@public
def take(request: HttpRequest) -> JsonResponse:
    files = [one for _name, several in request.FILES.lists() for one in several]
    kinds = {type(one).__name__ for one in files}
    return JsonResponse(
        {
            "files": [[one.name, one.size, len(one.read())] for one in files],
            "kinds": sorted(kinds),
            "fields": request.POST.dict(),
        }
    )


urlpatterns = [path("take/", take)]
pytestmark = pytest.mark.urls(__name__)


def post(client, *sizes: int) -> dict:
    files = [SimpleUploadedFile(f"{n}.jpg", b"x" * size) for n, size in enumerate(sizes)]
    return client.post("/take/", {"name": "江", "photo": files}).json()


def test_files_stay_in_memory(client):
    answer = post(client, 10, 3_000_000)

    assert answer["files"] == [["0.jpg", 10, 10], ["1.jpg", 3_000_000, 3_000_000]]
    assert answer["kinds"] == ["InMemoryUploadedFile"]
    assert answer["fields"] == {"name": "江"}


def test_of_a_file_too_large_only_its_size_is_known(client):
    answer = post(client, 30_000_000, 10)

    assert answer["files"] == [["0.jpg", 30_000_000, 0], ["1.jpg", 10, 10]]


def test_a_request_keeps_no_more_than_its_share(client, monkeypatch):
    monkeypatch.setattr(uploads, "ONE_REQUEST", 150_000)

    assert post(client, 100_000, 100_000, 40_000)["files"] == [
        ["0.jpg", 100_000, 100_000],
        ["1.jpg", 100_000, 0],
        ["2.jpg", 40_000, 40_000],
    ]
