import type { wecom as english } from '../en/wecom.ts';

/** 仅企业微信使用的文字。 */
export const wecom: Record<keyof typeof english, string> = {
  'wecom.refresh': '刷新',
  'wecom.choose': '选择',
  'wecom.which_row': '选择一项',
  'wecom.short.add_information': '补充信息',
  'wecom.short.add_task': '新增任务…',
  'wecom.short.another_level': '其他级别…',
  'wecom.short.answer_questions': '回答问题',
  'wecom.short.answers': '全部答复',
  'wecom.short.ask_approval': '提请审批',
  'wecom.short.assessment': '内部研判清单',
  'wecom.short.compile': '生成报告稿',
  'wecom.short.confirm_level': '确认级别',
  'wecom.short.docx': '报送稿',
  'wecom.short.end_handling': '处置结束…',
  'wecom.short.english': '英文对照稿',
  'wecom.short.file': '登记报送…',
  'wecom.short.file_unapproved': '未经审批报送…',
  'wecom.short.first_report_now': '现在出首报…',
  'wecom.short.internal': '内部稿',
  'wecom.short.leave_chat': '聊天被入侵',
  'wecom.short.phone_report': '登记电话报告…',
  'wecom.short.read_exactly': '阅读报送原文',
  'wecom.short.request': '主管部门要求…',
  'wecom.short.script': '话术稿',
  'wecom.short.send': '报送材料',
  'wecom.short.snooze': '稍后提醒',
  'wecom.short.stop_secret': '涉密停止',
  'wecom.short.take_lead': '我来牵头',
  'wecom.short.wording': '确认用语…',

  'wecom.nothing': '暂无内容',

  'wecom.welcome_title': '计时：网络安全事件报告',
  'wecom.welcome':
    '发送“新建事件 标题”即可立案并开始计时。群里请先@我，未@我的群聊内容我看不到。给我发过消息的人，才能收到单独提醒。',
  'wecom.new': '新建事件',
  'wecom.list': '事件列表',
  'wecom.help': '帮助',
  'wecom.hello': '您好。今后的提醒可以单独发给您。',

  'wecom.answered': '{by} {at} 已答复：{what}',
  'wecom.current': '当前问题',
  'wecom.old_card': '该卡片已失效。发送“状态”查看最新卡片。',
  'wecom.choose_first': '请至少选择一项。',
  'wecom.choose_alone': '“{option}”不能与其他选项同时选择，请重新选择。',
  'wecom.not_that_row': '所选的一项没有这个操作，请另选一项。',
  'wecom.failed': '处理时出错，原始内容已留存备查，请再试一次。',
  'wecom.private': '内容不在本群显示，请与我单聊查看。',

  'wecom.form_one': '请直接回复内容（群里请@我）：',
  'wecom.form_lines':
    '请按“名称：内容”逐行回复（群里请@我），可复制下列各行修改后发送；不发的行保持不变，选项回复序号：',
  'wecom.form_wrong': '还需更正：',

  'wecom.reached': '{name}：能收到单独提醒',
  'wecom.unreached': '{name}：收不到单独提醒，请其向我发送“你好”',
  'wecom.unreachable': '{name}收不到单独提醒（从未与机器人对话）。请其发送“你好”，或改派他人；此前提醒发在群里。',

  'wecom.file_kept': '已存证：{name}',
  'wecom.file_size': '文件超过50 MB，未存证。请在控制台上传，或拆分后再发。',
  'wecom.file_gone': '文件未能取回（链接5分钟内有效），请重新发送。{name}',
  'wecom.file_where': '还不知道属于哪起事件。请先发送“绑定 INC-…”，再重新发送文件。',

  'wecom.countdown_over': '实时倒计时到此结束。发送“倒计时”可继续；提醒照常发送。',
  'wecom.connect.create':
    '第1步（共3步）：在企业微信中创建智能机器人，选择“API模式”→“使用长连接”，复制 Bot ID 和 Secret。\n请由企业超级管理员创建：否则机器人只能看到加密的成员账号。先停止正在运行的机器人：每个机器人只允许一个连接。\n\n第2步：填入',
  'wecom.connect.works': '  ✓ 企业微信已接受连接',
  'wecom.connect.odd': '  ✗ 含有不应出现的字符，请重新复制。',
  'wecom.connect.refused': '  ✗ 企业微信不接受这组 Bot ID 和 Secret，请重新复制。',
  'wecom.connect.unreached':
    '  ✗ 连接不上（{detail}）。本机须能访问 openws.work.weixin.qq.com:443；如须代理，请设置 HTTPS_PROXY。',
  'wecom.connect.stopped': '已停止，未写入任何内容。请重新运行 `npx jishi connect wecom`。',
  'wecom.connect.not_written':
    '{file}无法写入（{code}）。请改为可写，或自行在环境变量中设置 WECOM_BOT_ID、WECOM_BOT_SECRET。',
  'wecom.connect.written': '  ✓ 已写入{file}，仅您可读',
  'wecom.connect.shadowed': '  · 环境变量中也设置了{name}，会优先于{file}，请在环境变量中取消。',
  'wecom.connect.next':
    '\n第3步：npm start\n\n在群里添加该机器人，发送“@机器人 新建事件 标题”；每位成员再单独给机器人发一句“你好”，才能收到单独提醒。`npx jishi doctor` 可再次检查。',
  'wecom.liveness': '每月例行检查：事件报告机器人运行正常。请任意回复一条消息，以免长期未使用而被停用。',
};
