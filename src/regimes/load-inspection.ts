import { fileURLToPath } from 'node:url';
import { type InspectionMap, inspectionSchema } from '../law/inspection.ts';
import { parsed, yamlFile } from './faults.ts';

const FILE = fileURLToPath(new URL('./inspection.yaml', import.meta.url));

let loaded: InspectionMap | null = null;

/** Items of the inspection pack and the requirements they answer, read once. Throws RegimeError for a fault in the file. */
export function loadInspection(): InspectionMap {
  loaded ??= parsed(yamlFile(FILE), inspectionSchema);
  return loaded;
}
