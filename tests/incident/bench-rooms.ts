import type { Room } from '../../src/incident/identity.ts';

/** A room at home that nobody else reads. */
export const room = (platform: string, address: string, more: Partial<Room> = {}): Room => ({
  platform,
  tenant: 't',
  address,
  location: 'home',
  language: 'en',
  open: false,
  ...more,
});
