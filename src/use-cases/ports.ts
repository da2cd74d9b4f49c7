/** All ports. Adapters are in storage/, platforms/, documents/, ops/; wiring.ts connects them. */

export type * from './ports/basics.ts';
export type * from './ports/delivery.ts';
export type * from './ports/kept-names.ts';
export type * from './ports/platform.ts';
export type * from './ports/reader.ts';
export type * from './ports/register-index.ts';
export type * from './ports/store.ts';
