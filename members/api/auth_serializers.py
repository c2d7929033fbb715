"""Input and output of logging in, passwords, devices and consents."""

from rest_framework import serializers

from accounts.models import DeviceToken, Document

from .serializers import MeOutput


def device_field() -> serializers.RegexField:
    return serializers.RegexField(
        r"^[A-Za-z0-9_-]{8,64}$",
        help_text="本机编号：客户端首次运行时随机生成并保存，8 至 64 位字母、数字、- 或 _",
        error_messages={"invalid": "设备编号应为 8 至 64 位字母、数字、- 或 _。"},
    )


class LoginInput(serializers.Serializer):
    """captcha_key 和 captcha 只在要求验证码时填写。device_name 显示在已登录的设备里。"""

    account = serializers.CharField(max_length=40, help_text="手机号、区号加座机号或身份证号后 11 位")
    password = serializers.CharField(max_length=128, trim_whitespace=False)
    device = device_field()
    device_name = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")
    captcha_key = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")
    captcha = serializers.CharField(max_length=10, required=False, allow_blank=True, default="")


class DocumentOutput(serializers.ModelSerializer):
    """隐私告知或履职承诺的一版。"""

    id = serializers.CharField(source="code")
    kind = serializers.CharField()

    class Meta:
        model = Document
        fields = ["id", "kind", "title", "version", "text"]


class OwnRecordOutput(MeOutput):
    """本人资料，和还没有同意的文件。"""

    consents_due = DocumentOutput(many=True, help_text="还没有同意的文件；先给用户看，再 POST consents/")


class LoginOutput(serializers.Serializer):
    """登录的结果。token 只在这里出现一次；expiry 是它失效的时间。"""

    token = serializers.CharField(help_text="放在 Authorization: Token … 里")
    expiry = serializers.DateTimeField()
    member = MeOutput(help_text="与 GET me/ 相同，consents_due 在外层")
    consents_due = DocumentOutput(many=True)


class ForgotInput(serializers.Serializer):
    """账号：手机号、区号加座机号或身份证号后 11 位。"""

    account = serializers.CharField(max_length=40)


class SentenceOutput(serializers.Serializer):
    """给用户看的一句话。"""

    detail = serializers.CharField()


class ResetInput(serializers.Serializer):
    """code 是短信验证码或纸条上的一次性口令，password 是新密码（规则见 auth/password/rules/）。"""

    account = serializers.CharField(max_length=40)
    code = serializers.CharField(max_length=40, help_text="短信验证码，或纸条上的一次性口令")
    password = serializers.CharField(max_length=128, trim_whitespace=False)
    device = device_field()
    device_name = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")


class PasswordRuleOutput(serializers.Serializer):
    """一条密码规则：label 给人看，pattern 供逐条打勾。"""

    code = serializers.CharField()
    label = serializers.CharField()
    pattern = serializers.CharField(help_text="正则表达式；密码须匹配")


class DeviceOutput(serializers.ModelSerializer):
    """一台已登录的设备；current 是发出请求的这台。"""

    id = serializers.UUIDField(source="uuid")
    current = serializers.SerializerMethodField()

    class Meta:
        model = DeviceToken
        fields = ["id", "device_name", "created", "current"]

    def get_current(self, row: DeviceToken) -> bool:
        return row.pk == self.context["current"]


class ConsentInput(serializers.Serializer):
    """同意哪份文件。"""

    document = serializers.CharField(max_length=20, help_text="consents_due 中的 id，如 privacy-1")


class ConsentOutput(serializers.Serializer):
    """同意了哪份文件，什么时间。"""

    document = serializers.CharField()
    at = serializers.DateTimeField()
