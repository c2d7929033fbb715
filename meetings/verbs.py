"""Audit verbs of this app, as the audit's page shows them."""

VERBS = {
    "meeting.called": "召集会议",
    "meeting.published": "发布会议",
    "meeting.updated": "修改会议",
    "meeting.cancelled": "取消会议",
    "meeting.participants_added": "增加参会人员",
    "meeting.checked_in": "扫码签到",
    "meeting.proxy_checked_in": "代签到",
    "meeting.check_in_withdrawn": "撤回签到",
    "meeting.leave_asked": "请假",
    "meeting.minutes_filed": "提交纪要",
    "meeting.minutes_revised": "修改纪要",
    "meeting.minutes_reminded": "提醒提交纪要",
}
