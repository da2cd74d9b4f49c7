import type { InspectionItem, Topic } from '../../law/inspection.ts';
import type { Dossier, Statement } from './dossier.ts';
import { drillTopics } from './drill-topics.ts';
import { filingTopics } from './filing-topics.ts';
import { handlingTopics } from './handling-topics.ts';
import { profileTopics } from './profile-topics.ts';

/** Statements of the records on one item, in the order of the records. */
export type TopicOf = (records: readonly Dossier[], item: InspectionItem) => readonly Statement[];

/** Function of each topic; together they are all the evidence that an inspection pack can give. */
export const STATEMENTS: Readonly<Record<Topic, TopicOf>> = {
  ...profileTopics,
  ...drillTopics,
  ...handlingTopics,
  ...filingTopics,
};
