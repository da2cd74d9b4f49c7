import { type MessageLanguage, translate } from '../../i18n/translate.ts';

/** Lines of text by menu key: a tap on the menu counts as typing the line. */
export const MENU_LINES: Readonly<Record<string, string>> = {
  new: '新建事件',
  drill: '演练',
  status: '状态',
  list: '列表',
  help: '帮助',
};

/** Returns the app's menu (document 90231) for `menu/create`. */
export function menu(language: MessageLanguage): object {
  const click = (key: 'new' | 'drill' | 'status' | 'list' | 'help') => ({
    type: 'click',
    name: translate(language, `wecom_app.menu.${key}`),
    key,
  });
  return {
    button: [
      { name: translate(language, 'wecom_app.menu.declare'), sub_button: [click('new'), click('drill')] },
      { name: translate(language, 'wecom_app.menu.incidents'), sub_button: [click('status'), click('list')] },
      click('help'),
    ],
  };
}
