from typing import ClassVar

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.constraints
import django.db.models.deletion
from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations, models

from povertyportal.core.privileges import NoDelete

# A parent is a code, not a row: on every day of a child's validity a higher unit of that code must exist. Checked at the end
# of the transaction, because a new map is written as a whole.
PARENT_SQL = """
CREATE FUNCTION areas_without_parent(child areas_area) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT child.parent_code <> '' AND NOT coalesce(
        (SELECT range_agg(p.validity) @> child.validity FROM areas_area p
          WHERE p.code = child.parent_code
            AND array_position(ARRAY['province', 'district', 'commune', 'village'], p.level::text)
              < array_position(ARRAY['province', 'district', 'commune', 'village'], child.level::text)), false)
$$;

CREATE FUNCTION areas_refuse_orphan() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE orphan areas_area;
BEGIN
    IF TG_ARGV[0] = 'child' THEN
        SELECT c.* INTO orphan FROM areas_area c WHERE c.id = NEW.id AND areas_without_parent(c);
    ELSE
        SELECT c.* INTO orphan FROM areas_area c WHERE c.parent_code = OLD.code AND areas_without_parent(c) LIMIT 1;
    END IF;
    IF FOUND THEN
        RAISE EXCEPTION 'Đơn vị % (%): đơn vị cấp trên mã % không có trong suốt thời gian %.',
            orphan.code, orphan.name, orphan.parent_code, orphan.validity
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'area_parent_exists';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER area_parent_exists
    AFTER INSERT OR UPDATE OF parent_code, level, validity ON areas_area
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION areas_refuse_orphan('child');
CREATE CONSTRAINT TRIGGER area_children_keep_parent
    AFTER UPDATE OF code, level, validity OR DELETE ON areas_area
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION areas_refuse_orphan('parent');
"""
PARENT_UNDO = """
DROP TRIGGER area_children_keep_parent ON areas_area;
DROP TRIGGER area_parent_exists ON areas_area;
DROP FUNCTION areas_refuse_orphan();
DROP FUNCTION areas_without_parent(areas_area);
"""

# A succession happens on the day its first unit ends; the second one holds that day.
SUCCESSION_SQL = """
CREATE VIEW areas_misdated AS
    SELECT s.id, s.on_date, f.id AS from_id, f.code AS from_code, t.id AS to_id, t.code AS to_code
      FROM areas_areasuccession s
      JOIN areas_area f ON f.id = s.from_area_id
      JOIN areas_area t ON t.id = s.to_area_id
     WHERE NOT (coalesce(upper(f.validity) = s.on_date, false) AND t.validity @> s.on_date);

CREATE FUNCTION areas_refuse_misdated_succession() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wrong record;
BEGIN
    IF TG_ARGV[0] = 'area' THEN
        SELECT m.* INTO wrong FROM areas_misdated m WHERE m.from_id = NEW.id LIMIT 1;
        IF NOT FOUND THEN
            SELECT m.* INTO wrong FROM areas_misdated m WHERE m.to_id = NEW.id LIMIT 1;
        END IF;
    ELSE
        SELECT m.* INTO wrong FROM areas_misdated m WHERE m.id = NEW.id;
    END IF;
    IF FOUND THEN
        RAISE EXCEPTION 'Biến động % → % ngày %: đơn vị cũ phải kết thúc và đơn vị mới phải có hiệu lực vào ngày đó.',
            wrong.from_code, wrong.to_code, wrong.on_date
            USING ERRCODE = 'check_violation', CONSTRAINT = 'succession_fits_validity';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER succession_fits_validity
    AFTER INSERT OR UPDATE ON areas_areasuccession
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION areas_refuse_misdated_succession('succession');
CREATE CONSTRAINT TRIGGER succession_fits_validity
    AFTER UPDATE OF validity ON areas_area
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION areas_refuse_misdated_succession('area');
"""
SUCCESSION_UNDO = """
DROP TRIGGER succession_fits_validity ON areas_area;
DROP TRIGGER succession_fits_validity ON areas_areasuccession;
DROP FUNCTION areas_refuse_misdated_succession();
DROP VIEW areas_misdated;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar = []

    operations: ClassVar = [
        BtreeGistExtension(),
        TrigramExtension(),
        migrations.CreateModel(
            name="Area",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(db_collation="C", max_length=20, verbose_name="mã")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("province", "cấp tỉnh"),
                            ("district", "cấp huyện"),
                            ("commune", "cấp xã"),
                            ("village", "thôn, tổ dân phố"),
                        ],
                        max_length=8,
                        verbose_name="cấp",
                    ),
                ),
                ("type", models.CharField(max_length=20, verbose_name="loại")),
                ("name", models.CharField(max_length=120, verbose_name="tên")),
                (
                    "parent_code",
                    models.CharField(blank=True, db_collation="C", max_length=20, verbose_name="mã đơn vị cấp trên"),
                ),
                (
                    "validity",
                    django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="thời gian có hiệu lực"),
                ),
                ("legal_basis", models.CharField(blank=True, max_length=400, verbose_name="căn cứ pháp lý")),
                ("source", models.CharField(blank=True, max_length=400, verbose_name="nguồn số liệu")),
                (
                    "origin",
                    models.CharField(
                        choices=[("loaded", "nạp từ tệp dữ liệu"), ("entered", "người dùng nhập")],
                        default="entered",
                        max_length=8,
                    ),
                ),
                ("search_key", models.CharField(editable=False, max_length=200)),
                ("sort_key", models.CharField(db_collation="C", editable=False, max_length=600)),
            ],
            options={
                "verbose_name": "đơn vị hành chính",
                "verbose_name_plural": "đơn vị hành chính",
                "indexes": [
                    models.Index(fields=["code"], name="area_code"),
                    models.Index(fields=["parent_code"], name="area_parent_code"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["search_key"], name="area_search", opclasses=["gin_trgm_ops"]
                    ),
                ],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                        expressions=[("code", "="), ("validity", "&&")],
                        name="area_code_once_a_day",
                        violation_error_message="Mã này đã có một đơn vị hành chính khác trong khoảng thời gian đó.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("validity__isempty", False)), name="area_validity_not_empty"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("level", "province"), ("parent_code", "")),
                            models.Q(
                                models.Q(("level", "province"), _negated=True),
                                models.Q(("parent_code", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="area_parent_unless_province",
                        violation_error_message="Cấp tỉnh không có đơn vị cấp trên; các cấp khác phải có.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("code__regex", "^[0-9]{2}$"), ("level", "province")),
                            models.Q(("code__regex", "^[0-9]{3}$"), ("level", "district")),
                            models.Q(("code__regex", "^[0-9]{5}$"), ("level", "commune")),
                            models.Q(("code__regex", "^[0-9]{5}.+$"), ("level", "village")),
                            _connector="OR",
                        ),
                        name="area_code_fits_level",
                        violation_error_message="Mã cấp tỉnh có 2 chữ số, cấp huyện 3, cấp xã 5; mã thôn bắt đầu bằng mã xã.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("level__in", ["province", "district", "commune", "village"])),
                        name="area_level_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AreaTraits",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(db_collation="C", max_length=20, verbose_name="mã đơn vị")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("settlement", "thành thị hay nông thôn"),
                            ("region", "vùng kinh tế - xã hội"),
                            ("ethnic_zone", "khu vực vùng dân tộc thiểu số và miền núi"),
                            ("extremely_difficult", "đặc biệt khó khăn"),
                        ],
                        max_length=20,
                        verbose_name="đặc điểm",
                    ),
                ),
                ("value", models.CharField(max_length=60, verbose_name="giá trị")),
                (
                    "validity",
                    django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="thời gian có hiệu lực"),
                ),
                ("legal_basis", models.CharField(blank=True, max_length=400, verbose_name="căn cứ pháp lý")),
                ("source", models.CharField(blank=True, max_length=400, verbose_name="nguồn số liệu")),
                (
                    "confidence",
                    models.CharField(
                        choices=[
                            ("verified", "đã đối chiếu với nguồn"),
                            ("derived", "suy ra từ danh mục"),
                            ("recalled", "chưa đối chiếu văn bản"),
                            ("unsure", "chưa chắc chắn"),
                        ],
                        max_length=8,
                        verbose_name="độ tin cậy",
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[("loaded", "nạp từ tệp dữ liệu"), ("entered", "người dùng nhập")],
                        default="entered",
                        max_length=8,
                    ),
                ),
            ],
            options={
                "verbose_name": "đặc điểm đơn vị hành chính",
                "verbose_name_plural": "đặc điểm đơn vị hành chính",
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                        expressions=[("code", "="), ("kind", "="), ("validity", "&&")],
                        name="trait_once_a_day",
                        violation_error_message="Đơn vị này đã có giá trị khác trong khoảng thời gian đó.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("validity__isempty", False)), name="trait_validity_not_empty"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "settlement"), _negated=True),
                            ("value__in", ["urban", "rural"]),
                            _connector="OR",
                        ),
                        name="trait_urban_or_rural",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "ethnic_zone"), _negated=True),
                            ("value__in", ["I", "II", "III"]),
                            _connector="OR",
                        ),
                        name="trait_zone_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AreaSuccession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on_date", models.DateField(verbose_name="từ ngày")),
                (
                    "extent",
                    models.CharField(
                        choices=[("whole", "toàn bộ"), ("part", "một phần")], max_length=5, verbose_name="phạm vi"
                    ),
                ),
                ("legal_basis", models.CharField(max_length=400, verbose_name="căn cứ pháp lý")),
                ("source", models.CharField(blank=True, max_length=400, verbose_name="nguồn số liệu")),
                (
                    "confidence",
                    models.CharField(
                        choices=[
                            ("verified", "đã đối chiếu với nguồn"),
                            ("derived", "suy ra từ danh mục"),
                            ("recalled", "chưa đối chiếu văn bản"),
                            ("unsure", "chưa chắc chắn"),
                        ],
                        max_length=8,
                        verbose_name="độ tin cậy",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="ghi chú")),
                (
                    "origin",
                    models.CharField(
                        choices=[("loaded", "nạp từ tệp dữ liệu"), ("entered", "người dùng nhập")],
                        default="entered",
                        max_length=8,
                    ),
                ),
                (
                    "from_area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successions",
                        to="areas.area",
                        verbose_name="từ",
                    ),
                ),
                (
                    "to_area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="origins",
                        to="areas.area",
                        verbose_name="thành",
                    ),
                ),
            ],
            options={
                "verbose_name": "biến động đơn vị hành chính",
                "verbose_name_plural": "biến động đơn vị hành chính",
                "indexes": [models.Index(fields=["on_date"], name="succession_on_date")],
                "constraints": [
                    models.UniqueConstraint(fields=("from_area", "to_area"), name="succession_once"),
                    models.CheckConstraint(
                        condition=models.Q(("from_area", models.F("to_area")), _negated=True),
                        name="succession_to_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("extent__in", ["whole", "part"])), name="succession_extent_known"
                    ),
                ],
            },
        ),
        migrations.RunSQL(PARENT_SQL, PARENT_UNDO),
        migrations.RunSQL(SUCCESSION_SQL, SUCCESSION_UNDO),
        NoDelete("areas_area"),
        NoDelete("areas_areasuccession"),
        NoDelete("areas_areatraits"),
    ]
