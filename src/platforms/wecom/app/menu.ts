import { type MessageLanguage, translate } from '../../../i18n/translate.ts';
import { CALLBACK_PATH } from './callback.ts';

/** What a tap on the menu says: the same as the line of text. */
export const MENU_LINES: Readonly<Record<string, string>> = {
  new: '新建事件',
  drill: '演练',
  status: '状态',
  list: '列表',
  help: '帮助',
};

/** The menu of the app (document 90231), as `menu/create` takes it. */
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

/** Everything that has to be entered by hand in the admin page, and the menu, which is made by itself. */
export function appSetUp(publicUrl: string, language: MessageLanguage): object {
  const { host } = new URL(publicUrl);
  return {
    接收消息: {
      URL: `${publicUrl}${CALLBACK_PATH}`,
      Token: 'WECOM_CALLBACK_TOKEN',
      EncodingAESKey: 'WECOM_ENCODING_AES_KEY',
    },
    网页授权及JS_SDK: { 可信域名: host },
    企业可信IP: ['203.0.113.7'],
    可见范围: '全公司（根部门）：仅此时可以建群；否则逐人发送',
    权限: [
      { api: 'gettoken' },
      { api: 'message/send', for: '单聊卡片与提醒' },
      { api: 'message/update_template_card', for: '点击后更新卡片' },
      { api: 'appchat/create', for: '每个事件一个群' },
      { api: 'appchat/get' },
      { api: 'appchat/send' },
      { api: 'media/upload', for: '报告文件' },
      { api: 'menu/create', for: '应用菜单' },
      { api: 'user/get', for: '姓名' },
      { api: 'auth/getuserinfo', for: '表单页面的身份' },
    ],
    自定义菜单: menu(language),
  };
}
