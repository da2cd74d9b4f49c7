import { fileURLToPath } from 'node:url';
import { type InspectionMap, inspectionSchema } from '../law/inspection.ts';
import { onFirstUse } from '../law/kept-for.ts';
import { parsed, yamlFile } from './faults.ts';

const FILE = fileURLToPath(new URL('./inspection.yaml', import.meta.url));

/** Items of the inspection pack and the requirements they answer, read once. Throws RegimeError for a faulty file. */
export const loadInspection = onFirstUse((): InspectionMap => parsed(yamlFile(FILE), inspectionSchema));
