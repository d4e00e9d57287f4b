"""Jobs are looked for, not announced.

procrastinate announces each new job by NOTIFY, and PostgreSQL lets transactions that notified
commit one at a time: in a surge every sending would wait for every other's disk. The worker looks
for jobs several times a second instead (`commands/worker.py`); docs/decisions tells the figures.
"""

from django.db import migrations

TRIGGER = "procrastinate_jobs_notify_queue_job_inserted_v1"


class Migration(migrations.Migration):
    dependencies = [("procrastinate", "0041_post_retry_failed_job")]

    operations = [
        migrations.RunSQL(
            f"ALTER TABLE procrastinate_jobs DISABLE TRIGGER {TRIGGER}",
            f"ALTER TABLE procrastinate_jobs ENABLE TRIGGER {TRIGGER}",
        )
    ]
