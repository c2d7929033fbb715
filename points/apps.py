from django.apps import AppConfig


class PointsConfig(AppConfig):
    name = "points"
    verbose_name = "积分管理"

    def ready(self) -> None:
        from members import extras
        from points import extras as ours
        from sanjin.common import frame

        extras.register("year_points", ours.year_points)
        frame.register_menu("points", self.verbose_name, icon="graph-up", url_name="points:ranking", order=90)
