"""Audit verbs of this app, as the audit's page shows them."""

VERBS = {
    "member.logged_in": "登录手机端",
    "member.logged_out": "退出手机端",
    "member.password_set": "党员设置密码",
    "member.code_sent": "发送短信验证码",
    "member.slip_issued": "打印党员一次性口令",
    "member.unlocked": "解锁党员账号",
    "member.agreed": "同意隐私告知或承诺",
    "member.added": "新增党员",
    "member.edited": "修改党员信息",
    "member.numbers_read": "查看完整号码",
    "member.recycled": "党员移入回收站",
    "member.restored": "恢复党员",
    "members.imported": "导入党员",
    "phone_return.requested": "申请归还手机号",
    "phone_return.declined": "不同意归还手机号",
    "post.assigned": "任命职务",
    "post.withdrawn": "免去职务",
}
