"""The types of rules.md §7, by nature; the root admin edits them from here on."""

from django.db import migrations

ALL = ["机关", "事业单位", "国有企业", "非公企业", "社会组织", "学校", "农村", "社区"]
TYPES = {
    "committee": ["省委", "市委", "县委", "工委", *ALL, "乡镇", "街道", "其他"],
    "general_branch": [*ALL, "其他"],
    "branch": [*ALL, "离退休", "联合支部", "流动党员支部", "临时支部", "其他"],
}


def add_types(apps, _schema) -> None:
    kind = apps.get_model("organizations", "OrganizationType")
    kind.objects.bulk_create(
        kind(nature=nature, name=name, order=order)
        for nature, names in TYPES.items()
        for order, name in enumerate(names, 1)
    )


class Migration(migrations.Migration):
    dependencies = [("organizations", "0002_initial")]
    operations = [migrations.RunPython(add_types, migrations.RunPython.noop)]
