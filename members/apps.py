from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = "党员管理"

    def ready(self) -> None:
        from members import jobs  # noqa: PLC0415  models are ready only now
        from sanjin.common.jobs import register  # noqa: PLC0415

        register(jobs.CHECK, jobs.check_upload)
        register(jobs.IMPORT, jobs.import_upload)
