/**
 * The grading guide and Article 4 once more, written from the primary text without the engine, as plainly as possible.
 * Everything is known here: no ranges, no unknowns. Readings: an enterprise's portal counts wherever the guide says
 * 地市级以上党政机关、企事业单位门户网站; core data under a fairly serious threat count as important data.
 */
export type Answer = number | boolean | string | readonly string[];
export type Answers = Readonly<Record<string, Answer>>;

const RANK = ['general', 'major', 'significant', 'particularly_significant'] as const;
export type AnnexLevel = (typeof RANK)[number];

export function annexLevel(answers: Answers): AnnexLevel {
  if (particularlySignificant(answers)) return 'particularly_significant';
  if (significant(answers)) return 'significant';
  return major(answers) ? 'major' : 'general';
}

const figure = (a: Answers, fact: string): number => {
  const value = a[fact];
  return typeof value === 'number' ? value : 0;
};
const list = (a: Answers, fact: string): readonly string[] => {
  const value = a[fact];
  return typeof value === 'string' ? [value] : Array.isArray(value) ? value : [];
};
const some = (a: Answers, fact: string, ...options: string[]) => list(a, fact).some((one) => options.includes(one));

const SERIOUS = ['none', 'fairly_serious', 'serious', 'particularly_serious'];
const SCALE = ['none', 'fairly_large', 'large', 'massive'];
const SPREAD = ['none', 'fairly_large', 'large', 'particularly_large'];
const degree = (a: Answers, fact: string, order: readonly string[]) => order.indexOf(list(a, fact)[0] ?? 'none');

/** 一、特别重大 */
function particularlySignificant(a: Answers): boolean {
  const anyData = some(a, 'data_class', 'core', 'important');
  const threat = degree(a, 'data_threat', SERIOUS) >= 3;
  const dataHarmed = some(a, 'data_compromise', 'lost', 'leaked_or_stolen', 'tampered_or_forged');
  const personHarmed = some(a, 'personal_info_compromise', 'lost', 'leaked_or_stolen', 'tampered_or_forged');
  if (degree(a, 'system_loss', SERIOUS) >= 3) return true;
  if (threat && ((anyData && dataHarmed) || (degree(a, 'personal_info_scale', SCALE) >= 3 && personHarmed)))
    return true;
  if (degree(a, 'other_threat', SERIOUS) >= 3) return true;
  if (some(a, 'site_kind', 'gov_provincial', 'news_central') && figure(a, 'site_outage_minutes') >= 24 * 60)
    return true;
  if (figure(a, 'cii_whole_outage_minutes') >= 6 * 60) return true;
  if (figure(a, 'cii_main_function_outage_minutes') >= 24 * 60) return true;
  if (figure(a, 'population_percent_province') >= 50 || figure(a, 'daily_life_people') >= 1000_0000) return true;
  if (figure(a, 'personal_info_people') >= 1_0000_0000) return true;
  if (figure(a, 'direct_loss_cny') >= 1_0000_0000) return true;
  return (
    a['tampered_illegal_content'] === true &&
    some(a, 'site_kind', 'gov_provincial', 'news_central', 'platform_super') &&
    (figure(a, 'tampered_home_page_minutes') >= 6 * 60 ||
      figure(a, 'tampered_other_page_minutes') >= 24 * 60 ||
      figure(a, 'tampered_forwards') >= 10_0000 ||
      figure(a, 'tampered_views') >= 100_0000 ||
      degree(a, 'tampered_finding', SPREAD) >= 3)
  );
}

/** 二、重大 */
function significant(a: Answers): boolean {
  const threat = degree(a, 'data_threat', SERIOUS) >= 2;
  const data =
    some(a, 'data_class', 'core', 'important') &&
    some(a, 'data_compromise', 'lost', 'leaked_or_stolen', 'tampered_or_forged');
  const people =
    degree(a, 'personal_info_scale', SCALE) >= 2 &&
    some(a, 'personal_info_compromise', 'lost', 'leaked_or_stolen', 'tampered_or_forged');
  const portals = ['gov_provincial', 'gov_prefecture', 'enterprise', 'news_central', 'news_provincial'];
  if (degree(a, 'system_loss', SERIOUS) >= 2 || degree(a, 'other_threat', SERIOUS) >= 2) return true;
  if (threat && (data || people)) return true;
  if (some(a, 'site_kind', ...portals) && figure(a, 'site_outage_minutes') >= 6 * 60) return true;
  if (figure(a, 'cii_whole_outage_minutes') >= 60 || figure(a, 'cii_main_function_outage_minutes') >= 3 * 60)
    return true;
  if (figure(a, 'population_percent_prefecture') >= 50 || figure(a, 'daily_life_people') >= 100_0000) return true;
  if (figure(a, 'personal_info_people') >= 1000_0000 || figure(a, 'direct_loss_cny') >= 2000_0000) return true;
  return (
    a['tampered_illegal_content'] === true &&
    some(a, 'site_kind', ...portals, 'platform_super', 'platform_large') &&
    (figure(a, 'tampered_home_page_minutes') >= 2 * 60 ||
      figure(a, 'tampered_other_page_minutes') >= 12 * 60 ||
      figure(a, 'tampered_forwards') >= 1_0000 ||
      figure(a, 'tampered_views') >= 10_0000 ||
      degree(a, 'tampered_finding', SPREAD) >= 2)
  );
}

/** 三、较大 */
function major(a: Answers): boolean {
  const threat = degree(a, 'data_threat', SERIOUS) >= 1;
  const data =
    some(a, 'data_class', 'core', 'important') &&
    some(a, 'data_compromise', 'lost', 'leaked_or_stolen', 'tampered_or_forged');
  const people =
    degree(a, 'personal_info_scale', SCALE) >= 1 &&
    some(a, 'personal_info_compromise', 'lost', 'leaked_or_stolen', 'tampered_or_forged');
  const portals = ['gov_provincial', 'gov_prefecture', 'enterprise', 'news_central', 'news_provincial'];
  const anySite = list(a, 'site_kind').some((kind) => kind !== 'none');
  if (degree(a, 'system_loss', SERIOUS) >= 1 || degree(a, 'other_threat', SERIOUS) >= 1) return true;
  if (threat && (data || people)) return true;
  if (some(a, 'site_kind', ...portals) && figure(a, 'site_outage_minutes') >= 2 * 60) return true;
  if (figure(a, 'cii_whole_outage_minutes') >= 10 || figure(a, 'cii_main_function_outage_minutes') >= 30) return true;
  if (figure(a, 'population_percent_prefecture') >= 30 || figure(a, 'daily_life_people') >= 10_0000) return true;
  if (figure(a, 'personal_info_people') >= 100_0000 || figure(a, 'direct_loss_cny') >= 500_0000) return true;
  return (
    a['tampered_illegal_content'] === true &&
    anySite &&
    (figure(a, 'tampered_home_page_minutes') >= 30 ||
      figure(a, 'tampered_other_page_minutes') >= 2 * 60 ||
      figure(a, 'tampered_forwards') >= 1000 ||
      figure(a, 'tampered_views') >= 1_0000 ||
      degree(a, 'tampered_finding', SPREAD) >= 1)
  );
}

/** 第四条: who is owed the first report and within how many minutes. */
export function article4(kinds: readonly string[]): readonly string[] {
  return [
    ...(kinds.includes('cii_involved') ? ['protection_department 60', 'public_security 60'] : []),
    ...(kinds.includes('central_state_organ') ? ['department_cyberspace_body 120'] : []),
    ...(kinds.includes('other') ? ['provincial_cac 240'] : []),
  ];
}

export function rankOfAnnex(level: AnnexLevel): number {
  return RANK.indexOf(level);
}

/** Every figure of the guide's table: fact, the least value at 较大, 重大 and 特别重大, and what else it needs. */
export const TABLE: readonly { fact: string; at: readonly (number | null)[]; with?: Answers }[] = [
  { fact: 'site_outage_minutes', at: [120, 360, 1440], with: { site_kind: 'gov_provincial' } },
  { fact: 'cii_whole_outage_minutes', at: [10, 60, 360] },
  { fact: 'cii_main_function_outage_minutes', at: [30, 180, 1440] },
  { fact: 'population_percent_prefecture', at: [30, 50, null] },
  { fact: 'population_percent_province', at: [null, null, 50] },
  { fact: 'daily_life_people', at: [100_000, 1_000_000, 10_000_000] },
  { fact: 'personal_info_people', at: [1_000_000, 10_000_000, 100_000_000] },
  {
    fact: 'tampered_home_page_minutes',
    at: [30, 120, 360],
    with: { site_kind: 'platform_super', tampered_illegal_content: true },
  },
  {
    fact: 'tampered_other_page_minutes',
    at: [120, 720, 1440],
    with: { site_kind: 'news_central', tampered_illegal_content: true },
  },
  {
    fact: 'tampered_forwards',
    at: [1_000, 10_000, 100_000],
    with: { site_kind: 'gov_provincial', tampered_illegal_content: true },
  },
  {
    fact: 'tampered_views',
    at: [10_000, 100_000, 1_000_000],
    with: { site_kind: 'platform_super', tampered_illegal_content: true },
  },
  { fact: 'direct_loss_cny', at: [5_000_000, 20_000_000, 100_000_000] },
];
