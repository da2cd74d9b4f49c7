import type { text as en } from '../en/text.ts';

export const text: Record<keyof typeof en, string> = {
  'text.unknown': '没有看懂。回复“帮助”查看可用指令；“记录 …”可把这句话记入事件。',
  'text.unknown_near': '没有看懂。您是想说“{suggestion}”吗？回复“帮助”查看全部指令；“记录 …”可把这句话记入事件。',
  'text.no_incident': '是哪一起事件？此处没有进行中的事件。“新建事件 …”可立案，“列表”可查看您能看到的事件。',
  'text.which_incident': '您指的是哪一起事件？请在前面写上编号，例如“{id} …”。',
  'text.which_field': '第{n}项的哪一栏？请写成“{n} {field}：…”。可填：{fields}',
  'text.which_item': '是哪一项？请在前面写上序号，例如“2 …”。共{n}项。',
  'text.which_person': '参与人员中没有{name}。回复“人员”查看，回复“邀请”添加。',
  'text.no_question': '目前没有待回答的问题。',
  'text.no_option': '该问题有{n}个选项，请回复1至{n}之间的序号。',
  'text.confirm_what': '级别尚未确定，仍可能达到{ceiling}，时限照常计算。您要确认哪一项？',
  'text.confirm_clock': '确认起算时间…',
  'text.level_proposed': '有人提议定为{level}，须由第二人同意。您是否同意？',
  'text.form': '还需要填写几项：',
  'text.no_candidate': '还没有可确认的时间。请告知最早何时由谁得知，例如“09:20 运维告警”。',
  'text.not_here': '该指令仅适用于聊天平台。回复“帮助”查看此处可用指令。',
  'text.download': '报告文件：',
};
