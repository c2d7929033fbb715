"""Text messages (Aliyun SendSms). Without SMS_ACCESS_KEY_ID nothing is sent, and the pages name the slip instead."""

from .env import env

SMS_ENDPOINT = env("SMS_ENDPOINT", default="https://dysmsapi.aliyuncs.com/")
SMS_ACCESS_KEY_ID = env("SMS_ACCESS_KEY_ID", default="")
SMS_ACCESS_KEY_SECRET = env("SMS_ACCESS_KEY_SECRET", default="")
SMS_SIGN_NAME = env("SMS_SIGN_NAME", default="三晋先锋")
SMS_TEMPLATE_CODE = env("SMS_TEMPLATE_CODE", default="")
