from django.apps import AppConfig


class PointsConfig(AppConfig):
    name = "points"
    verbose_name = "积分管理"

    def ready(self) -> None:
        from members import extras, followers
        from organizations import stakes as organization_stakes
        from points import extras as ours
        from points import stakes
        from sanjin.common import frame

        extras.register("year_points", ours.year_points)
        followers.register("points", stakes.follow)
        organization_stakes.register("points", follow=stakes.follow)
        frame.register_menu("points", self.verbose_name, icon="graph-up", url_name="points:ranking", order=90)
