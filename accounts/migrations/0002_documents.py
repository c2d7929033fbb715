"""The first privacy notice and pledge. Later versions are new rows; who agreed to which stays on record."""

from datetime import date

from django.db import migrations

PRIVACY = """本平台由所在省的党组织主管部门主办，用于党组织和党员的日常工作。使用前请阅读以下内容。

一、收集什么。姓名、身份证号、联系电话、入党日期、所属支部、照片等党员信息；您参加会议、签到、缴纳党费、学习和积分的记录；登录时间、网络地址和设备编号。不收集通讯录、短信和位置轨迹。

二、用来做什么。办理组织关系、召开会议、核对党费、计算积分、保护账号安全。不用于商业用途，不向无关单位和个人提供。

三、谁能看到。您本人；您所在支部的管理员；上级党组织的管理员在职责范围内可以查看。身份证号和电话平时只显示一部分，查看全部须填写理由并留下记录。

四、怎样保存。身份证号、电话和住址加密保存，密码只保存无法还原的摘要。操作记录至少保存六个月。离开组织后，党员信息按党员档案管理规定处理。

五、您的权利。可以查看自己的全部信息，发现错误可以请支部管理员更正，可以随时退出已登录的设备。对本告知有疑问，请向所在支部或上级党委反映。

内容有变化时，会在您登录时再次请您阅读并确认。"""

PLEDGE = """我是中国共产党党员。我承诺：

一、遵守党章党规党纪和国家法律法规，履行党员义务。

二、按时参加组织生活，本人签到，不请人代签，不替他人签到。

三、如实提供个人信息，信息有变化及时告知所在支部。

四、妥善保管账号和密码，不借给他人使用；不传播工作中知悉的党内信息和他人个人信息。

五、自觉接受党组织和群众监督。"""


def seed(apps, schema_editor):
    documents = apps.get_model("accounts", "Document")
    day = date(2026, 1, 1)
    documents.objects.create(kind="privacy", version=1, title="隐私告知", text=PRIVACY, in_force_from=day)
    documents.objects.create(kind="pledge", version=1, title="履职承诺", text=PLEDGE, in_force_from=day)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
