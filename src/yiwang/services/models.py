"""Projects that pass stages, and the case of each stage."""

from __future__ import annotations

from django.db import models

from yiwang.kernel import moment
from yiwang.kernel.ids import new_id


class Project(models.Model):
    """One run of a course: a building project from its approval to its completion.

    `number` is that of the first stage's case, `code` the one the first stage gives it. Whoever
    the first stage's case belongs to has the project.
    """

    class State(models.TextChoices):
        RUNNING = "running"
        WITHDRAWN = "withdrawn"

    id = models.UUIDField(primary_key=True, default=new_id)
    course = models.CharField(max_length=64)
    number = models.CharField(max_length=40, unique=True)
    code = models.CharField(max_length=64, null=True, unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    begun_at = models.DateTimeField(default=moment.now)
    withdrawn_at = models.DateTimeField(null=True)


class ProjectStage(models.Model):
    """A stage of a project begun: `place` counts from 0. Begun anew after it was withdrawn, a
    stage has a further row; the newest counts."""

    id = models.UUIDField(primary_key=True, default=new_id)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="stages")
    place = models.SmallIntegerField()
    root = models.OneToOneField("cases.Case", on_delete=models.CASCADE, related_name="+")
    begun_at = models.DateTimeField(default=moment.now)

    class Meta:
        ordering = ("place", "begun_at")
