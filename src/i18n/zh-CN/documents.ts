import type { documents as en } from '../en/documents.ts';

/** 证据包、各渠道报送文本、单位模板、指引、第十一条材料。 */
export const documents: Record<keyof typeof en, string> = {
  'bundle.version': '条目',
  'bundle.at': '时间（北京时间）',
  'bundle.who': '人员',
  'bundle.what': '事项',

  'phone.opening': '您好，我是{unit}的{contact}。现就一起网络安全事件作{kind}，我单位编号{number}。',
  'phone.kind.initial': '首次报告',
  'phone.kind.supplement': '补充报告',
  'phone.kind.follow_up': '续报',
  'phone.kind.summary': '处置总结报告',
  'phone.kind.correction': '更正报告',
  'phone.kind.explanation': '情况说明',
  'phone.in_writing': '详见书面报告。',
  'phone.closing': '其余情况正在核实，书面报告随后报送。我单位24小时联系电话：{phone}。',
  'phone.ask': '请告知您的姓名、工号和受理编号。',

  'mail.subject': '{title}·{unit}·{number}',
  'mail.letter':
    '{to}：\n\n现将我单位{title}（编号{number}）报上，详见附件。收到后请予确认，并告知受理编号。\n\n{unit}\n联系人：{contact}\n24小时联系电话：{phone}',

  'fax.title': '传真',
  'fax.to': '收件单位',
  'fax.number': '收件传真',
  'fax.their_phone': '收件单位电话',
  'fax.from': '发件单位',
  'fax.at': '发送时间',
  'fax.pages': '页数（含本页）',
  'fax.subject': '事由',
  'fax.text': '我单位按规定报送网络安全事件报告，报告附后。收到后请填写下列各项并回传本页，或者电话告知。',
  'fax.received_by': '接收人',
  'fax.received_at': '接收时间',
  'fax.receipt': '受理编号',

  'act.send': '报送材料',
  'send.title': '报送材料',
  'send.summary': '{kind}：{n}段可直接粘贴的文本，以及各报送渠道',
  'send.drill': '这是演练：不要发送，也不要拨打。',
  'send.to': '主送{to}：{ways}',
  'send.no_contact': '未登记联系方式，请将约定的联系方式写入组织档案',
  'send.own.phone': '电话 {value}',
  'send.own.email': '邮箱 {value}',
  'send.own.fax': '传真 {value}',
  'send.own.address': '地址 {value}',
  'send.channel': '{name} {value}',
  'send.channel_unverified': '{name} {value}（仅一处来源，发送前请核对）',
  'send.not_replaced': '12387各渠道属于网信部门。《办法》没有规定向12387报告可以代替向{to}报告，须另行报告。',
  'send.paste': '网站、小程序、公众号填报用，按规定的事项顺序，逐段复制：',
  'send.piece': '{heading} · {n}字',
  'send.mail': '发给{to}的邮件（.eml）',
  'send.fax': '发给{to}的传真首页',

  'anchor.title': '已于{at}通过{channel}报送 · {margin}',
  'anchor.text': '记录锚点（第{version}条）：凭此哈希可以核验此前的记录此后未被改动。',
};
