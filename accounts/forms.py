"""What people type; the rules are in `passwords`, `validators` and the actions."""

from django import forms

from accounts.actions.activation import refusals
from sanjin.common.reasons import ReasonField


class LoginForm(forms.Form):
    name = forms.CharField(
        label="账号",
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": "请输入账号。"},
    )
    password = forms.CharField(
        label="密码",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "请输入密码。"},
    )
    captcha = forms.CharField(
        label="验证码",
        max_length=10,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
        help_text="用来防止程序自动试密码，保护党员信息安全。不分大小写，5 分钟内有效。",
        error_messages={"required": "请输入图中的验证码。"},
    )
    captcha_key = forms.CharField(max_length=40, widget=forms.HiddenInput, required=False)


class ActivationForm(forms.Form):
    name = forms.CharField(
        label="真实姓名",
        max_length=60,
        help_text="使用此账号的人的真实姓名：2 至 30 个汉字，少数民族姓名中间可用“·”。",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "请填写真实姓名。"},
    )
    password = forms.CharField(
        label="设置密码",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=True),
        error_messages={"required": "请设置密码。"},
    )
    again = forms.CharField(
        label="再输一次密码",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=True),
        error_messages={"required": "请再输一次密码。"},
    )
    agreed = forms.BooleanField(
        label="我已阅读并同意《隐私告知》",
        required=False,
    )

    def clean(self) -> None:
        password, again = self.cleaned_data.get("password"), self.cleaned_data.get("again")
        if password and again and password != again:
            self.add_error("again", "两次输入的密码不一致，请重新输入。")
        data = self.cleaned_data
        for refusal in refusals(data.get("name", ""), password or "", data.get("agreed", False)):
            if refusal.field not in self.errors:
                self.add_error(refusal.field, refusal.message)


class PasswordForm(forms.Form):
    old = forms.CharField(
        label="当前密码",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label="新密码",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="再输一次新密码",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> None:
        new, again = self.cleaned_data.get("new"), self.cleaned_data.get("again")
        if new and again and new != again:
            self.add_error("again", "两次输入的新密码不一致，请重新输入。")


class GenerateForm(forms.Form):
    prefix = forms.CharField(
        label="账号前缀",
        max_length=20,
        strip=False,  # a space is named, not silently removed (F42)
        help_text="2 至 10 个英文字母，一般用所在市、县名称的拼音首字母，如太原市用 tys。系统在后面加五位数字，如 tys00012，从已用过的最大号往后编。",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": "请填写账号前缀。"},
    )


class FreezeForm(forms.Form):
    reason = ReasonField("冻结原因", "如“人员调离”。会记入操作日志，并在登录时告诉使用者。")
