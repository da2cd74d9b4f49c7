import { z } from 'zod';

/** Kinds of the chart, with the module that has their schema. */
const SCHEMAS: Readonly<Record<string, () => Promise<object>>> = {
  'apps/v1 Deployment': () => import('kubernetes-models/apps/v1/Deployment'),
  'apps/v1 StatefulSet': () => import('kubernetes-models/apps/v1/StatefulSet'),
  'batch/v1 CronJob': () => import('kubernetes-models/batch/v1/CronJob'),
  'networking.k8s.io/v1 Ingress': () => import('kubernetes-models/networking.k8s.io/v1/Ingress'),
  'networking.k8s.io/v1 NetworkPolicy': () => import('kubernetes-models/networking.k8s.io/v1/NetworkPolicy'),
  'policy/v1 PodDisruptionBudget': () => import('kubernetes-models/policy/v1/PodDisruptionBudget'),
  'v1 PersistentVolumeClaim': () => import('kubernetes-models/v1/PersistentVolumeClaim'),
  'v1 Service': () => import('kubernetes-models/v1/Service'),
};

type Model = new (document: object) => { validate(): void };
const modelSchema = z.record(
  z.string(),
  z.custom<Model>((value) => typeof value === 'function'),
);

/** Reason why a document is none of its kind, by the schema of Kubernetes; null if it is one. */
export async function faultOf(document: {
  readonly apiVersion: string;
  readonly kind: string;
}): Promise<string | null> {
  const { apiVersion, kind } = document;
  const Kind = modelSchema.safeParse({ ...(await SCHEMAS[`${apiVersion} ${kind}`]?.()) }).data?.[kind];
  if (!Kind) return `no schema of ${apiVersion} ${kind}`;
  try {
    new Kind(document).validate();
    return null;
  } catch (error) {
    return String(error);
  }
}
