"""The workbook by which a committee brings in the organisations below it."""

from organizations.enums import Nature
from organizations.models import OrganizationType
from sanjin.common.xlsx import Column, SheetSpec

NATURES = {nature.label: nature.value for nature in Nature}
SEPARATORS = "/／>＞"


def spec() -> SheetSpec:
    """With the types that the catalogue has now, so that the template's list is never behind it."""
    types = (
        OrganizationType.objects.filter(active=True).order_by("order", "pk").values_list("name", flat=True)
    )
    return SheetSpec(
        "organizations",
        "组织架构导入模板",
        1,
        columns=(
            Column(
                "name",
                "组织名称",
                required=True,
                max_length=80,
                width=36,
                aliases=("党组织名称", "党组织全称"),
                note="党组织全称",
                example="示例县财政局机关第一党支部",
            ),
            Column(
                "parent",
                "上级组织",
                required=True,
                width=36,
                aliases=("上级党组织名称", "上级党组织"),
                note="已有组织或本表中组织的名称；有重名时写完整路径，用“/”分隔",
                example="示例县财政局党总支",
            ),
            Column("nature", "部门性质", "choice", required=True, choices=NATURES, example="支部"),
            Column(
                "type",
                "部门类型",
                "choice",
                required=True,
                choices={name: name for name in types},
                note="须与部门性质相符",
                example="机关",
            ),
            Column("founded_on", "成立日期", "date", aliases=("建立日期",), example="2015-07-01"),
            Column("term_ends_on", "届满日期", "date", example="2027-07-01"),
            Column("phone", "联系电话", "digits", max_length=20, width=18, example="0351-5550100"),
            Column("address", "地址", max_length=120, width=36, example="示例市示例路 1 号"),
        ),
        notes=(
            "上级组织可以在同一个表里，先后顺序不限。",
            "支部下面不能有组织；党总支下面只能是支部；党委下面可以是党委、党总支或支部。",
            "需要改正的行不会导入，其他行可以先导入；需要改正的行可以下载，改正后再上传。",
            "已存在的组织不会重复导入，也不会改动。",
        ),
    )
