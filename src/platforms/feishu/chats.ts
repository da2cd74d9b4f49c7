import { z } from 'zod';
import type { ApiClient } from '../shared/api-client.ts';
import type { Readers } from '../shared/chats.ts';

const info = z.looseObject({
  data: z.looseObject({
    chat_mode: z.string().default('group'),
    chat_type: z.string().default('private'),
    external: z.boolean().default(true),
  }),
});
const page = z.looseObject({
  data: z.looseObject({
    items: z.array(z.looseObject({ member_id: z.string() })).default([]),
    has_more: z.boolean().default(false),
    page_token: z.string().default(''),
  }),
});
const MOST_PAGES = 20;

/** Kind of a chat and its first 2,000 members; those beyond count as readers once they act there. */
export async function readersOf(api: ApiClient, id: string): Promise<Readers> {
  const path = `im/v1/chats/${encodeURIComponent(id)}`;
  const { chat_mode, chat_type, external } = info.parse(await api.call(path)).data;
  const members: string[] = [];
  let token = '';
  for (let n = 0; n < MOST_PAGES && (n === 0 || token !== ''); n += 1) {
    const query = `member_id_type=open_id&page_size=100${token === '' ? '' : `&page_token=${token}`}`;
    const { data } = page.parse(await api.call(`${path}/members?${query}`));
    members.push(...data.items.map(({ member_id }) => member_id));
    token = data.has_more ? data.page_token : '';
  }
  return { direct: chat_mode === 'p2p', external, open: chat_type === 'public', members };
}
