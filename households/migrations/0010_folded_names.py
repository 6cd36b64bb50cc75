import django.contrib.postgres.indexes
from django.db import migrations, models

# Of the registry as it stands; from then on ``upkeep.refresh`` learns them.
LEARN = """
INSERT INTO households_foldedname (reverse_key)
SELECT DISTINCT reverse_key FROM households_searchrow WHERE reverse_key <> '' ORDER BY reverse_key
"""


class Migration(migrations.Migration):

    dependencies = [
        ('households', '0009_round_withdrawn'),
    ]

    operations = [
        migrations.CreateModel(
            name='FoldedName',
            fields=[
                ('reverse_key', models.CharField(db_collation='C', max_length=200, primary_key=True, serialize=False)),
            ],
            options={
                'verbose_name': 'họ tên bỏ dấu',
                'verbose_name_plural': 'họ tên bỏ dấu',
            },
        ),
        migrations.RunSQL(LEARN, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='foldedname',
            index=django.contrib.postgres.indexes.GinIndex(models.Func(models.F('reverse_key'), models.Value(' '), function='string_to_array'), name='name_by_word'),
        ),
        migrations.RemoveIndex(
            model_name='searchrow',
            name='search_by_word',
        ),
        migrations.RemoveIndex(
            model_name='searchrow',
            name='search_in_area',
        ),
        migrations.AddIndex(
            model_name='searchrow',
            index=models.Index(fields=['area_code', 'reverse_key'], include=('person', 'head', 'gone'), name='search_in_area'),
        ),
    ]
