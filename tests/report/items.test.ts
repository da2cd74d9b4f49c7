import { describe, expect, it } from 'vitest';
import { itemStatuses, missingNow, owedOf } from '../../src/report/items.ts';
import { sheetNow } from '../../src/report/sheet.ts';
import { leakCase, regime } from './cases.ts';

const required = regime.items.flatMap(({ id, fields }) =>
  fields.filter((field) => field.required === 'now').map((field) => ({ item: id, field: field.id })),
);

describe('"not known yet" for a field the first report needs', () => {
  const blank = leakCase();
  const statusOf = (story: typeof blank, item: string) => {
    const found = itemStatuses(sheetNow({ state: story.current, ia: story.assess(), regime }, 'zh')).find(
      ({ id }) => id === item,
    );
    if (!found) throw new Error(item);
    return found;
  };
  const missing = required.filter(({ item, field }) =>
    missingNow(statusOf(blank, item)).some(({ definition }) => definition.id === field),
  );

  it('there are such fields', () => {
    expect(missing.length).toBeGreaterThan(0);
  });

  it.each(missing)('$field is an answer, and still to come', ({ item, field }) => {
    const story = leakCase();
    const { filled } = statusOf(story, item);
    story.must('chen-yu', { type: 'fill_field', field, value: { state: 'unknown' } });
    const status = statusOf(story, item);
    const ids = (fields: ReturnType<typeof missingNow>) => fields.map(({ definition }) => definition.id);
    expect(ids(missingNow(status))).not.toContain(field);
    expect(ids(owedOf(status))).toContain(field);
    expect(status.filled).toBe(filled + 1);
    expect(status.state).toBe('partly');
  });
});
