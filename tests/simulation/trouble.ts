import type { Machine } from './machine.ts';
import { FINE, type Peer, type Weather } from './peer.ts';
import type { Random } from './random.ts';

const MINUTE = 60_000;

interface Surroundings {
  readonly machine: Machine;
  readonly fate: Random;
  readonly weather: Weather;
  readonly peers: readonly Peer[];
  readonly saw: (what: string) => void;
  /** Ends the process after so many turns of its event loop; at once with the power, and with all that did not wait for the disk. */
  readonly die: (turns: number) => void;
}

/** What goes wrong around the bot: platforms that are away or hardly answer, clocks that are set, messages people delete. */
export class Trouble {
  readonly figures = { jumps: 0, outages: 0, erased: 0 };
  readonly #world: Surroundings;
  #isOver = false;
  /** A jump of the clock that waits for the next message to be on its way, in minutes. */
  #jumpBy = 0;
  /** A platform that falls silent with the next notice it gets. */
  #silentNext: Peer | null = null;
  /** The process ends with the next notice that leaves, card that is posted, or answer to a post. */
  #endsWith: 'notice' | 'card' | 'answer' | null = null;

  constructor(world: Surroundings) {
    this.#world = world;
  }

  /** In the end everything works. */
  end(): void {
    this.#isOver = true;
    this.#silentNext = null;
    this.#endsWith = null;
    for (const peer of this.#world.peers) Object.assign(peer, { weather: FINE, down: false });
  }

  jump(): void {
    const { fate } = this.#world;
    this.figures.jumps += 1;
    this.#jumpBy = fate.pick([-60, -5, 2, 60, 180, 600]) ?? 0;
    // Half of the time while something is on its way: its lease runs out at once.
    if (fate.chance(0.5)) this.#jumpNow();
  }

  /**
   * The process ends in the moment the next message leaves, which arrives all the same: only what was on the disk before
   * tells of it; or it ends among the first things it does with an answer.
   */
  cut(): void {
    this.#endsWith = this.#world.fate.pick(['notice', 'card', 'answer'] as const) ?? null;
  }

  #jumpNow(): void {
    const by = this.#jumpBy;
    this.#jumpBy = 0;
    if (by === 0) return;
    this.#world.saw(`the clock jumps by ${by} minutes`);
    this.#world.machine.setWall(by * MINUTE);
  }

  /** A platform is away, or takes what it gets and hardly ever says so. */
  outage(): void {
    const { fate, peers, saw } = this.#world;
    const peer = fate.pick(peers);
    if (!peer || peer.down) return;
    this.figures.outages += 1;
    if (fate.chance(0.4)) {
      this.#silentNext = fate.chance(0.5) ? (peers[0] ?? null) : peer;
      return;
    }
    saw(`${peer.traits.platform} is down`);
    peer.down = true;
    this.#backLater(peer);
  }

  #backLater(peer: Peer): void {
    const { machine, fate, weather, saw } = this.#world;
    machine.after(fate.around(15 * MINUTE), () => {
      if (this.#isOver) return;
      Object.assign(peer, { down: false, weather });
      saw(`${peer.traits.platform} is back`);
    });
  }

  /** Somebody deletes a message of ours; half of the time the root of a thread, which others wait for until it stands again. */
  erase(): void {
    const { fate, peers } = this.#world;
    const peer = fate.pick(peers);
    if (!peer) return;
    const roots = peer.messages.filter(
      ({ key, deleted }) => !deleted && key.startsWith('surface:') && key.endsWith(':status'),
    );
    const message = fate.pick(roots.length > 0 && fate.chance(0.5) ? roots : peer.messages);
    if (message && !message.deleted) this.#delete(peer, message.ref);
  }

  #delete(peer: Peer, ref: string): void {
    this.figures.erased += 1;
    this.#world.saw(`somebody deletes ${ref}`);
    peer.erase(ref);
  }

  /** A platform is about to get something. */
  heard(peer: Peer, what: string): void {
    if (this.#endsWith === 'answer' && what.startsWith('answer post ')) {
      this.#endsWith = null;
      this.#world.die(this.#world.fate.int(1, 6));
    }
    if (!what.startsWith('post ')) return;
    if (this.#endsWith === (what.includes(' surface:') ? 'card' : 'notice')) {
      this.#endsWith = null;
      this.#world.die(0);
    }
    if (this.#jumpBy !== 0) this.#world.machine.after(1, () => this.#jumpNow());
    if (this.#silentNext !== peer || what.includes(' surface:')) return;
    this.#silentNext = null;
    this.#world.saw(`${peer.traits.platform} falls silent`);
    peer.weather = { ...peer.weather, lostAnswers: 0.7 };
    this.#backLater(peer);
    const address = what.split(' ')[1];
    const root = peer.messages.find((one) => one.address === address && !one.deleted && one.key.endsWith(':status'));
    if (root) this.#delete(peer, root.ref);
  }
}
