import { afterEach, beforeEach, describe } from 'vitest';
import { blobContract } from './blobs.contract.ts';
import { changeContract } from './change.contract.ts';
import { durabilityContract } from './durability.contract.ts';
import { erasureContract } from './erasure.contract.ts';
import type { Harness, MakeHarness } from './harness.ts';
import { keptContract } from './kept.contract.ts';
import { listContract } from './list.contract.ts';
import { outboxContract } from './outbox.contract.ts';
import { registerContract } from './register.contract.ts';
import { roomLogContract } from './room-log.contract.ts';
import { surfaceContract } from './surfaces.contract.ts';
import { timerContract } from './timers.contract.ts';

/** What every store adapter promises. Each test has a fresh, empty store. */
export function storeContract(adapter: string, make: MakeHarness): void {
  describe(`store contract: ${adapter}`, () => {
    let harness: Harness | null = null;
    const current = (): Harness => {
      if (!harness) throw new Error('no harness outside a test');
      return harness;
    };
    beforeEach(async () => {
      harness = await make();
    });
    afterEach(async () => {
      await harness?.destroy();
      harness = null;
    });
    changeContract(current);
    timerContract(current);
    outboxContract(current);
    surfaceContract(current);
    listContract(current);
    blobContract(current);
    erasureContract(current);
    registerContract(current);
    roomLogContract(current);
    keptContract(current);
    durabilityContract(current);
  });
}
