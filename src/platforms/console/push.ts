import { createECDH } from 'node:crypto';
import { z } from 'zod';
import type { PushConfig } from '../../config/push-settings.ts';
import type { Card } from '../../conversation/cards/card.ts';
import { localise } from '../../conversation/cards/localise.ts';
import { toIncidentTime } from '../../incident/drill-clock.ts';
import type { Language } from '../../incident/identity.ts';
import { digest } from '../../ops/digest.ts';
import type { OutgoingProxy } from '../../ops/proxy.ts';
import { KeptMap } from '../../use-cases/directory/kept-map.ts';
import type { Clock, IdSource, KeptValues, Log } from '../../use-cases/ports.ts';
import { HttpClient } from '../shared/http-client.ts';
import type { CardBody } from './body.ts';

/** Device of a browser (Push API, W3C), with the state of its test notification. */
const deviceSchema = z.object({
  /** Console account of the device. */
  account: z.string(),
  /** Person of the profile who had the account when the device was added; absent: from before this was kept. */
  person: z.string().nullish(),
  endpoint: z.string(),
  keys: z.object({ p256dh: z.string(), auth: z.string() }),
  language: z.enum(['en', 'zh-CN']),
  since: z.number(),
  /** Random word in the test notification, which the device sends back. */
  test: z.string(),
  /** Arrival of the test (epoch ms); null if none has arrived yet. */
  arrived: z.number().nullable(),
});
export type Device = z.infer<typeof deviceSchema>;
type Subscription = Pick<Device, 'endpoint' | 'keys'>;

export interface PushNeeds {
  readonly config: { readonly push: PushConfig | null; readonly proxy: OutgoingProxy | null };
  readonly kept: KeptValues;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
  /** Returns the person of the profile who has a console account; null if nobody. */
  readonly personOf: (account: string) => string | null;
}

/** Result of notifying; `none`: no device of this account has passed the test. */
export type Pushed = 'arrived' | 'failed' | 'none';

const MOST_DEVICES = 10;
/** Seconds for which a push service keeps a notification for a device that is off. */
const KEPT_FOR = 3_600;
const TIMEOUT = 10_000;
/** Status codes by which a push service reports that a device is gone (RFC 8030, 7.3). */
const GONE: ReadonlySet<number> = new Set([404, 410]);

/**
 * Devices that notify people while the console is closed (Web Push, RFC 8030). A notification has the incident and the
 * time left, never content, because it passes through the browser maker's service. A device counts once a test
 * notification arrived on it, as those services cannot be reached from everywhere.
 */
export class Push {
  readonly #needs: PushNeeds;
  readonly #settings: PushConfig;
  readonly #devices: KeptMap<Device>;
  readonly #http: HttpClient;
  /** Public key of this server, Base64url; browsers accept only notifications signed with its private key. */
  readonly publicKey: string;

  private constructor(needs: PushNeeds, settings: PushConfig) {
    this.#needs = needs;
    this.#settings = settings;
    this.#devices = new KeptMap(needs.kept, 'push:', deviceSchema);
    this.#http = new HttpClient(needs.config.proxy);
    const key = createECDH('prime256v1');
    key.setPrivateKey(settings.privateKey, 'base64url');
    this.publicKey = key.getPublicKey('base64url');
  }

  /** Loads the devices; null while push is not set up. */
  static async open(needs: PushNeeds): Promise<Push | null> {
    const { push: settings } = needs.config;
    if (!settings) return null;
    const push = new Push(needs, settings);
    await push.#devices.recall();
    return push;
  }

  /** Returns true if a device of this account has passed the test. */
  rings(account: string): boolean {
    return this.#of(account).some(([, { arrived }]) => arrived !== null);
  }

  devices(account: string): readonly (Pick<Device, 'since' | 'arrived'> & { readonly id: string })[] {
    return this.#of(account).map(([id, { since, arrived }]) => ({ id, since, arrived }));
  }

  /** Adds or renews a device and sends it a test notification. `foreign`: the settings do not list its push service. */
  async add(
    account: string,
    { endpoint, keys }: Subscription,
    language: Language,
  ): Promise<{ readonly id: string } | 'foreign' | 'many'> {
    if (!this.#settings.services.some((service) => matches(service, endpoint))) return 'foreign';
    const id = digest(endpoint, 22);
    const others = this.#of(account).filter(([other]) => other !== id);
    if (others.length >= MOST_DEVICES) return 'many';
    const { clock, ids, personOf } = this.#needs;
    const device = {
      account,
      person: personOf(account),
      endpoint,
      keys,
      language,
      since: clock.now(),
      test: ids.next(),
      arrived: null,
    };
    await this.#devices.put(id, device);
    const title = localise({ key: 'console.push.test' }, language);
    await this.#send(id, device, {
      title,
      body: localise({ key: 'console.push.test_text' }, language),
      url: '/',
      test: { id, word: device.test },
    });
    return { id };
  }

  /** Records that the test arrived; returns false if the account has no such device, or `word` is another test's. */
  async arrived(account: string, id: string, word: string): Promise<boolean> {
    const device = this.#devices.get(id);
    if (device?.account !== account || device.test !== word) return false;
    await this.#devices.put(id, { ...device, arrived: this.#needs.clock.now() });
    return true;
  }

  async remove(account: string, id: string): Promise<void> {
    if (this.#devices.get(id)?.account === account) await this.#devices.remove(id);
  }

  /** Notifies an account's devices of a card; each notification replaces the previous one of the same incident. */
  async notify(account: string, { card, incident }: CardBody): Promise<Pushed> {
    const ringing = this.#of(account).filter(([, { arrived }]) => arrived !== null);
    if (ringing.length === 0) return 'none';
    const sent = await Promise.all(
      ringing.map(([id, device]) =>
        this.#send(id, device, {
          title: incident,
          body: localise(leftOf(card, this.#needs.clock.now()), device.language),
          url: `/incidents/${incident}`,
        }),
      ),
    );
    return sent.includes(true) ? 'arrived' : 'failed';
  }

  close(): Promise<void> {
    return this.#http.close();
  }

  /** Devices of an account, without those of a person who no longer has it. */
  #of(account: string): readonly (readonly [string, Device])[] {
    const now = this.#needs.personOf(account);
    const isTheirs = ({ person }: Device): boolean => person === undefined || person === now;
    return this.#devices.entries().filter(([, device]) => device.account === account && isTheirs(device));
  }

  /** Sends a notification; returns true if the service accepted it. A device that no longer exists is deleted. */
  async #send(id: string, { endpoint, keys }: Device, notification: Notification): Promise<boolean> {
    const { contact: subject, privateKey } = this.#settings;
    const { default: webPush } = await import('web-push');
    try {
      const { headers, body } = webPush.generateRequestDetails({ endpoint, keys }, JSON.stringify(notification), {
        vapidDetails: { subject, publicKey: this.publicKey, privateKey },
        ...{ TTL: KEPT_FOR, urgency: 'high', contentEncoding: 'aes128gcm' },
        topic: digest(notification.title, 32),
      });
      const { status } = await this.#http.ask('push', endpoint, {
        headers: headersOf(headers),
        timeout: TIMEOUT,
        body: { content: body, mediaType: 'application/octet-stream' },
      });
      if (GONE.has(status)) await this.#devices.remove(id);
      if (status >= 300) this.#needs.log.warn({ status }, 'the service of a browser refused a notification');
      return status < 300;
    } catch (error) {
      this.#needs.log.warn({ err: error }, 'a notification could not be sent to the service of a browser');
      return false;
    }
  }
}

/** Notification for the service worker, which shows it and answers a test. */
interface Notification {
  readonly title: string;
  readonly body: string;
  readonly url: string;
  readonly test?: { readonly id: string; readonly word: string };
}

function matches(service: string, endpoint: string): boolean {
  const origin = URL.canParse(endpoint) ? new URL(endpoint).origin : '';
  const [before = '', after] = service.split('*');
  if (after === undefined) return origin === service;
  const part = origin.slice(before.length, origin.length - after.length);
  return origin === `${before}${part}${after}` && /^[\w-]+$/.test(part);
}

function headersOf(given: Readonly<Record<string, unknown>>): Record<string, string> {
  const { 'Content-Length': _length, 'Content-Type': _type, ...rest } = given;
  return Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)]));
}

/** Returns the text of the time left on a card's clock; nothing else of the card is sent. */
function leftOf(card: Card, now: number) {
  const clock = card.blocks.find((block) => block.kind === 'clock');
  if (!clock) return { key: 'console.push.waits' } as const;
  const at = clock.segment ? toIncidentTime([clock.segment], now) : now;
  const minutes = Math.floor((Date.parse(clock.due) - at) / 60_000);
  return minutes < 0
    ? ({ key: 'console.push.overdue' } as const)
    : ({ key: 'console.push.left', params: { left: { minutes } } } as const);
}
