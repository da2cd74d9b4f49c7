import { expect, it } from 'vitest';
import { CHANNEL, Driven, iso, MINUTE, ROOM } from '../case/harness.ts';

it('a filing leaves the hash of the record in the room, once, without ringing', async () => {
  const driven = await Driven.start();
  await driven.fourHours();
  await driven.pass(MINUTE);
  const at = iso(driven.clock.now());
  await driven.say({
    type: 'record_filing',
    obligation: 'cac.art4.other',
    channel: CHANNEL,
    at,
    receipt: '2026-0331-17',
  });
  const anchors = driven.chat.posts.filter(({ key }) => key.includes(':anchor:'));
  const rows = [];
  for await (const row of driven.store.record(driven.incident)) rows.push(row);
  const filing = rows.findLast(({ type }) => type === 'filing_recorded');
  expect(anchors.map(({ place, ring }) => [place.address, ring])).toEqual([[ROOM.address, false]]);
  const said = JSON.stringify(anchors[0]?.card);
  expect(said).toContain(`Fingerprint of the record: ${filing?.hash.slice(0, 16)}`);
  expect(said).not.toMatch(/[0-9a-f]{17}/);
  // Several filings in one thread can be told apart.
  expect(anchors[0]?.card.title).toMatch(
    /Filed with .* by li: first report \(首报\), .*, receipt 2026-0331-17 · .* before the deadline/,
  );
});
