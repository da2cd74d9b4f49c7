import type { Contact } from '../../incident/people/profile.ts';
import type { ReportDocument } from '../../incident/report-document.ts';
import type { ChannelDefinition } from '../../law/regime.ts';
import type { Recipient } from '../../law/types.ts';
import { contactWith, recipientName, recipientsOf } from '../head.ts';
import { type Sheet, sheetFor, type Written } from '../sheet.ts';

/** Recipient body of the report, with the ways to reach it. */
export interface Destination {
  readonly recipient: Recipient;
  /** Formal name where known, otherwise the law's name. */
  readonly name: string;
  /** Contact agreed with the recipient, from the organisation profile. */
  readonly contact: Contact;
  /** Public channels of the regime for this recipient, in their order of use; empty if there are none. */
  readonly channels: readonly ChannelDefinition[];
}

/** Destinations of a report, in the order of the obligations. */
export function destinationsOf(
  from: Written,
  { kind, language }: Pick<ReportDocument, 'kind' | 'language'>,
): readonly Destination[] {
  const sheet = sheetFor(from, { report: kind, cannotDetermine: [] }, language);
  return recipientsOf(sheet).map((recipient) => ({
    ...contactPoint(sheet, recipient),
    channels: from.regime.channels.filter((one) => isPublic(one) && one.recipients.includes(recipient)),
  }));
}

/** Contact agreed with a recipient, without channels: the public ones are only for reports of the regime's articles. */
export function contactPoint(sheet: Sheet, recipient: Recipient): Destination {
  return { recipient, name: recipientName(sheet, recipient), contact: contactWith(sheet, recipient), channels: [] };
}

/** Returns bodies without a public channel: a report sent by a public channel does not replace one to them. */
export function besidePublicChannels<One extends Destination>(all: readonly One[]): readonly One[] {
  return all.filter(({ channels }) => channels.length === 0);
}

function isPublic({ kind }: ChannelDefinition): boolean {
  return kind !== 'own_contact' && kind !== 'in_person';
}

/** Address of a destination for one way of sending: as agreed, otherwise the public one; null if none is known. */
export function addressOf({ contact, channels }: Destination, kind: 'phone' | 'email' | 'fax'): string | null {
  return contact[kind] ?? channels.find((one) => one.kind === kind)?.value.zh ?? null;
}
