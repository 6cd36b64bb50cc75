import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from povertyportal.core.privileges import AppendOnly

# The area is the unit that bears the code on the boundary date, and a correction follows the revision before it.
FIGURE_SQL = """
CREATE FUNCTION reported_figure_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM areas_area
        WHERE id = NEW.area_id AND code = NEW.area_code AND validity @> NEW.boundary_on
    ) THEN
        RAISE EXCEPTION 'figure_area_on_its_day: area % is not % on %', NEW.area_id, NEW.area_code, NEW.boundary_on
            USING ERRCODE = 'check_violation', CONSTRAINT = 'figure_area_on_its_day';
    END IF;
    IF NEW.supersedes_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM reports_reportedfigure AS before
        WHERE before.id = NEW.supersedes_id AND before.revision = NEW.revision - 1
          AND (before.area_code, before.boundary_on, before.standard, before.programme, before.measure,
               before.period_from, before.period_to)
            = (NEW.area_code, NEW.boundary_on, NEW.standard, NEW.programme, NEW.measure, NEW.period_from, NEW.period_to)
    ) THEN
        RAISE EXCEPTION 'figure_follows_revision: % is not the revision before', NEW.supersedes_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'figure_follows_revision';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER reported_figure_follows BEFORE INSERT ON reports_reportedfigure
    FOR EACH ROW EXECUTE FUNCTION reported_figure_follows();
"""
FIGURE_UNDO = """
DROP TRIGGER reported_figure_follows ON reports_reportedfigure;
DROP FUNCTION reported_figure_follows();
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("areas", "0001_areas"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReportedFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("report", models.CharField(max_length=60, verbose_name="văn bản nguồn")),
                ("area_code", models.CharField(max_length=20, verbose_name="mã địa bàn")),
                ("boundary_on", models.DateField(verbose_name="theo địa giới ngày")),
                ("standard", models.CharField(blank=True, max_length=60, verbose_name="chuẩn nghèo")),
                ("programme", models.CharField(blank=True, max_length=60, verbose_name="chương trình, chính sách")),
                ("measure", models.CharField(max_length=100, verbose_name="chỉ tiêu")),
                ("unit", models.CharField(max_length=40, verbose_name="đơn vị tính")),
                ("period_from", models.DateField(verbose_name="từ ngày")),
                ("period_to", models.DateField(verbose_name="đến hết ngày")),
                ("published", models.CharField(max_length=60, verbose_name="giá trị như đã công bố")),
                ("value", models.DecimalField(decimal_places=6, max_digits=22, verbose_name="giá trị")),
                ("upper", models.DecimalField(decimal_places=6, max_digits=22, null=True, verbose_name="giá trị trên")),
                (
                    "qualifier",
                    models.CharField(
                        choices=[
                            ("exact", "exact"),
                            ("nearly", "nearly"),
                            ("over", "over"),
                            ("range", "range"),
                            ("of", "of"),
                            ("target", "target"),
                        ],
                        max_length=10,
                        verbose_name="loại giá trị",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=1000, verbose_name="ghi chú")),
                ("origin", models.CharField(max_length=200, verbose_name="nhập từ")),
                ("entered_at", models.DateTimeField(verbose_name="lúc nhập")),
                ("revision", models.PositiveIntegerField(default=1, verbose_name="lần")),
                ("reason", models.CharField(blank=True, max_length=1000, verbose_name="lý do sửa")),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="areas.area",
                        verbose_name="địa bàn",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "supersedes",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="reports.reportedfigure",
                        verbose_name="thay cho",
                    ),
                ),
            ],
            options={
                "verbose_name": "số liệu đã công bố",
                "verbose_name_plural": "số liệu đã công bố",
                "indexes": [models.Index(fields=["area_code", "period_from"], name="figure_by_area")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=(
                            "area_code",
                            "boundary_on",
                            "standard",
                            "programme",
                            "measure",
                            "period_from",
                            "period_to",
                            "revision",
                        ),
                        name="figure_revision_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("period_from__lte", models.F("period_to"))), name="figure_period_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("qualifier__in", ["exact", "nearly", "over", "range", "of", "target"])),
                        name="figure_qualifier_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("qualifier", "range"), ("upper__gt", models.F("value")), ("upper__isnull", False)
                            ),
                            models.Q(
                                ("qualifier", "of"),
                                ("upper__gt", 0),
                                ("upper__isnull", False),
                                ("value__lte", models.F("upper")),
                            ),
                            models.Q(("qualifier__in", ["exact", "nearly", "over", "target"]), ("upper__isnull", True)),
                            _connector="OR",
                        ),
                        name="figure_upper_fits_qualifier",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", ""), ("revision", 1), ("supersedes__isnull", True)),
                            models.Q(
                                ("revision__gt", 1),
                                ("supersedes__isnull", False),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="figure_correction_complete",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("measure", ""), _negated=True),
                            models.Q(("unit", ""), _negated=True),
                            models.Q(("report", ""), _negated=True),
                            models.Q(("published", ""), _negated=True),
                            models.Q(("area_code", ""), _negated=True),
                        ),
                        name="figure_texts_given",
                    ),
                ],
            },
        ),
        migrations.RunSQL(FIGURE_SQL, FIGURE_UNDO),
        AppendOnly("reports_reportedfigure"),
    ]
