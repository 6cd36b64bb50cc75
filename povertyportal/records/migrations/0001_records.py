
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from povertyportal.core.privileges import AppendOnly, Completed

# A proposal begins as waiting, is decided once, and what was asked stays as it was asked, whoever writes.
DECIDED_ONCE = """
CREATE FUNCTION proposal_decided_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'waiting' THEN
            RAISE EXCEPTION 'proposal_begins_waiting: a proposal cannot begin as %', NEW.state
                USING ERRCODE = 'check_violation', CONSTRAINT = 'proposal_begins_waiting';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state <> 'waiting' THEN
        RAISE EXCEPTION 'proposal_decided_once: proposal % is decided', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'proposal_decided_once';
    END IF;
    IF (NEW.kind, NEW.subject, NEW.payload, NEW.digest, NEW.summary, NEW.area_code, NEW.area_on, NEW.proposed_by_id,
        NEW.proposed_at, NEW.reason)
       IS DISTINCT FROM
       (OLD.kind, OLD.subject, OLD.payload, OLD.digest, OLD.summary, OLD.area_code, OLD.area_on, OLD.proposed_by_id,
        OLD.proposed_at, OLD.reason)
    THEN
        RAISE EXCEPTION 'proposal_stays_as_asked: proposal %', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'proposal_stays_as_asked';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER proposal_decided_once BEFORE INSERT OR UPDATE ON records_proposal
    FOR EACH ROW EXECUTE FUNCTION proposal_decided_once();
"""
DECIDED_AGAIN = """
DROP TRIGGER proposal_decided_once ON records_proposal;
DROP FUNCTION proposal_decided_once();
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40, verbose_name='loại đề nghị')),
                ('subject', models.CharField(max_length=300, verbose_name='nội dung đề nghị')),
                ('payload', models.JSONField(verbose_name='dữ liệu đề nghị')),
                ('digest', models.CharField(max_length=64, verbose_name='mã kiểm tra')),
                ('summary', models.JSONField(default=list, verbose_name='các thay đổi')),
                ('area_code', models.CharField(blank=True, db_collation='C', max_length=20, verbose_name='mã địa bàn')),
                ('area_on', models.DateField(blank=True, null=True, verbose_name='theo địa giới ngày')),
                ('proposed_at', models.DateTimeField(verbose_name='lúc đề nghị')),
                ('reason', models.CharField(max_length=1000, verbose_name='lý do đề nghị')),
                ('state', models.CharField(choices=[('waiting', 'chờ duyệt'), ('approved', 'đã duyệt'), ('declined', 'không duyệt'), ('withdrawn', 'đã rút')], default='waiting', max_length=10, verbose_name='trạng thái')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='lúc quyết định')),
                ('note', models.CharField(blank=True, max_length=1000, verbose_name='ý kiến khi quyết định')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người quyết định')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to=settings.AUTH_USER_MODEL, verbose_name='người đề nghị')),
            ],
            options={
                'verbose_name': 'đề nghị chờ người thứ hai duyệt',
                'verbose_name_plural': 'đề nghị chờ người thứ hai duyệt',
            },
        ),
        migrations.CreateModel(
            name='ProposalHistory',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField()),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(max_length=40, verbose_name='loại đề nghị')),
                ('subject', models.CharField(max_length=300, verbose_name='nội dung đề nghị')),
                ('payload', models.JSONField(verbose_name='dữ liệu đề nghị')),
                ('digest', models.CharField(max_length=64, verbose_name='mã kiểm tra')),
                ('summary', models.JSONField(default=list, verbose_name='các thay đổi')),
                ('area_code', models.CharField(blank=True, db_collation='C', max_length=20, verbose_name='mã địa bàn')),
                ('area_on', models.DateField(blank=True, null=True, verbose_name='theo địa giới ngày')),
                ('proposed_at', models.DateTimeField(verbose_name='lúc đề nghị')),
                ('reason', models.CharField(max_length=1000, verbose_name='lý do đề nghị')),
                ('state', models.CharField(choices=[('waiting', 'chờ duyệt'), ('approved', 'đã duyệt'), ('declined', 'không duyệt'), ('withdrawn', 'đã rút')], default='waiting', max_length=10, verbose_name='trạng thái')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='lúc quyết định')),
                ('note', models.CharField(blank=True, max_length=1000, verbose_name='ý kiến khi quyết định')),
                ('decided_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người quyết định')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='records.proposal')),
                ('proposed_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người đề nghị')),
            ],
            options={
                'db_table': 'records_proposal_history',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SignInRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='lúc')),
                ('kind', models.CharField(choices=[('signed_in', 'đăng nhập'), ('wrong_password', 'sai mật khẩu hoặc tên đăng nhập'), ('wrong_code', 'sai mã xác thực'), ('locked_out', 'bị từ chối vì đang khóa'), ('closed', 'tài khoản không hoạt động'), ('signed_out', 'đăng xuất'), ('idle_locked', 'khóa màn hình do không thao tác'), ('unlocked', 'mở khóa màn hình'), ('session_ended', 'phiên bị kết thúc'), ('recovery_code', 'dùng mã dự phòng')], max_length=20, verbose_name='sự kiện')),
                ('username', models.CharField(max_length=150, verbose_name='tên đăng nhập đã gõ')),
                ('address', models.CharField(blank=True, max_length=64, verbose_name='địa chỉ máy trạm')),
                ('host', models.CharField(blank=True, max_length=255, verbose_name='máy chủ nhận')),
                ('user_agent', models.CharField(blank=True, max_length=300, verbose_name='trình duyệt')),
                ('detail', models.CharField(blank=True, max_length=300, verbose_name='chi tiết')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sign_ins', to=settings.AUTH_USER_MODEL, verbose_name='tài khoản')),
            ],
            options={
                'verbose_name': 'lượt đăng nhập',
                'verbose_name_plural': 'lượt đăng nhập',
            },
        ),
        migrations.CreateModel(
            name='DisplayRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='lúc')),
                ('address', models.CharField(blank=True, max_length=64, verbose_name='địa chỉ máy trạm')),
                ('subject_kind', models.CharField(max_length=40, verbose_name='loại đối tượng')),
                ('subject_id', models.CharField(max_length=64, verbose_name='đối tượng')),
                ('field', models.CharField(max_length=60, verbose_name='nội dung xem')),
                ('purpose', models.CharField(max_length=1000, verbose_name='mục đích')),
                ('area_code', models.CharField(blank=True, db_collation='C', max_length=20, verbose_name='mã địa bàn')),
                ('area_on', models.DateField(blank=True, null=True, verbose_name='theo địa giới ngày')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='displays', to=settings.AUTH_USER_MODEL, verbose_name='người xem')),
            ],
            options={
                'verbose_name': 'lượt xem, xuất dữ liệu',
                'verbose_name_plural': 'lượt xem, xuất dữ liệu',
                'indexes': [models.Index(fields=['at'], name='display_by_time'), models.Index(fields=['user', 'at'], name='display_by_user'), models.Index(fields=['subject_kind', 'subject_id'], name='display_by_subject')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('subject_kind', ''), _negated=True), models.Q(('field', ''), _negated=True), ('purpose__regex', '\\S')), name='display_told'), models.CheckConstraint(condition=models.Q(models.Q(('area_code', ''), ('area_on', None)), models.Q(models.Q(('area_code', ''), _negated=True), ('area_on__isnull', False)), _connector='OR'), name='display_area_with_its_day')],
            },
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(fields=['state', 'proposed_at'], name='proposal_by_state'),
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(fields=['area_code'], name='proposal_by_area'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('note', ''), ('state', 'waiting')), models.Q(('decided_at__gte', models.F('proposed_at')), ('decided_by__isnull', False), ('state__in', ['approved', 'declined'])), models.Q(('decided_at__gte', models.F('proposed_at')), ('decided_by', models.F('proposed_by')), ('state', 'withdrawn')), _connector='OR'), name='proposal_decision_complete'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['approved', 'declined']), _negated=True), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='proposal_decided_by_another'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'declined'), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='proposal_declined_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', ''), _negated=True), models.Q(('subject', ''), _negated=True), models.Q(('reason', ''), _negated=True), models.Q(('digest', ''), _negated=True)), name='proposal_texts_given'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('area_code', ''), ('area_on', None)), models.Q(models.Q(('area_code', ''), _negated=True), ('area_on__isnull', False)), _connector='OR'), name='proposal_area_with_its_day'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('kind', 'digest'), name='proposal_asked_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposal',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "records_proposal_history" ("area_code", "area_on", "decided_at", "decided_by_id", "digest", "id", "kind", "note", "payload", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "reason", "state", "subject", "summary") SELECT new_values."area_code", new_values."area_on", new_values."decided_at", new_values."decided_by_id", new_values."digest", new_values."id", new_values."kind", new_values."note", new_values."payload", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."proposed_at", new_values."proposed_by_id", new_values."reason", new_values."state", new_values."subject", new_values."summary" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9a172a5cbab752d042408f0114cf878edfadb57c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_cb1b9', referencing='REFERENCING NEW TABLE AS new_values ', table='records_proposal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposal',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "records_proposal_history" ("area_code", "area_on", "decided_at", "decided_by_id", "digest", "id", "kind", "note", "payload", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "reason", "state", "subject", "summary") SELECT new_values."area_code", new_values."area_on", new_values."decided_at", new_values."decided_by_id", new_values."digest", new_values."id", new_values."kind", new_values."note", new_values."payload", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."proposed_at", new_values."proposed_by_id", new_values."reason", new_values."state", new_values."subject", new_values."summary" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0fe8aeb011484e155781977d77c6976dafd6af89', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_60566', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='records_proposal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposal',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "records_proposal_history" ("area_code", "area_on", "decided_at", "decided_by_id", "digest", "id", "kind", "note", "payload", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "reason", "state", "subject", "summary") SELECT old_values."area_code", old_values."area_on", old_values."decided_at", old_values."decided_by_id", old_values."digest", old_values."id", old_values."kind", old_values."note", old_values."payload", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."proposed_at", old_values."proposed_by_id", old_values."reason", old_values."state", old_values."subject", old_values."summary" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='e672ddd1319d21c2b979bfeb4633f65a4b2f0eae', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_bea66', referencing='REFERENCING OLD TABLE AS old_values ', table='records_proposal', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='proposalhistory',
            index=models.Index(fields=['pgh_created_at'], name='records_proposal_when'),
        ),
        migrations.AddConstraint(
            model_name='proposalhistory',
            constraint=models.CheckConstraint(condition=models.Q(('pgh_context__has_keys', ['user', 'reason']), ('pgh_context__reason__regex', '\\S'), ('pgh_context__user__gt', 0)), name='records_proposal_told'),
        ),
        migrations.AddIndex(
            model_name='signinrecord',
            index=models.Index(fields=['at'], name='sign_in_by_time'),
        ),
        migrations.AddIndex(
            model_name='signinrecord',
            index=models.Index(fields=['user', 'at'], name='sign_in_by_user'),
        ),
        migrations.AddConstraint(
            model_name='signinrecord',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['signed_in', 'wrong_password', 'wrong_code', 'locked_out', 'closed', 'signed_out', 'idle_locked', 'unlocked', 'session_ended', 'recovery_code'])), name='sign_in_kind_known'),
        ),
        migrations.RunSQL(DECIDED_ONCE, DECIDED_AGAIN),
        Completed("records_proposal", ["state", "decided_by_id", "decided_at", "note"]),
        AppendOnly("records_signinrecord"),
        AppendOnly("records_displayrecord"),
    ]
