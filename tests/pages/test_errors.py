"""Error pages say in Vietnamese what happened and what to do next."""

import pytest
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import Http404
from django.template.exceptions import TemplateDoesNotExist
from django.test import Client, RequestFactory

from povertyportal.core.paging import page_asked
from povertyportal.core.views import errors


@pytest.fixture
def request_of_nobody():
    """A request no middleware has touched: no user, no session, no messages."""
    return RequestFactory().get("/")


def test_an_unknown_address_is_not_found_and_leads_home(client):
    page = client.get("/khong-co/")
    assert page.status_code == 404
    assert "Không tìm thấy trang" in page.content.decode()
    assert 'href="/"' in page.content.decode()


def test_a_sentence_written_for_the_reader_is_shown_and_escaped(request_of_nobody):
    missing = errors.page_not_found(request_of_nobody, Http404("Không có đơn vị mang mã <99999>.")).content.decode()
    refused = errors.permission_denied(request_of_nobody, PermissionDenied("Kỳ 2020 đã khóa.")).content.decode()
    assert "Không có đơn vị mang mã &lt;99999&gt;." in missing
    assert "Kỳ 2020 đã khóa." in refused


def test_a_bad_request_says_what_was_bad_but_not_what_the_framework_suspects(request_of_nobody):
    told = errors.bad_request(request_of_nobody, BadRequest("Không có bộ lọc “<foo>”.")).content.decode()
    kept = errors.bad_request(request_of_nobody, SuspiciousOperation("Invalid header")).content.decode()
    assert "Không có bộ lọc “&lt;foo&gt;”." in told
    assert "Invalid header" not in kept
    assert "Máy chủ không hiểu được yêu cầu" in kept


def test_without_a_sentence_the_refusal_says_whom_to_ask(request_of_nobody):
    page = errors.permission_denied(request_of_nobody, PermissionDenied())
    assert page.status_code == 403
    assert "đề nghị người quản trị của đơn vị giao quyền" in page.content.decode()


def test_an_expired_form_is_explained(official):
    strict = Client(enforce_csrf_checks=True)
    page = strict.post("/sign-in/", {"username": "can-bo", "password": "x"})
    assert page.status_code == 403
    assert "Biểu mẫu đã hết hiệu lực" in page.content.decode()


def test_a_request_for_another_host_is_a_bad_request(client):
    page = client.get("/sign-in/", headers={"host": "evil.example"})
    assert page.status_code == 400
    assert "Yêu cầu không hợp lệ" in page.content.decode()


def test_a_failure_is_told_without_database_session_or_user(request_of_nobody):
    page = errors.server_error(request_of_nobody)
    assert page.status_code == 500
    assert "Lỗi ở phía máy chủ, không phải do bạn." in page.content.decode()


def test_a_failure_of_the_failure_page_still_says_one_sentence(request_of_nobody, monkeypatch):
    def broken(name: str) -> str:
        raise TemplateDoesNotExist(name)

    monkeypatch.setattr(errors, "render_to_string", broken)
    assert "Hệ thống gặp lỗi" in errors.server_error(request_of_nobody).content.decode()


@pytest.mark.parametrize("page", ["abc", "-1", "0", "1.5", "²"])
def test_what_is_no_page_number_is_refused_in_words(page: str) -> None:
    with pytest.raises(BadRequest, match="không phải là số trang"):
        page_asked(RequestFactory().get("/", {"page": page}), range(100), 20)


@pytest.mark.parametrize(("page", "first"), [("", 0), ("2", 20), ("99", 80)])
def test_a_number_beyond_the_end_shows_the_last_page(page: str, first: int) -> None:
    assert page_asked(RequestFactory().get("/", {"page": page}), range(100), 20)[0] == first
