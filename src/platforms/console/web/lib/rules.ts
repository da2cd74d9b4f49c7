/** Rules of the server that the page applies: the file server answers `lib/rules.js` with these values. */
import { URGENT_MINUTES } from '../../../../conversation/cards/headline.ts';

/** Commands offered while the user types: their words in both languages, and whether arguments (`args`) follow. */
export const COMMANDS = [
  { id: 'new', en: '/incident new', zh: '新建事件', args: true, inIncident: false },
  { id: 'drill', en: '/incident drill', zh: '演练', args: true, inIncident: false },
  { id: 'status', en: '/incident status', zh: '状态', args: false, inIncident: true },
  { id: 'list', en: '/incident list', zh: '列表', args: false, inIncident: false },
  { id: 'note', en: 'note', zh: '记录', args: true, inIncident: true },
  { id: 'refresh', en: 'refresh', zh: '刷新', args: false, inIncident: true },
  { id: 'help', en: '/incident help', zh: '帮助', args: false, inIncident: false },
] as const;
/** Milliseconds before a deadline from which its clock is red, as on cards. */
export const URGENT = URGENT_MINUTES * 60_000;
