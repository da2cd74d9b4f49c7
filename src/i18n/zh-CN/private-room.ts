import type { privateRoom as english } from '../en/private-room.ts';

export const privateRoom: Readonly<Record<keyof typeof english, string>> = {
  'act.move_private': '转到私密频道',
  'act.move_private_sure': '将为{id}新建私密频道并邀请参与人员；此处仅保留事件编号、时限和牵头人。',
  'refuse.kept_private': '{id}的内容在私密频道。如需参与，请联系牵头人{lead}；此处仅显示编号、时限和牵头人。',
  'refuse.outside': '仅向本单位人员显示；您补充的内容会记录在案。如需了解，请联系牵头人{lead}。',
  'private.moved': '内容已转到私密频道',
  'private.moved_how': '参与人员均已受邀。应当参与而未受邀的，请联系牵头人。',
};
