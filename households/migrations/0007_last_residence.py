import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('households', '0006_finding'),
    ]

    operations = [
        migrations.AlterField(
            model_name='residence',
            name='household',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='residences', to='households.household', verbose_name='hộ'),
        ),
        migrations.AddIndex(
            model_name='residence',
            index=models.Index(models.F('household'), models.OrderBy(django.contrib.postgres.fields.ranges.RangeStartsWith('validity'), descending=True), name='residence_last_first'),
        ),
    ]
