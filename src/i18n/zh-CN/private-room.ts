import type { privateRoom as english } from '../en/private-room.ts';

export const privateRoom: Readonly<Record<keyof typeof english, string>> = {
  'act.move_private': '转到私密频道',
  'act.move_private_sure': '将为{id}新建私密频道并邀请参与人员；此处仅保留事件编号、时限和牵头人。',
  'act.take_part': '申请参与',
  'act.let_in': '同意加入',
  'said.join_asked': '已向牵头人{lead}提出申请，同意后会通知您。',
  'join.asked': '{name}申请参与{id}。同意后可查看该事件的全部内容。',
  'join.let_in': '您已加入{id} · {title}。',
  'event.join_asked': '{name}申请参与',
  'refuse.takes_part': '您已是参与人员，可在“列表”或受邀加入的私密频道中查看该事件。',
  'refuse.asked_already': '您已提出申请，牵头人同意后会通知您。',
  'refuse.kept_private': '{id}的内容在私密频道，此处仅显示编号、时限和牵头人。如需参与，请向牵头人{lead}申请。',
  'refuse.ask_directly': '{id}的内容不在本群显示，请与我单聊查看。',
  'said.kept': '已记入{id}。内容不在本群显示，请与我单聊查看。',
  'visibility.withheld': '〔此处不显示〕',
  'refuse.outside': '仅向本单位人员显示；您补充的内容会记录在案。如需了解，请联系牵头人{lead}。',
  'private.moved': '内容已转到私密频道',
  'private.moved_how': '参与人员均已受邀。应当参与而未受邀的，请联系牵头人。',
};
