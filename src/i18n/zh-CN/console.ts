import type { consoleMessages as en } from '../en/console.ts';

export const consoleMessages: Record<keyof typeof en, string> = {
  'http.sign_in': '请先登录。',
  'http.forbidden': '您无权进行此操作。',
  'http.foreign_origin': '该请求来自其他网站，未予执行。',
  'http.unknown_incident': '没有此事件，或您无权查看。',
  'http.not_found': '此地址没有内容。',
  'http.invalid': '请求内容不完整或无法识别。',
  'http.invalid_json': '请求正文不是有效的 JSON。',
  'http.wrong_type': '请以 application/json 格式提交。',
  'http.too_large': '内容过大：文件不超过 20 MB，其他内容不超过 256 kB。',
  'http.not_local': '只有在本机浏览器中才能直接选择身份。请索取登录链接（npx jishi login 姓名）。',
  'http.link_used': '该链接已使用或已过期，请重新索取（npx jishi login 姓名）。',
  'http.signed_in': '您已登录。',
  'http.internal': '服务出错，已记录。请重试。',
  'http.unavailable': '未能保存，操作未执行。请稍后重试。',
};
