import { addMessages } from '../../i18n/translate.ts';
import en from './i18n/en.json' with { type: 'json' };
import zhCN from './i18n/zh-CN.json' with { type: 'json' };

type Own = Readonly<Record<keyof typeof en, string>>;
declare module '../../i18n/keys.ts' {
  interface PlatformMessages extends Own {}
}
addMessages({ en, 'zh-CN': zhCN } satisfies Readonly<Record<'en' | 'zh-CN', Own>>);
