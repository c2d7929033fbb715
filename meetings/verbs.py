"""Audit verbs of this app, and what else its entries record, as the audit's page shows them."""

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

DATA = {
    "participants": "参会人数",
    "came": "到会人数",
    "meetings": "会议数",
    "late": "迟到",
    "people": "改了参会人员",
    "called_by": "召集人",
    "published_at": "发布时间",
    "cancel_reason": "取消原因",
    "closed_at": "提交纪要时间",
}
