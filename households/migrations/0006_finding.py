import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('households', '0005_totals_reason'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='searchrow',
            name='search_by_name',
        ),
        migrations.RemoveIndex(
            model_name='searchrow',
            name='search_by_given_name',
        ),
        migrations.RemoveIndex(
            model_name='searchrow',
            name='search_in_area',
        ),
        migrations.AlterField(
            model_name='searchrow',
            name='household',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='households.household'),
        ),
        migrations.AddIndex(
            model_name='searchrow',
            index=models.Index(fields=['name_key'], include=('person', 'area_code'), name='search_by_name'),
        ),
        migrations.AddIndex(
            model_name='searchrow',
            index=models.Index(fields=['reverse_key'], include=('person', 'area_code'), name='search_by_given_name'),
        ),
        migrations.AddIndex(
            model_name='searchrow',
            index=models.Index(fields=['sort_key'], name='search_in_order'),
        ),
        migrations.AddIndex(
            model_name='searchrow',
            index=models.Index(fields=['area_code', 'reverse_key'], include=('person',), name='search_in_area'),
        ),
        migrations.AddIndex(
            model_name='searchrow',
            index=django.contrib.postgres.indexes.GinIndex(models.Func(models.F('name_key'), models.Value(' '), function='string_to_array'), name='search_by_word'),
        ),
    ]
