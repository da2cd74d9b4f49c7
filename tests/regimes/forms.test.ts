import { describe, expect, it } from 'vitest';
import { faultLines } from '../../src/cli/regime-form.ts';
import { fileOf } from '../../src/law/form.ts';
import { loadForms } from '../../src/regimes/load-forms.ts';

const form = loadForms().get('eu-dora-ir');
if (!form) throw new Error('the form is missing');
const values = {
  number: 'INC-2026-0007',
  awareness: '2026-03-31T01:42:00Z',
  classification: '2026-03-31T03:00:00Z',
  entity_name: 'Example Bank',
};

const contact = (name: string) => ({ name, email: `${name}@bank.example`, phone: '+33 1 40 00 00 00' });
const initial = {
  ...fileOf(form, 'initial_notification', values),
  submittingEntity: { name: 'Example Bank', code: '529900T8BM49AURSDO55', affectedEntityType: ['credit_institution'] },
  primaryContact: contact('li'),
  secondaryContact: contact('wang'),
  reportCurrency: 'EUR',
  incident: {
    financialEntityCode: 'INC-2026-0007',
    detectionDateTime: '2026-03-31T01:42:00Z',
    classificationDateTime: '2026-03-31T03:00:00Z',
    incidentDescription: 'Customer data read by a stranger',
    classificationTypes: [{ classificationCriterion: 'data_losses' }],
    incidentDiscovery: 'it_security',
    isBusinessContinuityActivated: false,
  },
};

describe('the incident report of DORA as data', () => {
  it('has every field of Annex I of Regulation (EU) 2025/302 once, in its order', () => {
    const counts = { 1: 15, 2: 10, 3: 35, 4: 16 };
    const numbers = Object.entries(counts).flatMap(([part, n]) =>
      Array.from({ length: n }, (_, i) => `${part}.${i + 1}`),
    );
    expect(form.fields.map(({ no }) => no)).toEqual(numbers);
    expect(new Set(form.fields.map(({ at }) => at)).size).toBe(numbers.length);
  });

  it('begins with what the record has, and names each field that a person must add', () => {
    const file = fileOf(form, 'initial_notification', values);
    expect(file).toEqual({
      incidentSubmission: 'initial_notification',
      submittingEntity: { name: 'Example Bank' },
      incident: {
        financialEntityCode: 'INC-2026-0007',
        detectionDateTime: '2026-03-31T01:42:00Z',
        classificationDateTime: '2026-03-31T03:00:00Z',
      },
    });
    const faults = faultLines(form, file);
    expect(faults[0]).toBe(
      '1.3 Identification code of the entity submitting the report (submittingEntity.code): missing',
    );
    expect(faults.map((one) => one.split(' ')[0])).toEqual([
      ...['1.3', '1.4', '1.7', '1.8', '1.9', '1.10', '1.11', '1.12', '1.15'],
      ...['2.4', '2.5', '2.7', '2.9'],
    ]);
  });

  it('is accepted when complete, and asks for countries only where the spread is a reason', () => {
    expect(faultLines(form, initial)).toEqual([]);
    const spread = {
      ...initial,
      incident: { ...initial.incident, classificationTypes: [{ classificationCriterion: 'geographical_spread' }] },
    };
    expect(faultLines(form, spread)).toEqual([
      '2.6 Countries affected (geographical spread) (incident.classificationTypes[].countryCodeMaterialityThresholds): missing',
    ]);
  });

  it('takes over the values of the stage before, and asks for those of its own', () => {
    const next = fileOf(form, 'intermediate_report', { ...values, occurrence: '2026-03-30T20:00:00Z' }, initial);
    expect(next).toMatchObject({ incidentSubmission: 'intermediate_report', primaryContact: initial.primaryContact });
    const faults = faultLines(form, next);
    expect(faults.length).toBeGreaterThan(10);
    expect(faults.every((one) => one.startsWith('3.'))).toBe(true);
    expect(faults.join('\n')).not.toContain('3.2 ');
    expect(faults.join('\n')).toContain('3.21 Description of the data losses');
    expect(initial).toMatchObject({ incidentSubmission: 'initial_notification' });
  });

  it('needs only type and reasons for a reclassification', () => {
    const file = fileOf(form, 'major_incident_reclassified_as_non-major', {});
    expect(faultLines(form, file)).toEqual([
      '2.10 Other relevant information (reasons for the reclassification) (incident.otherInformation): missing',
    ]);
  });

  it('names what is wrong in form, and properties that the template has not', () => {
    const wrong = { ...initial, reportCurrency: 'XXX', extra: 1, primaryContact: { ...contact('li'), phone: '021' } };
    expect(faultLines(form, wrong)).toEqual([
      'extra: no field of the template',
      expect.stringMatching(/^1\.9 Primary contact person telephone.*must match pattern/),
      expect.stringMatching(/^1\.15 Reporting currency.*must be equal to one of the allowed values/),
    ]);
  });
});
