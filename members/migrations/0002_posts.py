"""The catalogue of posts by nature (F37): the root admin's to change later."""

from django.db import migrations

# nature → (name, one person only, may call meetings)
POSTS = {
    "branch": [
        ("书记", True, True),
        ("副书记", False, True),
        ("组织委员", False, True),
        ("宣传委员", False, True),
        ("纪检委员", False, True),
        ("统战委员", False, True),
        ("青年委员", False, True),
        ("群众委员", False, True),
        ("保密委员", False, True),
        ("委员", False, True),
        ("党小组组长", False, True),
    ],
    "general_branch": [
        ("书记", True, True),
        ("副书记", False, True),
        ("组织委员", False, True),
        ("宣传委员", False, True),
        ("纪检委员", False, True),
        ("委员", False, True),
    ],
    "committee": [
        ("书记", True, True),
        ("副书记", False, True),
        ("常委", False, True),
        ("纪委书记", True, True),
        ("组织委员", False, True),
        ("宣传委员", False, True),
        ("统战委员", False, True),
        ("委员", False, True),
    ],
}


def seed(apps, schema_editor):
    Post = apps.get_model("members", "Post")
    Post.objects.bulk_create(
        Post(nature=nature, name=name, exclusive=exclusive, may_call_meetings=calls, order=place)
        for nature, posts in POSTS.items()
        for place, (name, exclusive, calls) in enumerate(posts)
    )


class Migration(migrations.Migration):
    dependencies = [("members", "0001_initial")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
