"""The system's own account: it stands behind loads that nobody asked for by name, and cannot sign in."""

from django.db import migrations

MAKE = """
SELECT set_config('pghistory.context_metadata',
    '{"user": 1, "username": "he-thong", "reason": "Lập tài khoản của hệ thống", "via": "migrate"}', true);
INSERT INTO core_user (username, full_name, password, email, phone, is_active, date_joined)
VALUES ('he-thong', 'Hệ thống', '!', '', '', true, now()) ON CONFLICT (username) DO NOTHING;
SELECT set_config('pghistory.context_metadata', '', true);
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0002_accounts_and_history"), ("pghistory", "0007_auto_20250421_0444")]

    operations = [migrations.RunSQL(MAKE, migrations.RunSQL.noop)]
