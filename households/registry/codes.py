"""Words of the registry's columns: what may stand in them, and how pages write it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sex(models.TextChoices):
    MALE = "male", _("nam")
    FEMALE = "female", _("nữ")


class Relation(models.TextChoices):
    """Relation to the head of the household, as the roster of Phiếu B asks for it."""

    HEAD = "head", _("chủ hộ")
    SPOUSE = "spouse", _("vợ, chồng")
    CHILD = "child", _("con")
    CHILD_IN_LAW = "child_in_law", _("con dâu, con rể")
    PARENT = "parent", _("cha, mẹ")
    PARENT_IN_LAW = "parent_in_law", _("cha, mẹ vợ (chồng)")
    GRANDCHILD = "grandchild", _("cháu nội, cháu ngoại")
    GRANDPARENT = "grandparent", _("ông, bà")
    SIBLING = "sibling", _("anh, chị, em")
    OTHER_RELATIVE = "other_relative", _("người thân khác")
    NOT_RELATED = "not_related", _("không họ hàng")
    UNKNOWN = "unknown", _("chưa ghi")


class NumberKind(models.TextChoices):
    """Numbers by which a person is known elsewhere; all of them are kept sealed."""

    PERSONAL = "personal", _("số định danh cá nhân, căn cước công dân (12 số)")
    OLD = "old", _("chứng minh nhân dân (9 số, hết hiệu lực từ 01/01/2025)")
    INSURANCE = "insurance", _("bảo hiểm xã hội, thẻ bảo hiểm y tế")


class EventKind(models.TextChoices):
    """What happened to a household on a day."""

    REGISTERED = "registered", _("lập hồ sơ hộ")
    BORN = "born", _("sinh")
    DIED = "died", _("chết")
    JOINED = "joined", _("vào hộ")
    LEFT = "left", _("rời hộ")
    HEAD_CHANGED = "head_changed", _("đổi chủ hộ, quan hệ")
    MOVED = "moved", _("chuyển nơi ở")
    SPLIT = "split", _("tách hộ")
    MERGED = "merged", _("nhập hộ")
    ENDED = "ended", _("hộ không còn")
    AREA_CHANGED = "area_changed", _("theo thay đổi đơn vị hành chính")
    CORRECTED = "corrected", _("đính chính nơi ở")
    DUPLICATE = "duplicate", _("gộp hồ sơ ghi trùng")
    WITHDRAWN = "withdrawn", _("bỏ sự kiện ghi nhầm")


class RecognisedClass(models.TextChoices):
    """What a decision says of a household; the last one ends an earlier recognition."""

    POOR = "poor", _("hộ nghèo")
    NEAR_POOR = "near_poor", _("hộ cận nghèo")
    AVERAGE = "average", _("hộ có mức sống trung bình")
    NOT_POOR = "not_poor", _("không thuộc hộ nghèo, hộ cận nghèo")


class RecognitionOrigin(models.TextChoices):
    DECIDED = "decided", _("quyết định lập trên cổng")
    TAKEN_OVER = "taken_over", _("tiếp nhận từ danh sách đã công nhận")
