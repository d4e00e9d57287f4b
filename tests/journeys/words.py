"""What stands on the pages, as people read it, in both languages."""

from __future__ import annotations

from typing import Any

ZH: dict[str, Any] = {
    "locale": "zh-CN",
    "sign in": "登录",
    "user name": "用户名",
    "password": "密码",
    "newborn": "新生儿出生一件事",
    "as mother": "我是妈妈，开始办理",
    "as father": "我是爸爸，开始办理",
    "continue": "继续",
    "check": "核对并提交",
    "get code": "获取验证码",
    "code": "6 位验证码",
    "send": "签名并提交",
    "agree": "我同意",
    "answers": {
        "叫什么名字": "林小满",
        "育儿指导想怎么安排": "电话和视频",
        "户口落在妈妈那里还是爸爸那里": "随母亲",
        "社保卡选哪家银行": "江城银行",
        "有事打哪个手机号": None,
        "纸质证件怎么给你": "只要电子版",
        "社保卡上要印照片吗": "否",
        "同意按这些内容签发": "同意",
        "交给所选银行": "同意",
        "科学育儿指导，同意": "同意",
    },
}
EN: dict[str, Any] = {
    "locale": "en-GB",
    "sign in": "Sign in",
    "user name": "User name",
    "password": "Password",
    "newborn": "A child is born",
    "as mother": "Start as mother",
    "as father": "Start as father",
    "continue": "Continue",
    "get code": "Send me a code",
    "code": "Six-digit code",
    "send": "Sign and send",
    "agree": "Yes, I agree",
    "answers": {
        "What is the full name of": "林小满",
        "How would you like the child-care guidance": "By phone and video",
        "join the mother's household or the father's": "The mother's",
        "Which bank for the child's": "Bank of Jiangcheng",
        "On which mobile number": None,
        "How would you like the paper documents": "Electronic only",
        "bear a photo": "No",
        "agree that the birth certificate is issued": "I agree",
        "gives the child's name": "I agree",
        "free child-care guidance": "I agree",
    },
}
