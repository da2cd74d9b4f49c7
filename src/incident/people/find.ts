import type { Organisation, Person } from './profile.ts';

/**
 * People of the profile that a typed id, name, mail address or account id may mean, e.g. `li-wei`, `李伟`,
 * `li.wei@example.com`, `U0LIWEI`. An id is unique and takes precedence; several people may have the same name.
 */
export function peopleCalled({ people }: Organisation, typed: string): readonly Person[] {
  const wanted = folded(typed);
  const byId = people.filter(({ id }) => folded(id) === wanted);
  if (byId.length > 0) return byId;
  return people.filter(({ name, nameEn, email, accounts }) =>
    [name, nameEn, email, ...accounts.map(({ id }) => id)].some((one) => one !== undefined && folded(one) === wanted),
  );
}

function folded(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase();
}
