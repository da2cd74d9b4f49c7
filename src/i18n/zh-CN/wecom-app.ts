import type { wecomApp as english } from '../en/wecom-app.ts';

export const wecomApp: Readonly<Record<keyof typeof english, string>> = {
  'wecom_app.form.optional': '选填',
  'wecom_app.form.example': '例：{text}',
  'wecom_app.form.choose': '请选择',
  'wecom_app.form.too_large': '内容过长，一次提交不了，请精简后再提交。',
  'wecom_app.form.check': '请核对下面标出的内容，目前尚未记录。',
  'wecom_app.form.done': '已记录。',
  'wecom_app.form.close': '可以关闭本页，返回企业微信。',
  'wecom_app.form.again': '再次打开表单',
  'wecom_app.form.expired': '页面已过期，请从企业微信重新打开表单；您填写的内容仍保留在下面。',
  'wecom_app.form.enter': '打开表单',
  'wecom_app.form.enter_about': '此链接仅供您本人使用，只能打开这一张表单、打开一次，请勿转发。',
  'wecom_app.form.link_used': '链接已使用或已过期，请向机器人重新获取。',
  'wecom_app.form.outsider': '企业微信显示您不是本企业成员，无法查看。',
  'wecom_app.form.no_identity': '未能从企业微信获取您的身份，请返回企业微信，重新打开表单。',
  'wecom_app.form.from_wecom': '请从企业微信打开此表单：机器人会通过单聊发送链接。',
};
